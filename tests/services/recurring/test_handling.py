"""A date is booked or skipped, and that once."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from fintrack.core.errors import (
    Conflict,
    FinTrackError,
    InvalidInput,
    NotFound,
    Reconciled,
    UndoRefused,
)
from fintrack.core.recurrence import Pattern, Rule, Shift
from fintrack.services.commands import perform
from fintrack.services.ledger.accounts import AccountMark, close_account
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from fintrack.services.recurring.handling import (
    Booking,
    DateMark,
    book_date,
    skip_date,
)
from fintrack.services.recurring.items import ItemChange, edit_item
from tests.books import Books, money
from tests.services.recurring.house import TODAY, House, on_day

NEXT, LATER = date(2026, 11, 20), date(2026, 12, 20)


async def test_proposal_is_booked_with_another_day_and_amount(house: House) -> None:
    item = await house.add(on_day(20))
    await house.wait(days=2)
    booking = Booking(item.id, NEXT, date(2026, 11, 21), money("-512 EUR"))
    done = await perform(house.books.actor, book_date, booking)
    assert done.value.payee == "Landlord"
    assert await house.booked() == ["2026-11-21"]
    assert await house.dates() == ["2026-11-20 2026-11-20 booked"]
    assert await house.books.balance(house.bank) == money("-512 EUR")


async def test_date_enters_a_reconciled_period_only_where_one_says_so(
    house: House,
) -> None:
    item = await house.add(on_day(20))
    await house.wait(days=2)
    statement = Statement(house.bank, NEXT, money("0 EUR"))
    await perform(house.books.actor, finish_reconciliation, statement)
    booking = Booking(item.id, NEXT)
    with pytest.raises(Reconciled, match="is reconciled up to 2026-11-20") as told:
        await perform(house.books.actor, book_date, booking)
    assert await house.booked() == []
    agreed = replace(booking, unlock=told.value.problems)
    await perform(house.books.actor, book_date, agreed)
    assert await house.booked() == ["2026-11-20"]
    assert await house.books.findings() == []


async def test_date_that_was_booked_ahead_is_not_booked_on_its_day(
    house: House,
) -> None:
    item = await house.add(on_day(20), is_automatic=True)
    await perform(house.books.actor, book_date, Booking(item.id, NEXT, TODAY))
    assert await house.wait(days=5) == 0
    assert await house.booked() == [TODAY.isoformat()]


async def test_booking_does_not_come_again_beside_another_of_its_turn(
    house: House,
) -> None:
    item = await house.add(on_day(20), is_automatic=True)
    actor = house.books.actor
    paid = await perform(actor, book_date, Booking(item.id, NEXT, TODAY))
    undone = await house.books.undo(paid.change_id)
    moved = house.new(on_day(21), is_automatic=True)
    await perform(actor, edit_item, ItemChange(item.id, 1, moved))
    await house.wait(days=3)
    before = await house.books.snapshot()
    with pytest.raises(UndoRefused, match="already dealt with"):
        await house.books.undo(undone.id)
    assert await house.books.snapshot() == before
    assert await house.booked() == ["2026-11-21"]


async def test_booking_comes_again_where_its_turn_is_free(house: House) -> None:
    item = await house.add(on_day(20), is_automatic=True)
    actor = house.books.actor
    await house.wait(days=2)
    paid = await perform(actor, book_date, Booking(item.id, LATER, TODAY))
    undone = await house.books.undo(paid.change_id)
    moved = house.new(on_day(21), is_automatic=True)
    await perform(actor, edit_item, ItemChange(item.id, 1, moved))
    await house.books.undo(undone.id)
    await house.wait(days=40)
    assert await house.booked() == ["2026-11-18", "2026-11-20"]


@pytest.mark.parametrize("way", ["booked", "skipped"])
async def test_date_comes_again_beside_weeks_that_were_before_it_was_monthly(
    way: str, house: House
) -> None:
    """On the 26th, after two weeks, each Wednesday becomes each 28th."""
    item = await house.add(Rule(Pattern.WEEKS, TODAY), is_automatic=True)
    await house.wait(days=8)
    monthly = house.new(on_day(28), is_automatic=True)
    actor, first = house.books.actor, date(2026, 11, 28)
    await perform(actor, edit_item, ItemChange(item.id, 1, monthly))
    if way == "booked":
        done = (await perform(actor, book_date, Booking(item.id, first))).change_id
    else:
        done = (await perform(actor, skip_date, DateMark(item.id, first))).change_id
    before = await house.dates()
    undone = await house.books.undo(done)
    await house.books.undo(undone.id)
    assert await house.dates() == before


async def test_skipped_date_is_left_out_until_that_is_undone(house: House) -> None:
    item = await house.add(on_day(20), is_automatic=True)
    done = await perform(house.books.actor, skip_date, DateMark(item.id, NEXT))
    assert await house.wait(days=25) == 0
    await house.books.undo(done.change_id)
    assert await house.wait(days=10) == 2
    assert await house.booked() == ["2026-11-20", "2026-12-20"]


async def test_date_is_dealt_with_once(house: House) -> None:
    item = await house.add(on_day(20))
    await house.wait(days=2)
    booking = Booking(item.id, NEXT)
    await perform(house.books.actor, book_date, booking)
    with pytest.raises(Conflict):
        await perform(house.books.actor, book_date, booking)
    with pytest.raises(Conflict):
        await perform(house.books.actor, skip_date, DateMark(item.id, NEXT))
    assert await house.booked() == ["2026-11-20"]


async def test_double_click_books_once(house: House) -> None:
    item = await house.add(on_day(20))
    doing = [
        perform(house.books.actor, book_date, Booking(item.id, NEXT)) for _ in range(3)
    ]
    done = await asyncio.gather(*doing, return_exceptions=True)
    assert sum(isinstance(one, Conflict) for one in done) == 2
    assert await house.booked() == ["2026-11-20"]


async def test_day_that_is_none_of_the_rule_is_not_there(house: House) -> None:
    item = await house.add(on_day(20))
    for day in (date(2026, 11, 21), date(2026, 10, 20)):
        with pytest.raises(NotFound):
            await perform(house.books.actor, book_date, Booking(item.id, day))
        with pytest.raises(NotFound):
            await perform(house.books.actor, skip_date, DateMark(item.id, day))


async def test_moved_date_is_named_by_the_day_of_its_rule(house: House) -> None:
    item = await house.add(on_day(29, shift=Shift.BEFORE))
    booking = Booking(item.id, date(2026, 11, 29))
    done = await perform(house.books.actor, book_date, booking)
    assert done.value.on_date == date(2026, 11, 27)


@pytest.mark.parametrize("amount", ["0 EUR", "5 USD"])
async def test_impossible_amount_books_nothing(house: House, amount: str) -> None:
    item = await house.add(on_day(20))
    booking = Booking(item.id, NEXT, amount=money(amount))
    with pytest.raises(FinTrackError):
        await perform(house.books.actor, book_date, booking)
    assert await house.booked() == []
    assert await house.dates() == []


async def test_transfer_is_not_booked_the_other_way_round(house: House) -> None:
    item = await house.add(on_day(20), other_id=house.savings)
    turned = Booking(item.id, NEXT, amount=money("5 EUR"))
    with pytest.raises(InvalidInput, match="takes money out") as refused:
        await perform(house.books.actor, book_date, turned)
    assert [one.field for one in refused.value.problems] == ["amount"]
    less = replace(turned, amount=money("-5 EUR"))
    await perform(house.books.actor, book_date, less)
    assert await house.books.balance(house.savings) == money("5 EUR")


async def test_closed_account_is_named_and_the_proposal_stays(house: House) -> None:
    item = await house.add(on_day(20))
    await house.wait(days=2)
    mark = AccountMark(house.bank, 1)
    await perform(house.books.actor, close_account, mark, TODAY)
    with pytest.raises(Conflict, match="Bank is closed"):
        await perform(house.books.actor, book_date, Booking(item.id, NEXT))
    assert await house.dates() == ["2026-11-20 2026-11-20 proposed"]


async def test_void_transaction_is_not_booked_again(house: House) -> None:
    item = await house.add(on_day(20))
    done = await perform(house.books.actor, book_date, Booking(item.id, NEXT))
    mark = TransactionMark(done.value.id, 1)
    await perform(house.books.actor, void_transaction, mark)
    await house.wait(days=5)
    assert await house.dates() == ["2026-11-20 2026-11-20 booked"]
    assert await house.booked() == []


async def test_date_of_somebody_else_is_not_there(
    house: House, stranger: Books
) -> None:
    item = await house.add(on_day(20))
    with pytest.raises(NotFound):
        await perform(stranger.actor, book_date, Booking(item.id, NEXT))
    with pytest.raises(NotFound):
        await perform(stranger.actor, skip_date, DateMark(item.id, LATER))
