"""What comes again by another rule: no date comes twice, and none is lost."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fintrack.core.recurrence import Pattern, Rule, Shift
from fintrack.services.commands import perform
from fintrack.services.recurring.handling import Booking, book_date
from fintrack.services.recurring.item_rows import ItemView
from fintrack.services.recurring.items import (
    ItemChange,
    ItemEnd,
    edit_item,
    end_item,
)
from tests.services.recurring.house import TODAY, House, on_day

YEAR = 365
NEXT_YEAR = date(2027, 11, 18)


async def edit(house: House, item: ItemView, rule: Rule, **more: Any) -> ItemView:
    given = {"is_automatic": item.is_automatic, **more}
    change = ItemChange(item.id, item.version, house.new(rule, **given))
    return (await perform(house.books.actor, edit_item, change)).value


def next_of(item: ItemView) -> str:
    return item.next.due_on.isoformat() if item.next else ""


async def ended(house: House, rule: Rule, **more: Any) -> ItemView:
    """Ended today, and a year has passed."""
    item = await house.add(rule, is_automatic=True, **more)
    end = ItemEnd(item.id, item.version, TODAY)
    found = (await perform(house.books.actor, end_item, end)).value
    await house.wait(days=YEAR)
    return found


@pytest.mark.parametrize(
    ("ends_on", "expected"),
    [
        (None, "2027-11-20"),
        (date(2028, 1, 1), "2027-11-20"),
        (date(2027, 3, 20), ""),
        (NEXT_YEAR, ""),
    ],
    ids=["none", "to come", "past", "today"],
)
async def test_last_day_of_what_has_ended_moves_and_no_date_between_is_entered(
    house: House, ends_on: date | None, expected: str
) -> None:
    item = await ended(house, on_day(20))
    changed = await edit(house, item, replace(on_day(20), ends_on=ends_on))
    assert next_of(changed) == expected
    assert await house.wait(days=1) == 0
    assert await house.booked() == []


async def test_what_has_ended_goes_on_today_where_a_date_falls_on_it(
    house: House,
) -> None:
    item = await ended(house, on_day(18))
    await edit(house, item, on_day(18))
    assert await house.booked() == ["2026-11-18", "2027-11-18"]


async def test_last_day_moved_twice_enters_nothing_between(house: House) -> None:
    """To March while November is over, and then away."""
    item = await ended(house, on_day(20))
    march = await edit(house, item, replace(on_day(20), ends_on=date(2027, 3, 20)))
    changed = await edit(house, march, on_day(20))
    assert next_of(changed) == "2027-11-20"
    assert await house.booked() == []


async def test_monthly_bill_whose_end_goes_within_its_month_is_paid_once(
    house: House,
) -> None:
    item = await house.add(on_day(18), is_automatic=True)
    end = ItemEnd(item.id, item.version, TODAY)
    over = (await perform(house.books.actor, end_item, end)).value
    await house.wait(days=2)
    changed = await edit(house, over, on_day(25))
    assert next_of(changed) == "2026-12-25"


async def test_sunday_that_was_booked_on_monday_is_not_booked_again_as_monday(
    house: House,
) -> None:
    sundays = Rule(Pattern.WEEKS, date(2026, 11, 22), shift=Shift.AFTER)
    item = await house.add(sundays, is_automatic=True)
    await house.wait(days=5)
    assert await house.booked() == ["2026-11-23"]
    mondays = Rule(Pattern.WEEKS, date(2026, 11, 23))
    changed = await edit(house, item, mondays)
    assert next_of(changed) == "2026-11-30"
    assert await house.booked() == ["2026-11-23"]


async def test_last_of_january_that_was_booked_on_the_first_is_not_booked_again_as_it(
    house: House,
) -> None:
    house.clock.advance(days=60)
    last = Rule(Pattern.MONTH_LAST, date(2026, 1, 1), shift=Shift.AFTER)
    item = await house.add(last, is_automatic=True)
    await house.wait(days=15)
    assert await house.booked() == ["2027-02-01"]
    changed = await edit(house, item, on_day(1, shift=Shift.AFTER))
    assert next_of(changed) == "2027-03-01"
    assert await house.booked() == ["2027-02-01"]


async def test_first_that_was_booked_on_friday_stands_for_one_month_only(
    house: House,
) -> None:
    """Sunday 1 August 2027 is booked on 30 July, where the last of July falls too."""
    house.clock.advance(days=250)
    item = await house.add(on_day(1, shift=Shift.BEFORE), is_automatic=True)
    await house.wait(days=4)
    assert await house.booked() == ["2027-07-30"]
    last = Rule(Pattern.MONTH_LAST, date(2026, 1, 1), shift=Shift.BEFORE)
    changed = await edit(house, item, last)
    assert next_of(changed) == "2027-08-31"
    assert await house.booked() == ["2027-07-30"]


async def test_each_date_of_a_weekend_that_ends_on_one_monday_is_booked(
    house: House,
) -> None:
    daily = Rule(Pattern.DAYS, TODAY, shift=Shift.AFTER)
    await house.add(daily, is_automatic=True)
    await house.wait(days=5)
    assert (await house.booked())[3:] == ["2026-11-23"] * 3


async def test_month_that_was_paid_stands_for_no_year(house: House) -> None:
    item = await house.add(on_day(18), is_automatic=True)
    await house.wait(days=7)
    yearly = Rule(Pattern.YEARS, date(2026, 11, 25))
    await edit(house, item, yearly)
    assert await house.booked() == ["2026-11-18", "2026-11-25"]


async def test_week_that_was_paid_stands_for_no_month(house: House) -> None:
    item = await house.add(Rule(Pattern.WEEKS, TODAY), is_automatic=True)
    ahead = Booking(item.id, date(2026, 11, 25))
    await perform(house.books.actor, book_date, ahead)
    changed = await edit(house, item, on_day(30))
    assert next_of(changed) == "2026-11-30"
    moved = await edit(house, changed, on_day(28))
    assert next_of(moved) == "2026-11-28"
    await house.wait(days=40)
    assert await house.booked() == [
        "2026-11-18",
        "2026-11-25",
        "2026-11-28",
        "2026-12-28",
    ]


async def test_new_month_that_was_paid_ahead_moves_and_is_not_due_again(
    house: House,
) -> None:
    item = await house.add(Rule(Pattern.WEEKS, TODAY), is_automatic=True)
    changed = await edit(house, item, on_day(28))
    ahead = Booking(item.id, date(2026, 11, 28))
    await perform(house.books.actor, book_date, ahead)
    for day in (30, 27):
        changed = await edit(house, changed, on_day(day))
        assert next_of(changed) == f"2026-12-{day}"


async def test_date_that_was_dealt_with_today_is_also_that_of_another_pattern(
    house: House,
) -> None:
    item = await house.add(Rule(Pattern.WEEKS, TODAY), is_automatic=True)
    for rule, expected in (
        (on_day(18), "2026-12-18"),
        (Rule(Pattern.DAYS, TODAY, 10), "2026-11-28"),
        (Rule(Pattern.YEARS, TODAY), "2027-11-18"),
    ):
        item = await edit(house, item, rule)
        assert next_of(item) == expected
    assert await house.booked() == ["2026-11-18"]


async def test_week_that_was_paid_is_done_though_more_weeks_are_paid_from_now_on(
    house: House,
) -> None:
    """Each second Wednesday becomes each Friday: those before today do not come."""
    second = Rule(Pattern.WEEKS, TODAY, 2)
    item = await house.add(second, is_automatic=True)
    await house.wait(days=15)
    fridays = Rule(Pattern.WEEKS, date(2026, 11, 20))
    changed = await edit(house, item, fridays)
    assert next_of(changed) == "2026-12-11"
    assert await house.booked() == ["2026-11-18", "2026-12-02"]


async def test_weekend_that_moves_a_date_into_the_past_loses_it_not(
    house: House,
) -> None:
    """On Saturday the 21st what was due on Monday is to be paid on Friday."""
    item = await house.add(on_day(22, shift=Shift.AFTER), is_automatic=True)
    await house.wait(days=3)
    await edit(house, item, on_day(22, shift=Shift.BEFORE))
    assert await house.booked() == ["2026-11-20"]
