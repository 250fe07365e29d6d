"""A transfer that comes again between accounts of two currencies."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.services.commands import ask, perform
from fintrack.services.recurring.forecasting import forecast_balances
from fintrack.services.recurring.handling import Booking, book_date
from fintrack.services.recurring.item_rows import NewItem
from fintrack.services.recurring.items import ItemChange, add_item, edit_item, find_item
from tests.books import Books, money
from tests.services.recurring.house import House, on_day

NEXT = date(2026, 11, 20)


@pytest.fixture
async def dollars(house: House) -> int:
    return (await house.books.open("Dollars", "10 USD")).id


@pytest.fixture
def new(house: House, dollars: int) -> NewItem:
    given = house.new(on_day(20), "-500 EUR", other_id=dollars)
    return replace(given, received=money("540 USD"))


async def balances(books: Books, *account_ids: int) -> list[str]:
    found = [await books.balance(one) for one in account_ids]
    return [f"{one.text} {one.currency}" for one in found]


async def test_both_amounts_are_booked_on_the_day(
    house: House, new: NewItem, dollars: int
) -> None:
    await perform(house.books.actor, add_item, replace(new, is_automatic=True))
    assert await house.wait(days=3) == 1
    assert await balances(house.books, house.bank, dollars) == [
        "-500.00 EUR",
        "550.00 USD",
    ]
    assert await house.books.findings() == []


async def test_date_is_booked_with_what_really_arrived(
    house: House, new: NewItem, dollars: int
) -> None:
    item = (await perform(house.books.actor, add_item, new)).value
    booking = Booking(
        item.id, NEXT, amount=money("-501 EUR"), received=money("537.20 USD")
    )
    await perform(house.books.actor, book_date, booking)
    assert await balances(house.books, house.bank, dollars) == [
        "-501.00 EUR",
        "547.20 USD",
    ]


async def test_forecast_moves_each_account_in_its_own_currency(
    house: House, new: NewItem, dollars: int
) -> None:
    await perform(house.books.actor, add_item, new)
    found = {
        one.account_id: one for one in await ask(house.books.actor, forecast_balances)
    }
    after = (NEXT - found[dollars].points[0].on) // timedelta(days=1)
    assert found[house.bank].points[after].balance == money("-500 EUR")
    assert found[dollars].points[after].balance == money("550 USD")


@pytest.mark.parametrize(
    ("received", "says"),
    [
        (None, "Dollars is kept in USD"),
        ("0 USD", "above zero"),
        ("-1 USD", "above zero"),
        ("540 EUR", "Dollars is kept in USD"),
    ],
)
async def test_what_arrives_must_be_said_in_the_currency_of_its_account(
    house: House, new: NewItem, received: str | None, says: str
) -> None:
    wrong = replace(new, received=money(received) if received else None)
    with pytest.raises(InvalidInput, match=says):
        await perform(house.books.actor, add_item, wrong)


async def test_one_currency_takes_one_amount(house: House, new: NewItem) -> None:
    for other_id in (house.savings, house.rent):
        wrong = replace(new, other_id=other_id)
        with pytest.raises(InvalidInput, match="two currencies") as refused:
            await perform(house.books.actor, add_item, wrong)
        assert refused.value.problems[0].field == "received"
    plain = await house.add(on_day(20), other_id=house.savings)
    booking = Booking(plain.id, NEXT, received=money("1 USD"))
    with pytest.raises(InvalidInput, match="two currencies"):
        await perform(house.books.actor, book_date, booking)


async def test_item_forgets_the_second_amount_with_its_second_currency(
    house: House, new: NewItem
) -> None:
    item = (await perform(house.books.actor, add_item, new)).value
    assert item.received == money("540 USD")
    one = replace(new, other_id=house.savings, received=None)
    change = ItemChange(item.id, item.version, one)
    done = await perform(house.books.actor, edit_item, change)
    assert (await ask(house.books.actor, find_item, item.id)).received is None
    await house.books.undo(done.change_id)
    assert (await ask(house.books.actor, find_item, item.id)).received == new.received
