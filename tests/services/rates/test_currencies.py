"""The list and a conversion, as people ask for them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.exchange import UnknownRate
from fintrack.core.fixed_rates import fixed_rates, root_of
from fintrack.core.rate_runs import Source
from fintrack.services.commands import ask
from fintrack.services.rates.currencies import (
    convert_money,
    list_currencies,
)
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
