"""A day to come is one for the reader: where they live, not in Greenwich."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.period import Period
from fintrack.core.rate_spans import span_of
from fintrack.services.commands import Work, ask, perform, question
from fintrack.services.people import configure, find_settings
from fintrack.services.rates.course import read_course
from fintrack.services.rates.currencies import convert_money, list_currencies
from fintrack.services.rates.lookup import Known, RateView, find_rate
from fintrack.services.rates.own import OwnRateGiven, set_own_rate
from fintrack.services.rates.pairs import read_pair
from fintrack.services.rates.reader_day import today_of
from fintrack.services.rates.small_curves import read_small_curves
from fintrack.services.rates.weighing import weigh_own_rate
from tests.books import Books, money
from tests.conftest import Clock
from tests.services.rates.observing import observe

SUNDAY = date(2026, 3, 8)
MONDAY = SUNDAY + timedelta(1)
EVENING = datetime(2026, 3, 8, 20, 0, tzinfo=UTC)


@question("test.reader_day")
async def day_of(work: Work) -> date:
    """As the rates have it."""
    return await today_of(work)


@question("test.rate_of_reader")
async def rate_of(work: Work, base: str, quote: str, on: date) -> RateView:
    """As verbs have it; it must be known."""
    found = await find_rate(work, base, quote, on)
    assert isinstance(found, RateView)
    return found


async def _live_in(books: Books, zone: str) -> None:
    seen = await ask(books.actor, find_settings)
    await perform(books.actor, configure, replace(seen, time_zone=zone))


@pytest.fixture
async def sunday(books: Books, clock: Clock) -> Books:
    """20:00 on Sunday in UTC; a source spoke on each day until then."""
    clock.now = EVENING
    days = [SUNDAY - timedelta(n) for n in range(60)]
    said = {day: f"0.{899 - n}" for n, day in enumerate(days)}
    await observe(books.home, "EUR", said)
    return books


@pytest.mark.parametrize(
    ("zone", "hour", "day"),
    [
        ("UTC", 20, SUNDAY),
        ("Pacific/Kiritimati", 20, MONDAY),
        ("Asia/Tokyo", 14, SUNDAY),
        ("Asia/Tokyo", 15, MONDAY),
        ("America/Los_Angeles", 3, SUNDAY - timedelta(1)),
        ("America/Los_Angeles", 20, SUNDAY),
    ],
)
async def test_no_day_is_taken_that_has_not_begun_for_the_reader(
    books: Books, clock: Clock, zone: str, hour: int, day: date
) -> None:
    await observe(books.home, "EUR", {SUNDAY - timedelta(2): "0.8"})
    clock.now = EVENING.replace(hour=hour)
    await _live_in(books, zone)
    assert await ask(books.actor, day_of) == day
    to_come = day + timedelta(1)
    given = OwnRateGiven("USD", "EUR", day, Decimal("0.8"))
    for on, is_refused in ((day, False), (to_come, True)):
        own = replace(given, on_date=on)
        for asked in (
            ask(books.actor, convert_money, money("10 USD"), "EUR", on),
            ask(books.actor, list_currencies, "EUR", on),
            ask(books.actor, read_pair, "USD", "EUR", on),
            ask(books.actor, read_small_curves, ["USD"], "EUR", on),
            ask(books.actor, weigh_own_rate, own),
            perform(books.actor, set_own_rate, own),
        ):
            if is_refused:
                with pytest.raises(InvalidInput, match="to come"):
                    await asked
            else:
                await asked


async def test_rate_of_today_is_carried_to_a_day_that_has_not_begun(
    sunday: Books,
) -> None:
    """A bill of tomorrow is told so; in Auckland tomorrow is today."""
    seen = await ask(sunday.actor, rate_of, "USD", "EUR", MONDAY)
    assert seen.known is Known.CARRIED
    await _live_in(sunday, "Pacific/Auckland")
    seen = await ask(sunday.actor, rate_of, "USD", "EUR", MONDAY)
    assert seen.known is Known.DIRECT


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Asia/Tokyo", "UTC"])
@pytest.mark.parametrize(("span", "points"), [("1D", 2), ("1W", 8), ("1M", 29)])
async def test_chart_ends_today_where_the_reader_lives(
    sunday: Books, zone: str, span: str, points: int
) -> None:
    await _live_in(sunday, zone)
    today = await ask(sunday.actor, day_of)
    period = span_of(span, today)
    course = await ask(sunday.actor, read_course, "USD", "EUR", period)
    days = [point.rate.on for point in course.points]
    assert (days[0], days[-1], len(days)) == (period.start, today, points)
    assert course.points[-1].known is Known.DIRECT
    longer = Period(period.start, today + timedelta(5))
    assert await ask(sunday.actor, read_course, "USD", "EUR", longer) == course
