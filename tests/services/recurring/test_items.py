"""What comes again is added, edited, ended and listed."""

from dataclasses import replace
from datetime import date

import pytest

from fintrack.core.errors import Conflict, FinTrackError, NotFound, StaleVersion
from fintrack.core.recurrence import Pattern, Rule
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.accounts import AccountMark, close_account
from fintrack.services.ledger.categories import Merge, merge_category
from fintrack.services.recurring import items
from fintrack.services.recurring.forecasting import forecast_balances
from fintrack.services.recurring.handling import (
    Booking,
    DateMark,
    book_date,
    skip_date,
)
from fintrack.services.recurring.items import (
    ItemChange,
    ItemEnd,
    add_item,
    edit_item,
    end_item,
    find_item,
    list_items,
)
from tests.books import Books, money
from tests.services.recurring.house import TODAY, House, on_day


async def test_added_item_knows_its_next_date(house: House) -> None:
    item = await house.add(on_day(20))
    assert item.next is not None
    assert item.next.due_on == date(2026, 11, 20)
    assert (item.account_name, item.other_name) == ("Bank", "Rent")
    assert await ask(house.books.actor, find_item, item.id) == item


async def test_list_has_the_next_one_first_and_the_ended_last(house: House) -> None:
    await house.add(on_day(25), name="Late")
    await house.add(on_day(20), name="Soon")
    over = await house.add(on_day(19), name="Over")
    await perform(house.books.actor, end_item, ItemEnd(over.id, 1, TODAY))
    found = await ask(house.books.actor, list_items)
    assert [item.name for item in found] == ["Soon", "Late", "Over"]
    assert found[-1].next is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "Rent\x00"}, "name"),
        ({"amount": money("0 EUR")}, "amount"),
        ({"amount": money("5 USD")}, "amount"),
        ({"rule": Rule(Pattern.WEEKS, TODAY, 0)}, "every"),
        ({"rule": on_day(32)}, "day"),
    ],
)
async def test_what_could_not_be_booked_is_refused_on_its_field(
    house: House, change: dict[str, object], field: str
) -> None:
    new = replace(house.new(on_day(20)), **change)  # type: ignore[arg-type]  # one field at a time
    with pytest.raises(FinTrackError) as refused:
        await perform(house.books.actor, add_item, new)
    assert [one.field for one in refused.value.problems] == [field]
    assert await ask(house.books.actor, list_items) == []


async def test_transfer_goes_to_another_account_and_takes_money_there(
    house: House,
) -> None:
    item = await house.add(on_day(18), other_id=house.savings, is_automatic=True)
    assert item.is_transfer
    assert await house.books.balance(house.savings) == money("500 EUR")
    for wrong in (
        replace(house.new(on_day(18)), other_id=house.bank),
        replace(house.new(on_day(18), "5 EUR"), other_id=house.savings),
    ):
        with pytest.raises(FinTrackError):
            await perform(house.books.actor, add_item, wrong)


async def test_account_and_category_of_somebody_else_are_not_there(
    house: House, stranger: Books
) -> None:
    theirs = await stranger.open("Bank")
    food = await stranger.category("Food")
    for wrong in (
        replace(house.new(on_day(20)), account_id=theirs.id),
        replace(house.new(on_day(20)), other_id=food),
    ):
        with pytest.raises(NotFound):
            await perform(house.books.actor, add_item, wrong)


async def test_category_is_no_account(house: House) -> None:
    new = replace(house.new(on_day(20)), account_id=house.salary)
    with pytest.raises(FinTrackError, match="not an account"):
        await perform(house.books.actor, add_item, new)


async def test_closed_account_takes_no_item(house: House) -> None:
    mark = AccountMark(house.bank, 1)
    await perform(house.books.actor, close_account, mark, TODAY)
    with pytest.raises(Conflict):
        await house.add(on_day(20))


async def test_new_rule_counts_from_today_and_repeats_no_date(house: House) -> None:
    """Rent of the 18th is booked; from now on it is due on the 10th."""
    item = await house.add(on_day(18), is_automatic=True)
    change = ItemChange(item.id, 1, house.new(on_day(10), is_automatic=True))
    changed = (await perform(house.books.actor, edit_item, change)).value
    assert changed.next is not None
    assert changed.next.due_on == date(2026, 12, 10)
    await house.wait(days=30)
    assert await house.booked() == ["2026-11-18", "2026-12-10"]


