"""A transfer that comes again stands for what the other bank told of it."""

from datetime import date, timedelta

import pytest

from fintrack.core.recurrence import Pattern, Rule
from fintrack.services.commands import perform
from fintrack.services.recurring.item_rows import ItemView
from fintrack.services.recurring.items import ItemChange, edit_item
from tests.books import money
from tests.services.imports.conftest import Desk, store
from tests.services.imports.statements import as_csv
from tests.services.ledger.two_banks import count_void
from tests.services.recurring.house import TODAY, House, on_day

__all__ = ["store"]


async def tell(house: House, *days: int) -> None:
    """The file of Savings, in which money came on days of November."""
    rows = [(f"2026-11-{day}", f"RECEIVED {day}", "500.00") for day in days]
    await Desk(house.books).bring(house.savings, as_csv(*rows))


async def save(house: House, rule: Rule) -> ItemView:
    """500 euros go to Savings by themselves."""
    return await house.add(rule, other_id=house.savings, is_automatic=True)


@pytest.mark.parametrize("way", ["added", "edited", "settled"])
async def test_date_that_is_booked_by_itself_counts_once(
    way: str, house: House
) -> None:
    await tell(house, 18)
    item = await save(house, on_day(18 if way == "added" else 19))
    if way == "edited":
        new = house.new(on_day(18), other_id=house.savings, is_automatic=True)
        change = ItemChange(item.id, item.version, new)
        await perform(house.books.actor, edit_item, change)
    elif way == "settled":
        await house.wait(days=1)
    assert await count_void(house.books) == 1
    assert await house.books.balance(house.savings) == money("500.00 EUR")
    assert await house.books.findings() == []


async def test_of_dates_that_are_made_up_for_the_nearest_stands_for_the_row(
    house: House,
) -> None:
    await tell(house, 20)
    await save(house, Rule(Pattern.DAYS, TODAY + timedelta(days=1)))
    assert await house.wait(days=3) == 3
    (match,) = await house.books.rows(
        "SELECT t.on_date FROM transfer_match m JOIN transaction t "
        "ON t.id = m.transfer_id"
    )
    assert match.on_date == date(2026, 11, 20)
