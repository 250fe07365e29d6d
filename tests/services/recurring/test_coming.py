"""The calendar shows each date once, with what became of it."""

from datetime import date, timedelta

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.recurrence import Pattern, Rule, Shift
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from fintrack.services.recurring.coming import Calendar, Lock, show_calendar
from fintrack.services.recurring.handling import (
    Booking,
    DateMark,
    book_date,
    skip_date,
)
from fintrack.services.recurring.items import ItemChange, edit_item
from fintrack.services.recurring.settling import settle_all
from tests.books import Books, money
from tests.services.recurring.house import TODAY, House, on_day

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


async def show(house: House, end: date = date(2027, 1, 1)) -> Calendar:
    return await ask(house.books.actor, show_calendar, start=NOVEMBER, end=end)


def told(calendar: Calendar) -> list[str]:
    return [f"{one.due_on} {one.amount.text} {one.outcome}" for one in calendar.dates]


async def test_each_date_has_one_line_whatever_became_of_it(house: House) -> None:
    item = await house.add(Rule(Pattern.WEEKS, date(2026, 11, 19)))
    await house.wait(days=2)
    actor = house.books.actor
    paid = Booking(item.id, date(2026, 11, 26), amount=money("-450 EUR"))
    await perform(actor, book_date, paid)
    await perform(actor, skip_date, DateMark(item.id, date(2026, 12, 3)))
    calendar = await show(house, date(2026, 12, 11))
    assert told(calendar) == [
        "2026-11-19 -500.00 proposed",
        "2026-11-26 -450.00 booked",
        "2026-12-03 -500.00 skipped",
        "2026-12-10 -500.00 coming",
    ]
    assert [one.due_on for one in calendar.waiting] == [date(2026, 11, 19)]


async def test_days_before_the_item_was_added_are_empty(house: House) -> None:
    await house.add(on_day(10))
    assert told(await show(house, DECEMBER)) == []


async def test_date_that_waits_is_told_whatever_the_month(house: House) -> None:
    await house.add(on_day(20))
    await house.wait(days=100)
    later = date(2027, 6, 1)
    span = {"start": later, "end": later + timedelta(days=30)}
    calendar = await ask(house.books.actor, show_calendar, **span)
    assert [one.due_on for one in calendar.waiting] == [
        date(2026, 11, 20),
        date(2026, 12, 20),
        date(2027, 1, 20),
        date(2027, 2, 20),
    ]


async def test_handled_date_does_not_come_again_where_a_weekend_moves_it_later(
    house: House,
) -> None:
    """Saturday 21 November is booked; then Mondays are chosen."""
    item = await house.add(on_day(21), is_automatic=True)
    await house.wait(days=3)
    new = house.new(on_day(21, shift=Shift.AFTER), is_automatic=True)
    await perform(house.books.actor, edit_item, ItemChange(item.id, 1, new))
    monday = date(2026, 11, 23)
    span = {"start": monday, "end": DECEMBER}
    assert told(await ask(house.books.actor, show_calendar, **span)) == []
    assert await house.wait(days=3) == 0


@pytest.mark.parametrize("days", [0, -1, 401])
async def test_span_has_a_day_and_an_end(house: House, days: int) -> None:
    with pytest.raises(InvalidInput):
        await show(house, NOVEMBER + timedelta(days=days))


async def test_calendar_of_somebody_else_is_empty(
    house: House, stranger: Books
) -> None:
    await house.add(on_day(20))
    await house.wait(days=3)
    span = {"start": TODAY, "end": DECEMBER}
    assert await ask(stranger.actor, show_calendar, **span) == Calendar((), ())


async def test_open_date_in_a_reconciled_period_names_what_locks_it(
    house: House,
) -> None:
    """It waits although it is booked by itself; one that was dealt with asks nobody."""
    item = await house.add(Rule(Pattern.DAYS, date(2026, 11, 19)), is_automatic=True)
    await perform(house.books.actor, skip_date, DateMark(item.id, date(2026, 11, 19)))
    house.clock.advance(days=3)
    statement = Statement(house.bank, date(2026, 11, 20), money("0 EUR"))
    await perform(house.books.actor, finish_reconciliation, statement)
    await settle_all()
    calendar = await show(house, date(2026, 11, 23))
    lock = Lock(house.bank, "Bank", date(2026, 11, 20))
    assert [(one.due_on.day, one.outcome, one.locks) for one in calendar.dates] == [
        (19, "skipped", ()),
        (20, "proposed", (lock,)),
        (21, "booked", ()),
        (22, "coming", ()),
    ]
    assert [one.locks for one in calendar.waiting] == [(lock,)]


async def test_booked_date_says_that_its_transaction_is_void(house: House) -> None:
    item = await house.add(on_day(20))
    actor = house.books.actor
    paid = await perform(actor, book_date, Booking(item.id, date(2026, 11, 20)))
    assert [one.is_void for one in (await show(house)).dates] == [False, False]
    mark = TransactionMark(paid.value.id, 1)
    voided = await perform(actor, void_transaction, mark)
    first, second = (await show(house)).dates
    assert (first.outcome, first.is_void) == ("booked", True)
    assert (second.outcome, second.is_void) == ("coming", False)
    await house.books.undo(voided.change_id)
    assert [one.is_void for one in (await show(house)).dates] == [False, False]