async def test_other_amount_counts_from_the_next_date_on(house: House) -> None:
    item = await house.add(on_day(18), is_automatic=True)
    new = house.new(on_day(18), "-600 EUR", is_automatic=True)
    await perform(house.books.actor, edit_item, ItemChange(item.id, 1, new))
    await house.wait(days=40)
    assert await house.books.balance(house.bank) == money("-1100 EUR")


async def test_what_was_missed_before_an_edit_is_booked_by_the_old_words(
    house: House,
) -> None:
    item = await house.add(on_day(20), is_automatic=True)
    house.clock.advance(days=5)
    new = house.new(on_day(10), "-600 EUR", is_automatic=True)
    await perform(house.books.actor, edit_item, ItemChange(item.id, 1, new))
    assert await house.books.balance(house.bank) == money("-500 EUR")


async def test_slower_of_two_edits_is_told(house: House) -> None:
    item = await house.add(on_day(20))
    change = ItemChange(item.id, 1, house.new(on_day(21)))
    await perform(house.books.actor, edit_item, change)
    with pytest.raises(StaleVersion):
        await perform(house.books.actor, edit_item, change)
    with pytest.raises(StaleVersion):
        await perform(house.books.actor, end_item, ItemEnd(item.id, 1, TODAY))


async def test_ended_item_is_not_due_any_more_and_ends_once(house: House) -> None:
    item = await house.add(on_day(20), is_automatic=True)
    done = await perform(house.books.actor, end_item, ItemEnd(item.id, 1, TODAY))
    assert await house.wait(days=25) == 0
    with pytest.raises(Conflict):
        await perform(house.books.actor, end_item, ItemEnd(item.id, 2, TODAY))
    await house.books.undo(done.change_id)
    assert await house.wait(days=1) == 1


async def test_merged_category_takes_its_items_along(house: House) -> None:
    item = await house.add(on_day(20))
    flat = await house.books.category("Flat")
    await perform(house.books.actor, merge_category, Merge(house.rent, 1, flat))
    found = await ask(house.books.actor, find_item, item.id)
    assert (found.other_name, found.is_blocked) == ("Flat", False)


async def test_more_items_than_a_calendar_can_show_are_refused(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(items, "MOST_ITEMS", 1)
    await house.add(on_day(20))
    with pytest.raises(Conflict):
        await house.add(on_day(21))


async def test_item_of_somebody_else_is_not_there(
    house: House, stranger: Books
) -> None:
    item = await house.add(on_day(20))
    with pytest.raises(NotFound):
        await ask(stranger.actor, find_item, item.id)


async def test_bill_that_was_paid_ahead_is_not_due_again_where_its_day_moves(
    house: House,
) -> None:
    """December is open, January paid, February left out; the 1st becomes the 2nd."""
    item = await house.add(on_day(1), is_automatic=True)
    actor = house.books.actor
    await perform(actor, book_date, Booking(item.id, date(2027, 1, 1)))
    await perform(actor, skip_date, DateMark(item.id, date(2027, 2, 1)))
    change = ItemChange(item.id, 1, house.new(on_day(2), is_automatic=True))
    changed = (await perform(actor, edit_item, change)).value
    assert changed.next is not None
    assert changed.next.due_on == date(2026, 12, 2)
    bank, *_ = await ask(actor, forecast_balances)
    assert bank.lowest.balance == money("-1000 EUR")
    with pytest.raises(Conflict):
        await perform(actor, book_date, Booking(item.id, date(2027, 1, 2)))
    assert await house.wait(days=110) == 2
    assert await house.booked() == ["2026-12-02", "2027-01-01", "2027-03-02"]


async def test_payment_ahead_that_is_taken_back_is_due_by_the_new_rule(
    house: House,
) -> None:
    item = await house.add(on_day(1))
    actor = house.books.actor
    paid = await perform(actor, book_date, Booking(item.id, date(2026, 12, 1)))
    await perform(actor, edit_item, ItemChange(item.id, 1, house.new(on_day(2))))
    await house.books.undo(paid.change_id)
    found = await ask(actor, find_item, item.id)
    assert found.next is not None
    assert found.next.due_on == date(2026, 12, 2)


async def test_bill_of_today_that_moves_to_tomorrow_is_not_due_again(
    house: House,
) -> None:
    """A Wednesday becomes a Thursday."""
    rule = Rule(Pattern.WEEKS, TODAY)
    item = await house.add(rule, is_automatic=True)
    thursday = replace(rule, starts_on=date(2026, 11, 19))
    change = ItemChange(item.id, 1, house.new(thursday, is_automatic=True))
    await perform(house.books.actor, edit_item, change)
    await house.wait(days=9)
    assert await house.booked() == ["2026-11-18", "2026-11-26"]
