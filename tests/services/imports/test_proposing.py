"""Files of every format come in, one account of them after another."""

from pathlib import Path
from typing import Any

import pytest

from fintrack.core.errors import InvalidInput, NotFound
from fintrack.core.statements.mapping import Mapping
from fintrack.services.blobs import FolderBlobStore
from fintrack.services.commands import perform
from fintrack.services.imports.judging import Status
from fintrack.services.imports.previews import (
    PreviewChange,
    PreviewHead,
    RowDecision,
    change_preview,
)
from fintrack.services.imports.taking_back import TakeBack, take_back_import
from tests.books import Books, money
from tests.services.imports.conftest import Desk
from tests.services.imports.statements import as_csv

FOLDER = Path(__file__).parents[2] / "data" / "statements"
# Name, currency of the account, rows that are added, what they sum up to.
FILES = [
    ("chase_checking.qfx", "USD", 5, "1186.30"),
    ("quicken_bank.qif", "EUR", 4, "2294.17"),
    ("postfinance_batch.xml", "CHF", 3, "349.85"),
    ("kreissparkasse.sta", "EUR", 4, "1949.90"),
    ("movements.xlsx", "EUR", 4, "1295.10"),
    ("own_books.json", "EUR", 3, "1437.50"),
]
CURRENCIES = {name: currency for name, currency, *_ in FILES}
TWO = "sparkasse_two_accounts.ofx"
SAVED = "0200999999"


