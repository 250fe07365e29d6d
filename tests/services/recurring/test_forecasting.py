"""Ninety days ahead, from the books and from what comes again."""

from datetime import date, timedelta

from fintrack.core.chart import AccountType
from fintrack.core.entries import Entry, pay
from fintrack.services.commands import ask, perform
from fintrack.services.recurring.forecasting import AccountForecast, forecast_balances
from fintrack.services.recurring.handling import (
    Booking,
    DateMark,
    book_date,
    skip_date,
)
from tests.books import Books, money
from tests.services.recurring.house import TODAY, House, on_day


async def forecast(house: House) -> dict[str, AccountForecast]:
    found = await ask(house.books.actor, forecast_balances)
    return {one.name: one for one in found}


def steps(one: AccountForecast) -> list[str]:
    """The first day of each balance."""
    told, last = [], None
    for point in one.points:
        if point.balance != last:
            told.append(f"{point.on} {point.balance.text}")
            last = point.balance
    return told


async def earn(house: House, amount: str, on: date = date(2026, 11, 2)) -> None:
    money_in = money(amount)
    parts = pay(house.bank, money_in, ((house.salary, money_in),))
    await house.books.record(Entry(on, parts))


async def test_balance_goes_down_and_up_on_the_days_that_come(house: House) -> None:
    """
    2026-11-18  Bank                       1000.00 EUR
    monthly 20  rent                       -500.00 EUR
    monthly 25  salary, a day of December    70.00 EUR
    """
    await earn(house, "1000 EUR")
    await house.add(on_day(20))
    await house.add(on_day(25), "70 EUR", name="Work", other_id=house.salary)
    found = (await forecast(house))["Bank"]
    assert steps(found) == [
        "2026-11-18 1000.00",
        "2026-11-20 500.00",
        "2026-11-25 570.00",
        "2026-12-20 70.00",
        "2026-12-25 140.00",
        "2027-01-20 -360.00",
        "2027-01-25 -290.00",
    ]
    assert found.dry_on == date(2027, 1, 20)
    assert found.lowest.balance == money("-360 EUR")
    assert len(found.points) == 91
    assert found.points[-1].on == TODAY + timedelta(days=90)


async def test_planned_transaction_counts_on_its_day(house: House) -> None:
    await earn(house, "1000 EUR")
    await house.books.spend(house.bank, house.rent, "5 EUR", date(2026, 11, 30))
    await house.add(on_day(20, every=12), name="Yearly")
    assert steps((await forecast(house))["Bank"]) == [
        "2026-11-18 1000.00",
        "2026-11-30 995.00",
        "2027-01-20 495.00",
    ]


async def test_date_is_counted_once_whatever_became_of_it(house: House) -> None:
    """Booked ahead it is in the books, skipped nowhere, and waiting it is tomorrow."""
    await earn(house, "2000 EUR")
    item = await house.add(on_day(20))
    await house.wait(days=6)
    actor = house.books.actor
    await perform(actor, book_date, Booking(item.id, date(2026, 12, 20)))
    await perform(actor, skip_date, DateMark(item.id, date(2027, 1, 20)))
    assert steps((await forecast(house))["Bank"]) == [
        "2026-11-24 2000.00",
        "2026-11-25 1500.00",
        "2026-12-20 1000.00",
        "2027-02-20 500.00",
    ]


async def test_transfer_moves_both_accounts(house: House) -> None:
    await earn(house, "100 EUR")
    await house.add(on_day(20, every=12), "-40 EUR", other_id=house.savings)
    found = await forecast(house)
    assert steps(found["Bank"])[-1] == "2027-01-20 60.00"
    assert steps(found["Savings"])[-1] == "2027-01-20 40.00"


async def test_account_that_is_below_zero_today_does_not_run_dry(house: House) -> None:
    await house.books.spend(house.bank, house.rent, "5 EUR", TODAY)
    await house.add(on_day(20))
    assert (await forecast(house))["Bank"].dry_on is None


async def test_debt_does_not_run_dry(house: House) -> None:
    card = await house.books.open("Card", kind=AccountType.CREDIT_CARD)
    house.bank = card.id
    await house.add(on_day(20))
    assert (await forecast(house))["Card"].dry_on is None


async def test_without_anything_that_comes_again_nothing_is_forecast(
    house: House, stranger: Books
) -> None:
    await earn(house, "1000 EUR")
    assert await forecast(house) == {}
    await house.add(on_day(20))
    assert await ask(stranger.actor, forecast_balances) == ()
