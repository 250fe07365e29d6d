"""The rate in force: of which day, from whom, and never one that nobody said."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from fintrack.core.exchange import UnknownRate, convert
from fintrack.core.rate_runs import Source
from fintrack.services.commands import ask, perform, question
from fintrack.services.people import configure, find_settings
from fintrack.services.rates.currencies import list_currencies
from fintrack.services.rates.lookup import Known, RateView, Work, find_rate, legs_on
from tests.books import Books, money
from tests.conftest import Clock
from tests.services.rates.observing import observe

FRIDAY, MONDAY = date(2026, 3, 6), date(2026, 3, 9)
SUNDAY = date(2026, 3, 8)


@question("test.find_rate")
async def find(work: Work, base: str, quote: str, on: date) -> RateView | UnknownRate:
    return await find_rate(work, base, quote, on)


@question("test.legs")
async def legs(work: Work, codes: tuple[str, ...], days: list[date]) -> int:
    return sum(len(found) - 1 for found in (await legs_on(work, codes, days)).values())


async def _found(books: Books, base: str, quote: str, on: date) -> RateView:
    view = await ask(books.actor, find, base, quote, on)
    assert isinstance(view, RateView)
    return view


async def test_rate_is_direct_where_the_source_said_just_that(books: Books) -> None:
    """The central bank says what a euro is worth, ``currency-api`` what a dollar is."""
    await observe(books.home, "EUR", {FRIDAY: "0.8"})
    await observe(books.home, "TRY", {FRIDAY: "44"})
    view = await _found(books, "USD", "TRY", FRIDAY)
    assert (view.rate.value, view.known) == (Decimal(44), Known.DERIVED)
    assert view.sources == (Source.EUROPE,)
    assert (await _found(books, "TRY", "USD", FRIDAY)).rate.value == Decimal(
        "0.0227272727273"
    )
    said = await _found(books, "EUR", "TRY", FRIDAY)
    assert (said.rate.value, said.known) == (Decimal(55), Known.DIRECT)
    await observe(books.home, "CHF", {FRIDAY: "0.9"}, Source.CURRENCY_API)
    assert (await _found(books, "USD", "CHF", FRIDAY)).known is Known.DIRECT
    mixed = await _found(books, "EUR", "CHF", FRIDAY)
    assert mixed.known is Known.DERIVED
    assert mixed.sources == (Source.EUROPE, Source.CURRENCY_API)


async def test_weekend_carries_the_rate_of_friday_and_says_so(books: Books) -> None:
    await observe(books.home, "EUR", {FRIDAY: "0.8", MONDAY: "0.9"})
    view = await _found(books, "USD", "EUR", SUNDAY)
    assert (view.rate.value, view.known) == (Decimal("0.8"), Known.CARRIED)
    assert view.seen_at is not None
    assert view.seen_at.date() == FRIDAY
    assert (await _found(books, "USD", "EUR", MONDAY)).rate.value == Decimal("0.9")


@pytest.mark.parametrize(
    ("base", "quote", "on"),
    [
        ("USD", "EUR", FRIDAY - timedelta(1)),
        ("USD", "GBP", FRIDAY),
        ("GBP", "EUR", FRIDAY),
        ("EUR", "GBP", FRIDAY),
    ],
)
async def test_what_nobody_said_is_unknown(
    books: Books, base: str, quote: str, on: date
) -> None:
    await observe(books.home, "EUR", {FRIDAY: "0.8"})
    assert await ask(books.actor, find, base, quote, on) == UnknownRate(base, quote, on)


async def test_currency_in_itself_is_one_without_any_rate(books: Books) -> None:
    view = await _found(books, "GBP", "GBP", FRIDAY)
    assert (view.rate.value, view.sources) == (Decimal(1), ())


async def test_of_two_sources_the_later_one_is_believed(books: Books) -> None:
    await observe(books.home, "EUR", {FRIDAY: "0.8", MONDAY: "0.9"})
    await observe(
        books.home, "EUR", {SUNDAY: "0.85", MONDAY: "0.95"}, Source.CURRENCY_API, 0
    )
    assert (await _found(books, "USD", "EUR", FRIDAY)).sources == (Source.EUROPE,)
    sunday = await _found(books, "USD", "EUR", SUNDAY)
    assert (sunday.rate.value, sunday.sources) == (
        Decimal("0.85"),
        (Source.CURRENCY_API,),
    )
    assert (await _found(books, "USD", "EUR", MONDAY)).rate.value == Decimal("0.9")


async def test_many_days_and_currencies_are_one_statement(books: Books) -> None:
    await observe(books.home, "EUR", {FRIDAY: "0.8", MONDAY: "0.9"})
    await observe(books.home, "TRY", {MONDAY: "44"})
    days = [FRIDAY - timedelta(1), FRIDAY, SUNDAY, MONDAY]
    assert await ask(books.actor, legs, ("EUR", "TRY", "USD"), days) == 4


async def _move_to(books: Books, zone: str) -> None:
    seen = await ask(books.actor, find_settings)
    await perform(books.actor, configure, replace(seen, time_zone=zone))


async def test_today_west_of_greenwich_reaches_to_now(
    books: Books, clock: Clock
) -> None:
    """18:00 on Sunday in Los Angeles is 01:00 on Monday in UTC."""
    clock.now = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
    await observe(books.home, "EUR", {SUNDAY: "0.8", MONDAY: "0.9"}, hour=0)
    assert (await _found(books, "USD", "EUR", SUNDAY)).rate.value == Decimal("0.8")
    await _move_to(books, "America/Los_Angeles")
    seen = await _found(books, "USD", "EUR", SUNDAY)
    assert (seen.rate.value, seen.known) == (Decimal("0.9"), Known.DIRECT)
    assert seen.seen_on == MONDAY
    saturday = SUNDAY - timedelta(1)
    before = await ask(books.actor, find, "USD", "EUR", saturday)
    assert before == UnknownRate("USD", "EUR", saturday)


async def test_today_east_of_greenwich_is_that_of_utc(
    books: Books, clock: Clock
) -> None:
    """20:00 on Sunday in UTC is 09:00 on Monday in Auckland."""
    clock.now = datetime(2026, 3, 8, 20, 0, tzinfo=UTC)
    await observe(books.home, "EUR", {SUNDAY - timedelta(1): "0.8", SUNDAY: "0.9"})
    await _move_to(books, "Pacific/Auckland")
    seen = await _found(books, "USD", "EUR", MONDAY)
    assert (seen.rate.value, seen.known) == (Decimal("0.9"), Known.DIRECT)
    found = await ask(books.actor, list_currencies, "EUR", MONDAY)
    (dollar,) = (row for row in found.rows if row.currency.code == "USD")
    assert (found.fresh, dollar.change) == (1, Decimal("0.125"))


async def test_what_a_law_makes_of_a_rate_no_source_said(books: Books) -> None:
    for code, rate in (("EUR", "0.8"), ("DEM", "1.6")):
        await observe(books.home, code, {FRIDAY: rate}, Source.CURRENCY_API)
    view = await _found(books, "USD", "DEM", FRIDAY)
    assert (view.rate.value, view.known) == (Decimal("1.564664"), Known.DERIVED)


async def test_fixed_rate_is_that_of_the_law_whatever_a_market_says(
    books: Books,
) -> None:
    """
    2026-03-06  market  1 USD = 0.8 EUR = 1.5653 DEM, 40 TRY = 39996000 TRL
    """
    for code, rate in (("EUR", "0.8"), ("DEM", "1.5653"), ("TRY", "40")):
        await observe(books.home, code, {FRIDAY: rate})
    await observe(books.home, "TRL", {FRIDAY: "39996000"})
    lira = await _found(books, "TRL", "TRY", FRIDAY)
    assert (lira.rate.value, lira.known) == (Decimal("0.000001"), Known.FIXED)
    assert (lira.sources, lira.seen_at) == ((), None)
    marks = money("100 DEM")
    assert convert(marks, (await _found(books, "DEM", "EUR", FRIDAY)).rate) == money(
        "51.13 EUR"
    )
    cross = await _found(books, "USD", "DEM", FRIDAY)
    assert cross.rate.value == Decimal("1.564664")
    assert (cross.known, cross.sources) == (Known.DERIVED, (Source.EUROPE,))


async def test_old_money_has_a_rate_wherever_its_successor_has(books: Books) -> None:
    then = date(2015, 3, 6)
    assert (await _found(books, "DEM", "EUR", then)).known is Known.FIXED
    await observe(books.home, "EUR", {then: "0.9"})
    cross = await _found(books, "DEM", "USD", then)
    assert cross.rate.value == Decimal("0.568102090218")
    assert cross.seen_on == then


async def test_before_its_day_the_market_says_it(books: Books) -> None:
    last, first = date(2025, 12, 31), date(2026, 1, 1)
    await observe(books.home, "EUR", {last: "0.8", first: "0.8"})
    await observe(books.home, "BGN", {last: "1.6", first: "1.6"})
    before = await _found(books, "EUR", "BGN", last)
    assert (before.rate.value, before.known) == (Decimal(2), Known.DIRECT)
    after = await _found(books, "EUR", "BGN", first)
    assert (after.rate.value, after.known) == (Decimal("1.95583"), Known.FIXED)
