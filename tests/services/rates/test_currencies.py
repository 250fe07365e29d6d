"""The list and a conversion, as people ask for them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.exchange import UnknownRate
from fintrack.core.fixed_rates import fixed_rates, root_of
from fintrack.core.rate_runs import Source
from fintrack.services.commands import ask, perform
from fintrack.services.rates.currencies import (
    convert_money,
    list_currencies,
    read_rows,
)
from fintrack.services.rates.lookup import RateView
from fintrack.services.rates.own import OwnRateGiven, set_own_rate
from tests.books import Books, money
from tests.services.rates.observing import observe

DAY = date(2025, 3, 6)
BEFORE = DAY - timedelta(1)


async def test_list_says_what_is_known_and_what_is_not(books: Books) -> None:
    await observe(books.home, "EUR", {BEFORE: "0.8", DAY: "0.8"})
    await observe(books.home, "CHF", {BEFORE: "1.0", DAY: "0.8"})
    await observe(books.home, "TRY", {BEFORE: "40"})
    found = await ask(books.actor, list_currencies, "EUR", DAY)
    rows = {row.currency.code: row for row in found.rows}
    assert rows["CHF"].change == Decimal("0.25")
    assert rows["USD"].change == 0
    assert isinstance(rows["GBP"].rate, UnknownRate)
    assert rows["GBP"].change is None
    # Dollar and franc; the lira is from yesterday.
    assert (found.fresh, found.newest) == (2, DAY)


async def test_change_is_told_whoever_spoke_and_not_from_long_ago(
    books: Books,
) -> None:
    await observe(books.home, "EUR", {BEFORE: "0.8"})
    await observe(books.home, "EUR", {DAY: "0.6"}, Source.CURRENCY_API)
    await observe(books.home, "TRY", {DAY - timedelta(20): "40", DAY: "30"})
    found = await ask(books.actor, list_currencies, "USD", DAY)
    rows = {row.currency.code: row for row in found.rows}
    assert round(rows["EUR"].change or 0, 6) == Decimal("0.333333")
    assert rows["TRY"].change is None


async def test_change_beside_an_own_rate_is_that_of_the_sources(books: Books) -> None:
    """
    2025-03-05  ecb  1 USD = 0.8 EUR
    2025-03-06  ecb  1 USD = 0.84 EUR; the own rate is 0.9
    2025-03-07  ecb  1 USD = 0.84 EUR
    """
    next_day = DAY + timedelta(1)
    said = {BEFORE: "0.8", DAY: "0.84", next_day: "0.84"}
    await observe(books.home, "EUR", said)
    before = await ask(books.actor, list_currencies, "EUR", DAY)
    given = OwnRateGiven("USD", "EUR", DAY, Decimal("0.9"))
    await perform(books.actor, set_own_rate, given)
    found = await ask(books.actor, list_currencies, "EUR", DAY)
    assert (found.fresh, found.newest) == (before.fresh, before.newest) == (1, DAY)
    (dollar,) = (row for row in found.rows if row.currency.code == "USD")
    assert isinstance(dollar.rate, RateView)
    assert (dollar.rate.is_own, dollar.change) == (True, Decimal("0.05"))
    assert dollar.said
    assert dollar.said.rate.value == Decimal("0.84")
    (later,) = await ask(books.actor, read_rows, ["USD"], "EUR", next_day)
    assert (later.change, later.said) == (0, None)


async def test_change_of_own_rates_alone_is_from_one_to_the_next(books: Books) -> None:
    for day, value in ((BEFORE, "0.8"), (DAY, "0.84")):
        given = OwnRateGiven("USD", "EUR", day, Decimal(value))
        await perform(books.actor, set_own_rate, given)
    (dollar,) = await ask(books.actor, read_rows, ["USD"], "EUR", DAY)
    assert (dollar.change, dollar.said) == (Decimal("0.05"), None)


async def test_list_without_any_rate_shows_no_one(books: Books) -> None:
    found = await ask(books.actor, list_currencies, "EUR", DAY)
    known = {r.currency.code for r in found.rows if not isinstance(r.rate, UnknownRate)}
    # What a law says nobody needs to say.
    by_law = {code for code in fixed_rates() if root_of(code, DAY).code == "EUR"}
    assert known == {"EUR"} | by_law


async def test_conversion_is_rounded_once(books: Books) -> None:
    await observe(books.home, "EUR", {DAY: "0.9"})
    await observe(books.home, "JPY", {DAY: "150.5"})
    found = await ask(books.actor, convert_money, money("10 EUR"), "JPY", DAY)
    assert found.result == money("1672 JPY")
    unknown = await ask(books.actor, convert_money, money("10 EUR"), "TRY", DAY)
    assert (unknown.result, unknown.rate) == (None, UnknownRate("EUR", "TRY", DAY))


async def test_day_to_come_has_no_rate(books: Books) -> None:
    far = date(2099, 1, 1)
    with pytest.raises(InvalidInput, match="to come"):
        await ask(books.actor, convert_money, money("10 EUR"), "JPY", far)
    with pytest.raises(InvalidInput, match="to come"):
        await ask(books.actor, list_currencies, "EUR", far)


@pytest.mark.parametrize("code", ["EURO", "", "eur"])
async def test_code_that_is_none_is_refused(books: Books, code: str) -> None:
    with pytest.raises(InvalidInput, match="no currency"):
        await ask(books.actor, list_currencies, code, DAY)
    with pytest.raises(InvalidInput, match="no currency"):
        await ask(books.actor, convert_money, money("10 EUR"), code, DAY)