def data_of(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


async def _turn(books: Books, preview_id: int, **to: Any) -> PreviewHead:
    change = PreviewChange(preview_id, **to)
    return (await perform(books.actor, change_preview, change)).value


@pytest.mark.parametrize(("name", "currency", "rows", "total"), FILES)
async def test_file_comes_in_once_and_goes_again(
    desk: Desk, books: Books, name: str, currency: str, rows: int, total: str
) -> None:
    account = await books.open("Bank", f"0 {currency}")
    done = await desk.bring(account.id, data_of(name))
    assert done.value.rows_added == rows
    assert await books.balance(account.id) == money(f"{total} {currency}")
    again = await desk.bring(account.id, data_of(name))
    assert again.value.rows_added == 0
    await perform(books.actor, take_back_import, TakeBack(done.value.id))
    assert await books.balance(account.id) == money(f"0 {currency}")
    assert (await desk.bring(account.id, data_of(name))).value.rows_added == rows


async def test_statement_is_proved_by_its_own_balances(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank", "1234.56 EUR")
    head = await desk.receive(account.id, data_of("kreissparkasse.sta"))
    view = await desk.read(head.id)
    (check,) = view.balances
    assert (check.holds, check.closing) == (True, view.balance_after)


async def test_accounts_of_a_file_go_into_accounts_of_the_books(
    desk: Desk, books: Books
) -> None:
    giro, savings = await books.open("Giro"), await books.open("Savings")
    head = await desk.receive(giro.id, data_of(TWO))
    assert [part.name for part in head.parts] == ["0200123456", "0200999999"]
    assert (head.mapping.part, head.mapping.currency) == ("0200123456", "EUR")
    await desk.confirm(head.id)
    turned = await _turn(books, head.id, part=SAVED, account_id=savings.id)
    assert (turned.account_id, turned.mapping.part) == (savings.id, SAVED)
    assert turned.parts == head.parts
    assert (await desk.confirm(head.id)).value.rows_added == 1
    assert await books.balance(giro.id) == money("-268.40 EUR")
    assert await books.balance(savings.id) == money("200.00 EUR")


async def test_decisions_fall_away_with_another_account(
    desk: Desk, books: Books
) -> None:
    giro, savings = await books.open("Giro"), await books.open("Savings")
    head = await desk.receive(giro.id, data_of(TWO))
    await _turn(books, head.id, decisions=(RowDecision(1, take=False),))
    assert (await desk.read(head.id)).to_add == 2
    await _turn(books, head.id, account_id=savings.id)
    assert (await desk.read(head.id)).to_add == 3


async def test_part_that_is_not_there_changes_nothing(desk: Desk, books: Books) -> None:
    account = await books.open("Giro")
    head = await desk.receive(account.id, data_of(TWO))
    with pytest.raises(InvalidInput, match="does not hold"):
        await _turn(books, head.id, part="4711")
    assert (await desk.read(head.id)).head.mapping == head.mapping


async def test_account_of_somebody_else_is_not_found(
    desk: Desk, books: Books, stranger: Books
) -> None:
    mine, theirs = await books.open("Giro"), await stranger.open("Giro")
    head = await desk.receive(mine.id, data_of(TWO))
    with pytest.raises(NotFound):
        await _turn(books, head.id, account_id=theirs.id)


async def test_mapping_cannot_make_another_kind_of_file(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Giro")
    head = await desk.receive(account.id, data_of(TWO))
    for change in ({"format": "qif"}, {"part": SAVED}):
        other = Mapping.from_json(head.mapping.to_json() | change)
        with pytest.raises(InvalidInput, match="not allowed"):
            await _turn(books, head.id, mapping=other)


async def test_rows_of_another_kind_of_file_are_told_with_the_reason(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank", "0 USD")
    csv = (
        "Date,Payee,Amount\n2026-03-04,Trader Joe s #123 QPS,-54.20\n"
        "2026-02-27,Coffee Bar,-4.75\n2026-02-27,Payroll,2450.00\n"
    )
    await desk.bring(account.id, csv)
    head = await desk.receive(account.id, data_of("chase_checking.qfx"))
    rows = {row.number: row for row in (await desk.read(head.id)).rows}
    assert [rows[n].status for n in range(1, 6)] == [
        Status.DUPLICATE,
        Status.NEW,
        Status.DUPLICATE,
        Status.NEW,
        Status.DOUBTFUL,
    ]
    assert "this day, amount and payee" in rows[1].reasons[0].message
    assert "row of another file" in rows[5].reasons[0].message
    await _turn(books, head.id, decisions=(RowDecision(1, take=True),))
    assert (await desk.confirm(head.id)).value.rows_added == 3
    again = await desk.receive(account.id, data_of("chase_checking.qfx"))
    assert (await desk.read(again.id)).to_add == 0


async def test_same_bank_id_is_known_under_another_text(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank", "0 USD")
    data = data_of("chase_checking.qfx")
    await desk.bring(account.id, data)
    renamed = data.replace(b"COFFEE BAR", b"Coffee Bar Seattle")
    view = await desk.read((await desk.receive(account.id, renamed)).id)
    assert view.to_add == 0
    assert "bank’s number" in view.rows[2].reasons[0].message


@pytest.mark.parametrize("name", [name for name, *_ in FILES if "xlsx" not in name])
async def test_torn_file_adds_whole_rows_only_or_is_refused(
    desk: Desk, books: Books, name: str
) -> None:
    account = await books.open("Bank", f"0 {CURRENCIES[name]}")
    data = data_of(name)
    try:
        head = await desk.receive(account.id, data[: len(data) * 2 // 3])
    except InvalidInput:
        assert "json" in name
    else:
        view = await desk.read(head.id)
        assert view.doubtful or "qif" in name
        assert (await desk.confirm(head.id)).value.rows_added == view.to_add


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "b">]><a><BkToCstmrStmt>',
        b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><OFX>&x;",
        b"!Type:Cat\nNFood\n^\n",
    ],
)
async def test_file_that_is_refused_is_not_kept(
    desk: Desk, books: Books, store: FolderBlobStore, data: bytes
) -> None:
    account = await books.open("Bank")
    with pytest.raises(InvalidInput):
        await desk.receive(account.id, data)
    assert not list(store._root.iterdir())


async def test_account_of_a_file_is_read_as_before(desk: Desk, books: Books) -> None:
    account = await books.open("Card")
    head = await desk.receive(account.id, data_of("german_card.qif"))
    flipped = Mapping.from_json(head.mapping.to_json() | {"flip_sign": True})
    await _turn(books, head.id, mapping=flipped)
    await desk.confirm(head.id)
    again = await desk.receive(account.id, data_of("german_card.qif"))
    assert (again.remembered, again.mapping.flip_sign) == (True, True)


async def test_account_of_a_file_is_found_again_and_a_wrong_one_is_warned_of(
    desk: Desk, books: Books
) -> None:
    giro, savings = await books.open("Giro"), await books.open("Savings")
    head = await desk.receive(giro.id, data_of(TWO))
    await desk.confirm(head.id)
    turned = await _turn(books, head.id, part=SAVED, account_id=savings.id)
    assert turned.notes == ()
    await desk.confirm(head.id)
    again = await desk.receive(savings.id, data_of(TWO))
    assert (again.mapping.part, again.remembered, again.notes) == (SAVED, True, ())
    assert (await _turn(books, again.id, account_id=giro.id)).mapping.part != SAVED
    wrong = await _turn(books, again.id, part=SAVED, account_id=giro.id)
    (note,) = wrong.notes
    assert dict(note.values) == {"value": SAVED, "account": "Savings"}
    kept = await _turn(books, again.id, mapping=wrong.mapping)
    assert kept.notes == wrong.notes


async def test_part_that_is_called_like_the_account_is_proposed(
    desk: Desk, books: Books
) -> None:
    await books.open("Giro")
    account = await books.open(SAVED)
    head = await desk.receive(account.id, data_of(TWO))
    assert (head.mapping.part, head.notes) == (SAVED, ())


async def test_next_part_of_a_file_goes_where_it_went_before(
    desk: Desk, books: Books
) -> None:
    giro, savings = await books.open("Giro"), await books.open("Savings")
    head = await desk.receive(giro.id, data_of(TWO))
    await desk.confirm(head.id)
    assert (await _turn(books, head.id, part=SAVED)).account_id == giro.id
    await _turn(books, head.id, part=SAVED, account_id=savings.id)
    await desk.confirm(head.id)
    again = await desk.receive(giro.id, data_of(TWO))
    following = await _turn(books, again.id, part=SAVED)
    assert (following.account_id, following.notes) == (savings.id, ())


async def test_next_part_of_a_file_goes_to_what_is_called_like_it(
    desk: Desk, books: Books
) -> None:
    giro, savings = await books.open("Giro"), await books.open(SAVED)
    head = await desk.receive(giro.id, data_of(TWO))
    assert (await _turn(books, head.id, part=SAVED)).account_id == savings.id


async def test_what_was_imported_last_is_proposed_and_not_a_mistake_before(
    desk: Desk, books: Books
) -> None:
    giro, savings = await books.open("Giro"), await books.open("Savings")
    head = await desk.receive(giro.id, data_of(TWO))
    own = head.mapping.part
    await desk.confirm(head.id)
    wrong = await desk.receive(savings.id, data_of(TWO))
    assert (await _turn(books, wrong.id, part=own, account_id=savings.id)).notes
    mistake = await desk.confirm(wrong.id)
    await perform(books.actor, take_back_import, TakeBack(mistake.value.id))
    await _turn(books, wrong.id, part=SAVED, account_id=savings.id)
    await desk.confirm(wrong.id)
    again = await desk.receive(savings.id, data_of(TWO))
    assert (again.mapping.part, again.notes) == (SAVED, ())
    back = await desk.receive(giro.id, data_of(TWO))
    assert back.mapping.part == own


async def test_earlier_import_is_undone_after_another_one(
    desk: Desk, books: Books
) -> None:
    account, cash = await books.open("Bank"), await books.open("Cash")
    # What this one makes, the place of what has no category, all others need.
    await desk.bring(cash.id, as_csv(("2026-02-03", "Lidl", "-2.50")))
    first = await desk.bring(account.id, as_csv(("2026-02-03", "Lidl", "-2.50")))
    await desk.bring(account.id, as_csv(("2026-02-04", "Rewe", "-1.00")))
    await books.undo(first.change_id)
    assert await books.balance(account.id) == money("-1.00 EUR")


async def test_account_without_a_name_in_its_files_is_like_any_other(
    desk: Desk, books: Books
) -> None:
    bank, other = await books.open("Bank"), await books.open("Other")
    await desk.bring(bank.id, b"!Type:Bank\nD1/31/26\nT-5.00\n^\n")
    head = await desk.receive(other.id, b"!Type:Bank\nD1/31/26\nT-6.00\n^\n")
    assert (head.mapping.part, head.notes) == ("bank", ())
