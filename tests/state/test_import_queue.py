"""Several files, and several accounts of one, are checked one after another."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from fintrack.services.commands import perform
from fintrack.services.imports.discarding import discard_file
from fintrack.services.ledger.account_rows import AccountView
from fintrack.services.ledger.accounts import AccountMark, close_account
from fintrack.state.importing import ImportState
from tests.books import START, Books, money
from tests.state.import_desk import N26, account, bank, confirm, page, store, upload

__all__ = ["account", "page", "store"]

FOLDER = Path(__file__).parents[1] / "data" / "statements"


def data_of(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


async def test_files_wait_while_one_is_checked(
    page: ImportState, books: Books, account: AccountView
) -> None:
    for name in ("german_card.qif", "kreissparkasse.sta"):
        await page.take_file(await upload(books, account.id, data_of(name)))
    await page.take_file(await upload(books, account.id, bank(N26)))
    assert (page.reading.format, page.queue_label) == ("QIF", "2 more files wait")
    await confirm(page)
    await page.start_over()
    assert (page.reading.format, page.queue_label) == ("MT940", "1 more file waits")
    await page.start_over()
    assert (page.reading.format, page.queue_label) == ("CSV", "")
    await page.start_over()
    assert page.step == "file"


async def test_discarded_file_makes_room_for_the_next(
    page: ImportState, books: Books, account: AccountView
) -> None:
    first = await upload(books, account.id, data_of("german_card.qif"))
    await page.take_file(first)
    await page.take_file(await upload(books, account.id, bank(N26)))
    await page.discard()
    assert page.notice.text == "bank.csv was discarded."
    assert (page.step, page.reading.format) == ("check", "CSV")
    await confirm(page)
    await page.discard()
    assert page.step == "done"
    left = await books.rows("SELECT id FROM import_preview")
    assert [str(row.id) for row in left] not in ([], [first])


async def test_file_without_columns_is_corrected_by_what_it_leaves_open(
    page: ImportState, books: Books, account: AccountView
) -> None:
    await page.take_file(await upload(books, account.id, data_of("german_card.qif")))
    reading = page.reading
    assert (reading.has_separator, reading.has_columns, reading.is_free) == (
        False,
        False,
        True,
    )
    assert reading.columns == []
    await page.correct({"dates": "dmy", "decimals": "comma", "sign": "flip"})
    assert page.rows[0].amount.sign == "+"


async def test_sheet_is_corrected_as_a_table(
    page: ImportState, books: Books, account: AccountView
) -> None:
    await page.take_file(await upload(books, account.id, data_of("movements.xlsx")))
    assert [column.role for column in page.reading.columns][:2] == ["date", "payee"]
    assert (page.reading.has_columns, page.parts) == (True, [])
    await page.correct({"header_row": "0"})
    await page.correct({"header_row": "3"})
    assert page.check.add_label == "Import 4 transactions"


async def test_account_of_the_file_and_of_the_books_are_chosen(
    page: ImportState, books: Books, account: AccountView
) -> None:
    savings = await books.open("Savings")
    await page.load()
    data = data_of("sparkasse_two_accounts.ofx")
    await page.take_file(await upload(books, account.id, data))
    assert [choice.label for choice in page.parts] == [
        "0200123456 · EUR · 3 rows",
        "0200999999 · EUR · 1 row",
    ]
    await page.choose_part("0200999999")
    await page.choose_account(str(savings.id))
    assert (page.part, page.account_name) == ("0200999999", "Savings")
    await page.choose_part("somebody's")
    assert page.part == "0200999999"
    await confirm(page)
    assert await books.balance(savings.id) == money("200 EUR")
    assert page.has_more_parts
    await page.next_part()
    assert (page.step, page.part) == ("check", "0200123456")
    await page.choose_account(str(account.id))
    await confirm(page)
    assert not page.has_more_parts
    await page.next_part()
    assert page.step == "done"


async def test_balances_of_the_file_that_contradict_its_rows_are_told(
    page: ImportState, books: Books, account: AccountView
) -> None:
    data = data_of("kreissparkasse.sta").replace(b"EUR3184,46", b"EUR3184,45")
    await page.take_file(await upload(books, account.id, data))
    assert page.check.balance_title == "The balances in the file have a gap."
    assert "do not give its last one" in page.check.balance_text


async def test_file_of_an_account_that_was_closed_is_discarded(
    page: ImportState, books: Books
) -> None:
    """Its check is refused; it must not wait for the rest of its day."""
    closed = await books.open("Closed")
    await upload(books, closed.id, bank(N26))
    await perform(books.actor, close_account, AccountMark(closed.id, 1), START)
    await page.load()
    (row,) = page.waiting
    await page.take_file(row.id)
    assert page.step == "file"
    page.ask_discard(row.id)
    await page.discard_waiting()
    assert page.notice.text == "bank.csv was discarded."
    assert page.waiting == []


async def test_file_that_waits_is_discarded_after_a_yes_and_once(
    page: ImportState, books: Books, account: AccountView
) -> None:
    """The next row moves up to where the finger was: its file is another question."""
    for _ in range(2):
        await upload(books, account.id, bank(N26))
    await page.load()
    first, second = page.waiting
    assert (first.check_label, first.discard_label) == (
        "Check bank.csv",
        "Discard bank.csv",
    )
    page.ask_discard(first.id)
    page.set_discarding(False)
    await page.discard_waiting()
    assert page.waiting == [first, second]
    page.ask_discard(first.id)
    await page.discard_waiting()
    told = page.notice
    await page.discard_waiting()
    page.ask_discard(first.id)
    await page.discard_waiting()
    assert (page.waiting, page.notice) == ([second], told)


async def test_file_that_another_tab_discarded_is_gone_in_silence(
    page: ImportState, books: Books, account: AccountView
) -> None:
    await upload(books, account.id, bank(N26))
    await page.load()
    (row,) = page.waiting
    await discard_file(books.actor, int(row.id))
    page.ask_discard(row.id)
    await page.discard_waiting()
    assert (page.waiting, page.notice.text) == ([], "")


async def test_file_for_a_closed_account_says_where_it_goes(
    page: ImportState, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = await books.open("Closed")
    await perform(books.actor, close_account, AccountMark(closed.id, 1), START)
    query = {"account": str(closed.id), "drop": "1"}
    asked = SimpleNamespace(url=SimpleNamespace(query_parameters=query))
    monkeypatch.setattr(ImportState, "router", asked)
    await page.load()
    assert page.dropped_into == ""
    assert page.notice.text.startswith("Closed takes no new transactions.")
    assert "goes to Everyday" in page.notice.text
