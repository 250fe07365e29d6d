"""Periods are half open and follow each other without a gap."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.errors import InvalidInput
from fintrack.core.period import (
    Period,
    PeriodKind,
    month_of,
    months_in,
    parse_period,
    quarter_of,
    week_of,
    year_of,
)

DAYS = st.dates(date(1902, 1, 1), date(2990, 12, 31))
CHOICES: st.SearchStrategy[Callable[[date], Period]] = st.one_of(
    st.sampled_from([quarter_of, year_of]),
    st.integers(0, 6).map(lambda start: partial(week_of, week_start=start)),
    st.integers(1, 28).map(lambda start: partial(month_of, month_start=start)),
)


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (week_of(date(2026, 11, 18)), date(2026, 11, 16), date(2026, 11, 23)),
        (
            week_of(date(2026, 11, 22), week_start=6),
            date(2026, 11, 22),
            date(2026, 11, 29),
        ),
        (month_of(date(2026, 12, 31)), date(2026, 12, 1), date(2027, 1, 1)),
        (
            month_of(date(2026, 1, 14), month_start=15),
            date(2025, 12, 15),
            date(2026, 1, 15),
        ),
        (quarter_of(date(2026, 11, 18)), date(2026, 10, 1), date(2027, 1, 1)),
        (year_of(date(2024, 2, 29)), date(2024, 1, 1), date(2025, 1, 1)),
    ],
)
def test_period_of_a_day(period: Period, start: date, end: date) -> None:
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize("month_start", [0, 29, 31])
def test_month_cannot_start_on_a_day_that_some_lack(month_start: int) -> None:
    with pytest.raises(ValueError, match="day 1 to 28"):
        month_of(date(2026, 11, 18), month_start=month_start)


def test_a_period_is_never_empty() -> None:
    with pytest.raises(ValueError, match="No day lies between"):
        Period(date(2026, 11, 18), date(2026, 11, 18))


def test_same_days_are_equal_however_chosen() -> None:
    chosen = Period(date(2026, 11, 1), date(2026, 12, 1))
    assert chosen == month_of(date(2026, 11, 18))


def test_a_range_moves_by_its_own_length() -> None:
    ten = Period(date(2026, 11, 1), date(2026, 11, 11))
    assert ten.previous() == Period(date(2026, 10, 22), date(2026, 11, 1))
    assert ten.days == 10
    assert ten.last_day == date(2026, 11, 10)


def test_months_in_has_each_month_that_is_touched() -> None:
    touched = Period(date(2026, 10, 31), date(2027, 1, 2))
    assert months_in(touched) == (
        date(2026, 10, 1),
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
    )
    assert months_in(month_of(date(2026, 11, 18))) == (date(2026, 11, 1),)


@pytest.mark.parametrize(
    ("text", "kind", "start", "last"),
    [
        ("2026", PeriodKind.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-Q4", PeriodKind.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-11", PeriodKind.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        ("2026-11-18", PeriodKind.DAY, date(2026, 11, 18), date(2026, 11, 18)),
        (
            "2026-11-16..2026-11-22",
            PeriodKind.RANGE,
            date(2026, 11, 16),
            date(2026, 11, 22),
        ),
    ],
)
def test_address_names_a_period(
    text: str, kind: PeriodKind, start: date, last: date
) -> None:
    period = parse_period(text)
    assert (period.kind, period.start, period.last_day) == (kind, start, last)
    assert period.text == text


def test_month_of_an_address_starts_on_the_day_of_the_person() -> None:
    period = parse_period("2026-11", month_start=15)
    assert (period.start, period.end) == (date(2026, 11, 15), date(2026, 12, 15))


@pytest.mark.parametrize(
    "text",
    [
        *("", "now", "26", "2026-13", "2026-00", "2026-Q5", "2026-02-31", "0000"),
        *("1899", "3000", "9999", "9999-12-31", "2026-11-18..2026-11-17", "2026-11\n"),
        *("٢٠٢٦", "2026-1-1", "2026-11-18..", "2026-11-18T00:00", "2999-12-31..3000"),
    ],
)
def test_other_text_is_refused_at_the_period(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_period(text)
    assert caught.value.problems[0].field == "period"


@given(day=DAYS, choose=CHOICES)
def test_period_has_its_day_and_neighbours_touch(
    day: date, choose: Callable[[date], Period]
) -> None:
    period = choose(day)
    assert period.start <= day < period.end
    assert period.next() == choose(period.end)
    assert period.previous() == choose(period.start - timedelta(days=1))
    assert period.next().previous() == period


@given(day=DAYS, choose=CHOICES)
def test_text_gives_the_period_back(
    day: date, choose: Callable[[date], Period]
) -> None:
    period = choose(day)
    month_start = min(period.start.day, 28)
    assert parse_period(period.text, month_start=month_start) == period


@given(start=DAYS, days=st.integers(1, 2000))
def test_months_in_cover_the_period(start: date, days: int) -> None:
    period = Period(start, start + timedelta(days=days))
    months = months_in(period)
    assert all(month.day == 1 for month in months)
    assert months[0] <= start
    assert {(m.year, m.month) for m in months} == {
        ((start + timedelta(days=n)).year, (start + timedelta(days=n)).month)
        for n in range(days)
    }


@given(st.text())
def test_any_text_is_a_period_or_refused(text: str) -> None:
    try:
        period = parse_period(text)
    except InvalidInput:
        return
    assert period.text == text
