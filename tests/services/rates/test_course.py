"""The course of a pair, and of several beside each other."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event

from fintrack.core.errors import InvalidInput
from fintrack.core.period import Period
from fintrack.core.rate_runs import Source
from fintrack.services.commands import Work, ask, perform, question
from fintrack.services.rates.course import MAX_POINTS, compare_courses, read_course
from fintrack.services.rates.lookup import RateView, rates_of
from fintrack.services.rates.own import OwnRateGiven, set_own_rate
from tests.books import Books
from tests.services.rates.observing import observe

DAY = date(2025, 3, 6)
BEFORE = DAY - timedelta(1)
YEAR = Period(DAY - timedelta(364), DAY + timedelta(1))


@question("test.each_day")
async def each_day(
    work: Work, base: str, quote: str, days: Sequence[date]
) -> list[Decimal]:
    """What the lookup has on each day."""
    found = (await rates_of(work, [(base, quote)], days)).values()
    return [view.rate.value for (view,) in found if isinstance(view, RateView)]


async def test_course_begins_with_the_first_rate_and_ends_today(books: Books) -> None:
    await observe(books.home, "EUR", {BEFORE: "0.8", DAY: "0.9"})
    period = Period(date(2024, 1, 1), DAY + timedelta(2))
    course = await ask(books.actor, read_course, "USD", "EUR", period)
    assert [point.rate.on for point in course.points] == [
        BEFORE,
        DAY,
        DAY + timedelta(1),
    ]
    assert (course.low, course.high) == (Decimal("0.8"), Decimal("0.9"))
    assert course.average == Decimal("2.6") / 3
    empty = await ask(books.actor, read_course, "GBP", "TRY", period)
    assert (empty.points, empty.low, empty.average) == ((), None, None)


async def test_only_what_somebody_said_is_no_echo(books: Books) -> None:
    await observe(books.home, "EUR", {BEFORE: "0.8"})
    week = Period(BEFORE, DAY + timedelta(1))
    course = await ask(books.actor, read_course, "USD", "EUR", week)
    assert [course.is_said(point) for point in course.points] == [True, False]
    own = await ask(books.actor, read_course, "EUR", "EUR", week)
    assert [own.is_said(point) for point in own.points] == [True, True]


async def test_markets_may_rest_over_easter_and_not_longer(books: Books) -> None:
    thursday = date(2024, 3, 28)
    tuesday = thursday + timedelta(5)
    wednesday = tuesday + timedelta(8)
    said = {thursday: "0.8", tuesday: "0.9", wednesday: "0.7"}
    await observe(books.home, "EUR", said)
    period = Period(thursday, wednesday + timedelta(3))
    course = await ask(books.actor, read_course, "USD", "EUR", period)
    echoes = {one.rate.on for one in course.points if not course.is_said(one)}
    assert echoes == {
        *(tuesday + timedelta(number) for number in range(1, 8)),
        wednesday + timedelta(1),
        wednesday + timedelta(2),
    }


async def test_long_course_has_its_last_day_and_no_more_points_than_fit(
    books: Books,
) -> None:
    long = {date(2015, 1, 1) + timedelta(n): "0.8" for n in range(3650)}
    await observe(books.home, "EUR", long)
    period = Period(date(1999, 1, 1), date(2024, 12, 29))
    course = await ask(books.actor, read_course, "USD", "EUR", period)
    assert MAX_POINTS / 2 < len(course.points) <= MAX_POINTS + 1
    assert (course.step, course.points[0].rate.on) == (10, date(2015, 1, 1))
    assert course.points[-1].rate.on == date(2024, 12, 28)
    # A weekend inside a step of ten days is no gap.
    assert all(course.is_said(point) for point in course.points)


async def test_lowest_highest_and_average_of_a_long_course_are_of_all_days(
    books: Books,
) -> None:
    """Both extremes stand for one day, and no thinning meets either."""
    days = {date(2020, 1, 1) + timedelta(n): "0.8" for n in range(1800)}
    low, high = date(2022, 9, 28), date(2023, 7, 18)
    await observe(books.home, "EUR", days | {low: "0.5", high: "0.9"})
    for last in range(5):
        period = Period(date(2020, 1, 1), date(2024, 11, 20) + timedelta(last))
        course = await ask(books.actor, read_course, "USD", "EUR", period)
        assert course.step == 5
        assert (course.low, course.high) == (Decimal("0.5"), Decimal("0.9"))
        most = Decimal("0.8") * (period.days - 2) + Decimal("1.4")
        assert course.average == most / period.days
        assert {low, high} < {point.rate.on for point in course.points}


async def test_a_law_speaks_in_lowest_highest_and_average_as_in_the_points(
    books: Books,
) -> None:
    """1 EUR is 1.95583 DEM from 1999-01-01 on; a market quoted marks until then."""
    first = date(1998, 12, 1)
    days = [first + timedelta(n) for n in range(900)]
    euros = {day: f"{Decimal(800 + n) / 1000}" for n, day in enumerate(days)}
    await observe(books.home, "EUR", euros)
    await observe(books.home, "DEM", dict.fromkeys(days[:40], "1.7"))
    period = Period(first, days[-1] + timedelta(1))
    for pair in (("DEM", "USD"), ("USD", "DEM"), ("DEM", "EUR"), ("EUR", "DEM")):
        found = await ask(books.actor, each_day, *pair, days)
        course = await ask(books.actor, read_course, *pair, period)
        assert course.step > 1
        assert (course.low, course.high) == (min(found), max(found))
        assert course.average == sum(found) / len(found)
        assert {course.low, course.high} < {one.rate.value for one in course.points}


async def test_lowest_and_highest_of_a_chart_are_of_days_that_are_no_echo(
    books: Books,
) -> None:
    """0.5 is said once, and echoes for years until 0.8 is said each day."""
    await observe(books.home, "EUR", {date(2020, 1, 1): "0.5"})
    own = OwnRateGiven("USD", "EUR", date(2022, 9, 28), Decimal("0.4"))
    await perform(books.actor, set_own_rate, own)
    later = {date(2023, 1, 1) + timedelta(n): "0.8" for n in range(700)}
    await observe(books.home, "EUR", later)
    period = Period(date(2020, 1, 1), date(2024, 12, 1))
    course = await ask(books.actor, read_course, "USD", "EUR", period)
    near = course.without_echoes
    assert course.low == near.low == Decimal("0.4")
    assert course.average
    assert near.average
    assert near.average > course.average
    assert len(near.points) == len([p for p in course.points if course.is_near(p)])


async def test_a_year_is_one_statement(books: Books) -> None:
    days = {YEAR.start + timedelta(n): "0.8" for n in range(YEAR.days)}
    await observe(books.home, "EUR", days)
    weekdays = {day: "40" for day in days if day.weekday() < 5}
    await observe(books.home, "TRY", weekdays, Source.CURRENCY_API)
    seen: list[str] = []

    def note(*event_of: object) -> None:
        seen.append(str(event_of[2]))

    engine = books.home.readers.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        course = await ask(books.actor, read_course, "EUR", "TRY", YEAR)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len([one for one in seen if "rate_run" in one]) == 1
    assert len(course.points) > 360


async def test_what_nobody_spoke_of_for_a_month_is_no_point_of_a_chart(
    books: Books,
) -> None:
    await observe(books.home, "EUR", {DAY - timedelta(200): "0.8", DAY: "0.9"})
    course = await ask(books.actor, read_course, "USD", "EUR", YEAR)
    seen = [point.rate.on for point in course.without_echoes.points]
    assert (len(seen), seen[-1]) == (32, DAY)
    both = ("USD", "GBP")
    dollar, pound = await ask(books.actor, compare_courses, both, "EUR", YEAR)
    assert [len(one.points) for one in (dollar, pound)] == [32, 0]


async def test_compared_courses_of_many_years_say_which_is_known_no_earlier(
    books: Books,
) -> None:
    years = {DAY - timedelta(n): "0.8" for n in range(1500)}
    await observe(books.home, "EUR", years)
    await observe(books.home, "BTC", {DAY - timedelta(n): "0.01" for n in range(30)})
    await observe(books.home, "TRY", {DAY - timedelta(n): "40" for n in range(60, 900)})
    period = Period(DAY - timedelta(1400), DAY + timedelta(1))
    asked = ("USD", "BTC")
    dollar, coin = await ask(books.actor, compare_courses, asked, "EUR", period)
    assert (dollar.since, coin.since) == (period.start, DAY - timedelta(29))
    assert len(dollar.points) == len(coin.points) == 30
    asked = ("USD", "TRY")
    dollar, lira = await ask(books.actor, compare_courses, asked, "EUR", period)
    assert lira.until
    assert dollar.until == DAY
    # The last that was said, and a month of echoes.
    assert DAY - timedelta(33) < lira.until < DAY - timedelta(28)
    assert lira.points[-1].rate.on == dollar.points[-1].rate.on == lira.until


async def test_lowest_highest_and_average_of_compared_ones_are_of_all_shared_days(
    books: Books,
) -> None:
    """What one currency did on a day on which the other is unknown does not count."""
    days = {date(2020, 1, 1) + timedelta(n): "0.8" for n in range(1800)}
    low, high, alone = date(2022, 9, 28), date(2023, 7, 18), date(2024, 10, 1)
    marked = days | {low: "0.5", high: "0.9", alone: "0.1"}
    await observe(books.home, "EUR", marked)
    until = date(2024, 8, 1)
    await observe(books.home, "TRY", {on: "40" for on in days if on < until})
    period = Period(date(2020, 1, 1), date(2024, 12, 4))
    (single,) = await ask(books.actor, compare_courses, ("USD",), "EUR", period)
    course = (await ask(books.actor, read_course, "USD", "EUR", period)).without_echoes
    assert (single.low, single.high) == (Decimal("0.1"), Decimal("0.9"))
    assert (single.average, single.points) == (course.average, course.points)
    both = ("USD", "TRY")
    dollar, lira = await ask(books.actor, compare_courses, both, "EUR", period)
    assert (dollar.low, dollar.high) == (Decimal("0.5"), Decimal("0.9"))
    assert (lira.low, lira.high) == (Decimal("0.0125"), Decimal("0.0225"))
    shared = [point.rate.on for point in dollar.points]
    assert {low, high} < {*shared}
    assert [point.rate.on for point in lira.points] == shared
    assert len(dollar.every_day) == len(lira.every_day) > len(shared) * dollar.step / 2


async def test_compared_courses_begin_with_the_first_day_they_share(
    books: Books,
) -> None:
    await observe(books.home, "EUR", {BEFORE: "0.8", DAY: "0.8"})
    await observe(books.home, "CHF", {DAY: "1.0"})
    week = Period(DAY - timedelta(6), DAY + timedelta(1))
    asked = ("USD", "CHF", "GBP")
    dollar, franc, pound = await ask(books.actor, compare_courses, asked, "EUR", week)
    assert [point.rate.on for point in dollar.points] == [DAY]
    assert [point.rate.value for point in franc.points] == [Decimal("0.8")]
    assert (pound.base, pound.points) == ("GBP", ())
    assert [one.since for one in (dollar, franc, pound)] == [BEFORE, DAY, None]
    with pytest.raises(InvalidInput, match="no currency"):
        await ask(books.actor, compare_courses, ("NOPE",), "EUR", week)


async def test_what_was_fixed_is_known_since_its_successor_is(books: Books) -> None:
    await observe(books.home, "EUR", {BEFORE: "0.8", DAY: "0.9"})
    await observe(books.home, "DEM", {DAY: "1.7"})
    period = Period(date(1990, 1, 1), DAY + timedelta(1))
    course = await ask(books.actor, read_course, "USD", "DEM", period)
    assert [point.rate.value for point in course.points] == [
        Decimal("1.564664"),
        Decimal("1.760247"),
    ]
