"""The import page: a file is checked, corrected, confirmed and taken back."""

import asyncio
from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeout

from fintrack.services.commands import perform
from fintrack.services.imports import parsing
from fintrack.services.imports.copy_text import CopyText
from fintrack.services.imports.copying import Copier
from fintrack.services.ledger.account_rows import AccountView
from fintrack.services.ledger.listing import Filter
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from fintrack.services.many.changing import ManyChange, change_many
from fintrack.services.many.selecting import Selection
from fintrack.state import importing
from fintrack.state.amounts import Reader
from fintrack.state.importing import ImportState
from tests.books import Books, money
from tests.state.desk import sit_down
from tests.state.import_desk import (
    N26,
    SKIP,
    TAKE,
    account,
    bank,
    confirm,
    page,
    store,
    upload,
)

__all__ = ["account", "page", "store"]


async def test_page_says_how_large_a_file_may_be(
    page: ImportState, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page.drop_hint.startswith(
        "CSV, XLSX, OFX, QFX, QIF, CAMT.053, MT940 or JSON"
    )
    assert "up to 64 MB each." in page.drop_hint
    monkeypatch.setattr(importing, "most_bytes", lambda: 5 * 1024 * 1024)
    await page.load()
    assert "up to 5 MB each." in page.drop_hint


async def test_file_is_shown_raw_beside_understood(
    page: ImportState, books: Books, account: AccountView
) -> None:
    await page.take_file(await upload(books, account.id, bank(N26)))
    assert (page.step, page.account_name) == ("check", "Everyday")
    assert page.check.add_label == "Import 4 transactions"
    assert "Café Lumière" in page.rows[0].raw
    assert (page.rows[0].name, page.rows[0].amount.minor) == ("Café Lumière", ".50")
    assert page.reading.separator == "Comma"


async def test_main_job_import_take_back_import_again(
    page: ImportState, books: Books, account: AccountView
) -> None:
    for _ in range(2):
        await page.take_file(await upload(books, account.id, bank(N26)))
        await confirm(page)
        assert page.step == "done"
        assert page.result.title == "4 transactions were added to Everyday."
        assert await books.balance(account.id) == money("1272.48 EUR")
        added = page.notice.change
        await page.take_back(page.result.id)
        assert page.notice.undone == added
        assert await books.balance(account.id) == money("100 EUR")
    assert [one.is_standing for one in page.past] == [False, False]


async def test_file_that_waits_is_taken_up_by_its_address(
    page: ImportState,
    books: Books,
    account: AccountView,
    stranger: Books,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    theirs = await upload(stranger, (await stranger.open("Bank")).id, bank(N26))
    for waiting, step in (("x", "file"), ("0", "file"), (theirs, "file")):
        _go_to(monkeypatch, waiting)
        await page.load()
        assert page.step == step

    waiting = await upload(books, account.id, bank(N26))
    _go_to(monkeypatch, waiting)
    await page.load()
    assert (page.step, page.account_name) == ("check", "Everyday")
    await confirm(page)
    assert page.result.title == "4 transactions were added to Everyday."


async def test_same_file_twice_shows_duplicates_with_their_reason(
    page: ImportState, books: Books, account: AccountView
) -> None:
    await page.take_file(await upload(books, account.id, bank(N26)))
    await confirm(page)
    await page.take_file(await upload(books, account.id, bank(N26)))
    assert not page.check.can_add
    assert page.rows[0].why == "This row was imported before."
    await page.decide(page.rows[0].id, TAKE)
    assert page.check.add_label == "Import 1 transaction"


async def test_row_that_is_skipped_is_not_imported(
    page: ImportState, books: Books, account: AccountView
) -> None:
    await page.take_file(await upload(books, account.id, bank(N26)))
    await page.decide(page.rows[0].id, SKIP)
    await confirm(page)
    assert page.result.text == "1 row of the file was left out."
    assert page.result.left_out_file.endswith("/left-out")


async def test_doubtful_rows_come_first(
    page: ImportState, books: Books, account: AccountView
) -> None:
    lines = [
        "Date;Payee;Amount",
        *(f"0{n}.01.2026;Shop {n};-1,00" for n in range(1, 9)),
    ]
    lines.append("31.11.2026;Broken;-2,00")
    await page.take_file(await upload(books, account.id, "\n".join(lines)))
    assert page.rows[0].raw.startswith("31.11.2026")
    assert page.rows[0].tone == "bad"
    assert len(page.rows) == 9


async def test_pages_of_50_rows_go_forth_and_back(
    page: ImportState, books: Books, account: AccountView
) -> None:
    lines = ["Date;Payee;Amount", *(f"05.01.2026;Shop;-{n},00" for n in range(1, 61))]
    await page.take_file(await upload(books, account.id, "\n".join(lines)))
    assert (len(page.rows), page.has_older) == (50, True)
    await page.show_older()
    assert (len(page.rows), page.has_older, page.has_newer) == (10, False, True)
    await page.show_newer()
    assert len(page.rows) == 50


async def test_balance_of_the_file_is_compared(page: ImportState, books: Books) -> None:
    account = await books.open("Bank", "1000 USD")
    data = bank("bank_of_america.csv")
    await page.load()
    # What was spent since then is none of the file's business.
    food = await books.category("Food")
    await books.spend(account.id, food, "111 USD", date(2026, 11, 17))
    await page.take_file(await upload(books, account.id, data))
    assert page.check.balance_title == "The balance will match."
    assert page.check.balance_tone == "income"
    assert page.check.balance_text.startswith("On Jan ")


async def test_edited_rows_are_asked_about_before_taking_back(
    page: ImportState, books: Books, account: AccountView
) -> None:
    await page.take_file(await upload(books, account.id, bank(N26)))
    await confirm(page)
    rows = await books.rows("SELECT id FROM transaction WHERE import_id IS NOT NULL")
    mark = TransactionMark(rows[0].id, 1)
    await perform(books.actor, void_transaction, mark)
    await page.take_back(page.result.id)
    assert page.asked.text.startswith("1 of the transactions was edited")
    await page.take_unedited()
    kept = await books.rows("SELECT id FROM transaction WHERE import_id IS NOT NULL")
    assert [row.id for row in kept] == [rows[0].id]
    assert page.notice.text.endswith("was taken back. 1 was edited since and stays.")


async def test_all_edited_rows_are_taken_back_however_many_they_are(
    page: ImportState, books: Books, account: AccountView
) -> None:
    """More than the first 200, which a view of the import holds."""
    food = await books.category("Food")
    lines = ["Date;Payee;Amount", *(f"05.01.2026;Shop;-{n},00" for n in range(1, 202))]
    await page.take_file(await upload(books, account.id, "\n".join(lines)))
    await confirm(page)
    change = ManyChange(category_id=food)
    await perform(books.actor, change_many, Selection(wanted=Filter()), change)
    await page.take_back(page.result.id)
    await page.take_all()
    assert page.notice.text.endswith("was taken back.")
    assert await books.balance(account.id) == money("100 EUR")


async def test_second_press_of_take_back_is_silent(
    page: ImportState, books: Books, account: AccountView
) -> None:
    await page.take_file(await upload(books, account.id, bank(N26)))
    await confirm(page)
    await page.take_back(page.result.id)
    said = page.notice
    await page.take_back(page.result.id)
    assert page.notice == said
    assert page.notice.tone != "bad"


async def test_second_press_of_an_answer_is_silent(
    page: ImportState, books: Books, account: AccountView
) -> None:
    await page.take_file(await upload(books, account.id, bank(N26)))
    await confirm(page)
    rows = await books.rows("SELECT id FROM transaction WHERE import_id IS NOT NULL")
    await perform(books.actor, void_transaction, TransactionMark(rows[0].id, 1))
    await page.take_back(page.result.id)
    await page.take_all()
    said = page.notice
    await page.take_all()
    assert page.notice == said


async def test_account_of_the_last_import_is_chosen(
    page: ImportState, books: Books, account: AccountView
) -> None:
    await books.open("Another")
    await page.take_file(await upload(books, account.id, bank(N26)))
    await confirm(page)
    later = await (await sit_down(books)).state(ImportState)
    await later.load()
    assert later.account_name == "Everyday"


async def test_confirming_twice_imports_once(
    page: ImportState, books: Books, account: AccountView
) -> None:
    await page.take_file(await upload(books, account.id, bank(N26)))
    await confirm(page)
    await confirm(page)
    assert len(page.past) == 1


async def test_progress_is_shown_and_a_stop_leaves_no_mark(
    page: ImportState,
    books: Books,
    account: AccountView,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parsing, "BATCH_ROWS", 1)
    monkeypatch.setattr(importing, "LOOK_SECONDS", 0)
    await page.take_file(await upload(books, account.id, bank(N26)))
    seen: list[tuple[str, str, int]] = []
    shown = asyncio.Event()
    real, say = Copier.take, importing._progress_text

    def noted(number: int, total: int, reader: Reader) -> str:
        if number == 2:
            shown.set()
        return say(number, total, reader)

    async def watched(copier: Copier, batch: CopyText) -> None:
        await real(copier, batch)
        if copier.rows_read == 2:
            await shown.wait()
            seen.append((page.step, page.progress_text, page.percent))
            await page.stop()

    monkeypatch.setattr(importing, "_progress_text", noted)
    monkeypatch.setattr(Copier, "take", watched)
    await confirm(page)
    assert seen == [("running", "2 of 4 rows", 50)]
    assert page.step == "check"
    assert page.notice.text == "The import was stopped. Nothing was changed."
    assert await books.balance(account.id) == money("100 EUR")
    monkeypatch.setattr(Copier, "take", real)
    await confirm(page)
    assert page.step == "done"


async def test_imports_that_cannot_be_read_say_so_until_they_can(
    page: ImportState, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise PoolTimeout

    with monkeypatch.context() as broken_house:
        broken_house.setattr(type(books.home), "reading", broken)
        await page.load()
    assert page.has_failed
    assert page.failure
    await page.load()
    assert not page.has_failed


def _go_to(monkeypatch: pytest.MonkeyPatch, preview_id: str) -> None:
    asked = SimpleNamespace(
        url=SimpleNamespace(query_parameters={"preview": preview_id})
    )
    monkeypatch.setattr(ImportState, "router", asked)
