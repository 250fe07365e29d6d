"""A transfer that stands for the row of another bank says so."""

from datetime import date

import pytest

from fintrack.core.entries import Entry, transfer
from fintrack.core.recurrence import Pattern, Rule
from fintrack.services.commands import perform
from fintrack.services.recurring.item_rows import NewItem
from fintrack.services.recurring.items import add_item
from fintrack.state.amounts import Reader
from fintrack.state.history import HistoryState
from fintrack.state.many import ManyState
from fintrack.state.matched import matched_text, with_matched
from fintrack.state.recurring import RecurringState
from fintrack.state.transactions import TransactionsState
from tests.books import Books, money
from tests.services.imports.conftest import Desk, store
from tests.services.imports.statements import as_csv
from tests.services.ledger.two_banks import RECEIVED, make_void, open_two
from tests.state.desk import sit_down

__all__ = ["store"]

SELECTED = True
FAR, NEAR = date(2026, 11, 2), date(2026, 11, 25)
TOLD = "1 row of the other account is the same transfer and void now."


async def move(books: Books, source: int, target: int, on: date) -> int:
    amount = money("100 EUR")
    parts = transfer(source, target, amount, amount)
    return (await books.record(Entry(on, parts))).value.id


def test_rows_that_are_void_now_are_counted() -> None:
    reader = Reader()
    assert matched_text(0, reader) == ""
    assert matched_text(1, reader) == TOLD
    assert matched_text(2, reader).startswith("2 rows of the other account are")
    assert matched_text(2, Reader("tr")).startswith("Öteki hesabın 2 kaydı")


def test_they_are_told_behind_what_was_done() -> None:
    reader = Reader()
    assert with_matched("Done again.", 0, reader) == "Done again."
    assert with_matched("Done again.", 1, reader) == f"Done again. {TOLD}"


@pytest.mark.usefixtures("store")
async def test_date_that_is_booked_tells_them(books: Books) -> None:
    bank, visa = await open_two(books)
    await Desk(books).bring(visa.id, as_csv(RECEIVED))
    new = NewItem(
        name="Visa",
        account_id=bank.id,
        other_id=visa.id,
        amount=money("-100 EUR"),
        rule=Rule(Pattern.MONTH_DAY, FAR, day=NEAR.day),
    )
    item = (await perform(books.actor, add_item, new)).value
    page = await (await sit_down(books)).state(RecurringState)
    await page.book(str(item.id), NEAR.isoformat())
    assert page.notice.text == f"Visa was booked. {TOLD}"


@pytest.mark.usefixtures("store")
async def test_change_of_many_tells_them(books: Books) -> None:
    bank, visa = await open_two(books)
    await move(books, bank.id, visa.id, on=FAR)
    desk = await sit_down(books)
    listed, many = await desk.state(TransactionsState), await desk.state(ManyState)
    await listed._read()
    await listed.pick([row.id for day in listed.days for row in day.rows], SELECTED)
    await Desk(books).bring(visa.id, as_csv(RECEIVED))
    await many.open("day")
    await many.apply({"day": NEAR.isoformat()})
    assert listed.notice.text == f"1 transaction changed. {TOLD}"


@pytest.mark.usefixtures("store")
async def test_undo_tells_them(books: Books) -> None:
    bank, visa = await open_two(books)
    gone = await make_void(books, await move(books, bank.id, visa.id, on=NEAR))
    await Desk(books).bring(visa.id, as_csv(RECEIVED))
    page = await (await sit_down(books)).state(HistoryState)
    await page.undo(str(gone.change_id))
    assert page.notice.text == f"Taken back. {TOLD}"
