"""Ninety days ahead of all accounts together."""

from datetime import timedelta
from decimal import Decimal

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.services.commands import ask, perform
from fintrack.services.rates.own import OwnRateGiven, set_own_rate
from fintrack.services.recurring.totalling import ForecastTotal, forecast_total
from tests.books import money
from tests.services.recurring.house import TODAY, House, on_day


async def _total(house: House, to: str = "EUR") -> ForecastTotal:
    return await ask(house.books.actor, forecast_total, to)


async def _open(house: House, name: str, amount: str) -> None:
    await house.books.open(name, amount)


async def test_all_accounts_are_added_at_the_rates_of_today(house: House) -> None:
    """
    2026-11-18  Bank 0.00 EUR, Kasa 100.00 TRY, Dollars 7.00 USD
    2026-11-18  rate  EUR/TRY 50
    monthly 20  rent  -500.00 EUR
    """
    await house.add(on_day(20))
    await _open(house, "Kasa", "100.00 TRY")
    await _open(house, "Dollars", "7.00 USD")
    given = OwnRateGiven("EUR", "TRY", TODAY, Decimal(50))
    await perform(house.books.actor, set_own_rate, given)
    total = await _total(house)
    balances = {point.on: point.balance for point in total.points}
    assert len(balances) == 91
    assert balances[TODAY] == money("2.00 EUR")
    assert balances[TODAY + timedelta(2)] == money("-498.00 EUR")
    assert total.lowest
    assert total.lowest.balance == total.points[-1].balance == money("-1498.00 EUR")
    # Nobody knows what a dollar is worth: it is named, and never one euro.
    assert total.unconverted == (money("7.00 USD"),)


async def test_nothing_that_can_be_added_is_no_total(house: House) -> None:
    assert await _total(house) == ForecastTotal()
    await house.add(on_day(20))
    total = await _total(house, "JPY")
    assert (total.points, total.lowest) == ((), None)
    assert [one.currency for one in total.unconverted] == ["EUR"]
    with pytest.raises(InvalidInput):
        await _total(house, "NOPE")


async def test_coins_are_in_the_forecast_at_the_rate_of_today(house: House) -> None:
    await house.add(on_day(20))
    await _open(house, "Ledger", "0.50000000 SOL")
    given = OwnRateGiven("SOL", "EUR", TODAY, Decimal(130))
    await perform(house.books.actor, set_own_rate, given)
    total = await _total(house)
    assert total.points[-1].balance == money("-1435.00 EUR")
    assert total.unconverted == ()
