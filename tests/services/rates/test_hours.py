"""The rate hour by hour, where a source speaks that often."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from fintrack.core.period import Period
from fintrack.core.rate_runs import Source
from fintrack.services.commands import ask, perform
from fintrack.services.people import configure, find_settings
from fintrack.services.rates.course import Course, read_course
from fintrack.services.rates.lookup import Known
from fintrack.services.rates.own import OwnRateGiven, set_own_rate
from tests.books import Books
from tests.conftest import Clock
from tests.services.rates.observing import observe, observe_at

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _past_noon(clock: Clock) -> None:
    clock.advance(minutes=20)


def _now(books: Books) -> datetime:
    return books.home.clock()


async def _course(books: Books, base: str, quote: str, length: timedelta) -> Course:
    today = _now(books).date()
    period = Period(today - length, today + DAY)
    return await ask(books.actor, read_course, base, quote, period, length)


async def _hourly(books: Books, code: str, *rates: str) -> None:
    """The last ones, a minute before full hours up to the one before this."""
    last = _now(books).replace(minute=0, second=0, microsecond=0)
    instants = [last - (n * HOUR) - timedelta(minutes=1) for n in range(len(rates))]
    seen = dict(zip(reversed(instants), rates, strict=True))
    await observe_at(books.home, code, seen, Source.COIN_PAPRIKA)


async def test_hours_are_of_the_instants_at_which_somebody_spoke(books: Books) -> None:
    await _hourly(books, "BTC", "0.00001", "0.00002", "0.00002")
    course = await _course(books, "USD", "BTC", DAY)
    assert course.is_hourly
    *said, last = course.points
    assert [(one.rate.value, one.known) for one in said] == [
        (Decimal("0.00001"), Known.DIRECT),
        (Decimal("0.00002"), Known.DIRECT),
        (Decimal("0.00002"), Known.DIRECT),
    ]
    assert [one.at for one in said] == [one.seen_at for one in said]
    assert (last.at, last.known) == (_now(books), Known.CARRIED)
    assert [course.is_said(one) for one in course.points] == [True, True, True, False]


async def test_cross_takes_both_sides_as_they_were_in_force_then(
    books: Books,
) -> None:
    today = _now(books).date()
    await observe(
        books.home, "EUR", {today - DAY: "0.8", today: "0.5"}, Source.CURRENCY_API, 0
    )
    await _hourly(books, "BTC", *["0.00001"] * 13, "0.00002")
    points = (await _course(books, "BTC", "EUR", DAY)).points
    values = [one.rate.value for one in points if one.known is Known.DERIVED]
    # At midnight the daily side becomes that of the new day.
    assert values[:3] == [Decimal(80000), Decimal(80000), Decimal(50000)]
    assert values[-2:] == [Decimal(50000), Decimal(25000)]
    assert all(one.is_derived for one in points if one.known is not Known.CARRIED)
    assert len({one.at for one in points}) == len(points) <= 24


async def test_daily_sources_give_days(books: Books) -> None:
    today = _now(books).date()
    await observe(books.home, "EUR", {today - n * DAY: "0.8" for n in range(5)})
    week = await _course(books, "USD", "EUR", 7 * DAY)
    assert (week.is_hourly, len(week.points)) == (False, 5)


async def test_lonely_hour_gives_days(books: Books) -> None:
    today = _now(books).date()
    await observe(books.home, "BTC", {today - 3 * DAY: "0.00001"}, Source.COIN_PAPRIKA)
    course = await _course(books, "BTC", "USD", DAY)
    assert not course.is_hourly


async def test_side_of_which_nobody_spoke_for_a_week_has_no_hours(
    books: Books,
) -> None:
    await _hourly(books, "BTC", "0.00001", "0.00002")
    await observe(books.home, "TRY", {date(2026, 9, 1): "40"})
    assert not (await _course(books, "BTC", "TRY", DAY)).is_hourly


async def test_own_rate_holds_in_all_hours_of_its_day(books: Books) -> None:
    await _hourly(books, "BTC", "0.00001", "0.00002")
    on = _now(books).date()
    given = OwnRateGiven("BTC", "USD", on, Decimal(70000))
    await perform(books.actor, set_own_rate, given)
    points = (await _course(books, "BTC", "USD", DAY)).points
    of_today = [one for one in points if one.at and one.at.astimezone(UTC).date() == on]
    assert {one.rate.value for one in of_today} == {Decimal(70000)}
    assert all(one.is_own for one in of_today)


async def test_hour_in_which_nobody_spoke_is_told_by_its_end(books: Books) -> None:
    noon = _now(books).replace(minute=0)
    seen = {noon - n * HOUR: "0.00001" for n in (4, 5)}
    await observe_at(books.home, "BTC", seen)
    points = (await _course(books, "BTC", "USD", DAY)).points
    # What was said at a full hour is of that one, and of no other.
    assert [one.at for one in points] == [
        *(noon - n * HOUR for n in (5, 4, 3, 2, 1, 0)),
        _now(books),
    ]
    assert [one.known for one in points[:3]] == [
        Known.DIRECT,
        Known.DIRECT,
        Known.CARRIED,
    ]


@pytest.mark.parametrize(
    ("zone", "day", "last"),
    [
        ("UTC", 17, "17 23:59"),
        ("Pacific/Honolulu", 17, "18 09:59"),
        ("Pacific/Kiritimati", 18, "18 09:59"),
        ("Asia/Kolkata", 17, "17 17:59"),
    ],
)
async def test_own_rate_is_of_a_day_where_the_reader_lives(
    books: Books, zone: str, day: int, last: str
) -> None:
    """A source speaks each hour; the last 24 begin on the 17th at 13:00 in UTC."""
    now = _now(books).replace(minute=0) - timedelta(minutes=1)
    await observe_at(books.home, "BTC", {now - n * HOUR: "0.00001" for n in range(40)})
    given = OwnRateGiven("BTC", "USD", date(2026, 11, day), Decimal(70000))
    await perform(books.actor, set_own_rate, given)
    seen = await ask(books.actor, find_settings)
    await perform(books.actor, configure, replace(seen, time_zone=zone))
    points = (await _course(books, "BTC", "USD", DAY)).points
    own = [one for one in points if one.is_own and one.known is Known.DIRECT]
    assert [f"{one.at:%d %H:%M}" for one in (own[0], own[-1])] == ["17 13:59", last]
    assert {one.rate.on for one in own} == {given.on_date}


async def test_what_was_fixed_moves_by_the_hour_as_its_successor(books: Books) -> None:
    await _hourly(books, "EUR", "0.8", "0.9", "0.9")
    await _hourly(books, "DEM", "1.5", "1.6", "1.7")
    course = await _course(books, "USD", "DEM", DAY)
    values = [point.rate.value for point in course.points[:3]]
    assert values == [Decimal("1.564664"), Decimal("1.760247"), Decimal("1.760247")]
    assert not (await _course(books, "EUR", "DEM", DAY)).is_hourly
