"""Rules give days; a day is due once it has begun where the ledger's owner lives."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.clock import day_in_zone
from fintrack.core.entries import LAST_DAY
from fintrack.core.errors import InvalidInput
from fintrack.core.recurrence import (
    LAST_WEEK,
    Occurrence,
    Pattern,
    Rule,
    Shift,
    check_rule,
    dates_due,
    dates_open,
    lasting,
    moved,
    rule_days,
    turn_of,
)

START = date(2026, 1, 31)
days = st.dates(date(1990, 1, 1), date(2060, 1, 1))
rules = st.builds(
    Rule,
    pattern=st.sampled_from(Pattern),
    starts_on=days,
    every=st.integers(1, 40),
    day=st.integers(1, 31),
    week=st.integers(1, LAST_WEEK),
    weekday=st.integers(0, 6),
    ends_on=st.none(),
    shift=st.sampled_from(Shift),
)
spans = st.integers(0, 1500)


def texts(rule: Rule, until: str, start: str = "1990-01-01") -> str:
    found = rule_days(rule, date.fromisoformat(start), date.fromisoformat(until))
    return " ".join(day.isoformat() for day in found)


@pytest.mark.parametrize(
    ("rule", "until", "expected"),
    [
        (
            Rule(Pattern.WEEKS, date(2026, 3, 26), 1),
            "2026-04-17",
            "2026-03-26 2026-04-02 2026-04-09 2026-04-16",
        ),
        (
            Rule(Pattern.DAYS, date(2026, 2, 20), 10),
            "2026-03-23",
            "2026-02-20 2026-03-02 2026-03-12 2026-03-22",
        ),
        (
            Rule(Pattern.MONTH_DAY, START, 1, day=31),
            "2026-06-01",
            "2026-01-31 2026-02-28 2026-03-31 2026-04-30 2026-05-31",
        ),
        (
            Rule(Pattern.MONTH_DAY, date(2028, 1, 1), 1, day=30),
            "2028-04-01",
            "2028-01-30 2028-02-29 2028-03-30",
        ),
        (
            Rule(Pattern.MONTH_DAY, date(2026, 1, 15), 1, day=10),
            "2026-03-11",
            "2026-02-10 2026-03-10",
        ),
        (
            Rule(Pattern.MONTH_LAST, date(2027, 12, 31), 2),
            "2028-05-01",
            "2027-12-31 2028-02-29 2028-04-30",
        ),
        (
            Rule(Pattern.MONTH_WEEKDAY, date(2026, 1, 1), 1, week=2, weekday=1),
            "2026-04-01",
            "2026-01-13 2026-02-10 2026-03-10",
        ),
        (
            Rule(Pattern.MONTH_WEEKDAY, date(2026, 1, 1), 1, week=5, weekday=4),
            "2026-04-01",
            "2026-01-30 2026-02-27 2026-03-27",
        ),
        (
            Rule(Pattern.YEARS, date(2024, 2, 29), 1),
            "2029-01-01",
            "2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29",
        ),
    ],
    ids=[
        "weekly over the change to summer time",
        "each tenth day",
        "the 31st",
        "the 30th in a leap year",
        "a start after the day of its month",
        "the last of each second month",
        "second Tuesday",
        "last Friday",
        "29 February",
    ],
)
def test_rule_gives_its_days(rule: Rule, until: str, expected: str) -> None:
    assert texts(rule, until) == expected


@pytest.mark.parametrize(
    ("day", "shift", "expected"),
    [
        ("2026-10-30", Shift.AFTER, "2026-10-30"),
        ("2026-10-31", Shift.NONE, "2026-10-31"),
        ("2026-10-31", Shift.BEFORE, "2026-10-30"),
        ("2026-11-01", Shift.BEFORE, "2026-10-30"),
        ("2026-10-31", Shift.AFTER, "2026-11-02"),
        ("2026-11-01", Shift.AFTER, "2026-11-02"),
    ],
)
def test_weekend_moves_a_day(day: str, shift: Shift, expected: str) -> None:
    assert moved(date.fromisoformat(day), shift).isoformat() == expected


def test_moved_date_keeps_the_day_that_names_it() -> None:
    rule = Rule(Pattern.MONTH_DAY, date(2026, 11, 1), day=1, shift=Shift.BEFORE)
    friday, sunday = date(2026, 10, 30), date(2026, 11, 1)
    assert list(dates_due(rule, friday, sunday)) == [Occurrence(friday, sunday)]
    assert list(dates_due(rule, sunday, date(2026, 11, 30))) == []


def test_last_day_is_inside_and_the_last_day_of_all_is_not_passed() -> None:
    rule = Rule(Pattern.WEEKS, date(2026, 1, 1), ends_on=date(2026, 1, 8))
    assert texts(rule, "2027-01-01") == "2026-01-01 2026-01-08"
    assert texts(Rule(Pattern.YEARS, START, 999), "9999-12-31") == "2026-01-31"
    endless = Rule(Pattern.DAYS, date(2199, 12, 30))
    assert texts(endless, "9999-12-31") == "2199-12-30 2199-12-31"


# For each zone the instant at which a day begins there: a second before, it is not due.
BEGINNINGS = [
    ("Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00"),
    ("Europe/Berlin", "2026-03-30", "2026-03-29T22:00:00"),
    ("Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00"),
    ("Europe/Berlin", "2026-10-26", "2026-10-25T23:00:00"),
    ("America/New_York", "2026-03-08", "2026-03-08T05:00:00"),
    ("America/New_York", "2026-03-09", "2026-03-09T04:00:00"),
    ("America/New_York", "2026-11-01", "2026-11-01T04:00:00"),
    ("America/New_York", "2026-11-02", "2026-11-02T05:00:00"),
    # Half an hour of summer time.
    ("Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00"),
    ("Australia/Lord_Howe", "2026-04-06", "2026-04-05T13:30:00"),
    ("Australia/Lord_Howe", "2026-10-04", "2026-10-03T13:30:00"),
    ("Australia/Lord_Howe", "2026-10-05", "2026-10-04T13:00:00"),
    # Summer time has lasted since 2016; before, clocks were put back.
    ("Europe/Istanbul", "2015-11-08", "2015-11-07T21:00:00"),
    ("Europe/Istanbul", "2015-11-09", "2015-11-08T22:00:00"),
    ("Europe/Istanbul", "2026-10-25", "2026-10-24T21:00:00"),
    ("Europe/Istanbul", "2026-10-26", "2026-10-25T21:00:00"),
]


@pytest.mark.parametrize(("zone", "day", "begins"), BEGINNINGS)
def test_day_is_due_from_the_instant_it_begins(
    zone: str, day: str, begins: str
) -> None:
    rule = Rule(Pattern.DAYS, date(2015, 1, 1))
    instant = datetime.fromisoformat(begins).replace(tzinfo=UTC)

    def due_at(now: datetime) -> date:
        today = day_in_zone(now, zone)
        span = today - timedelta(days=5), today + timedelta(days=1)
        return [one.due_on for one in dates_due(rule, *span)][-1]

    assert due_at(instant).isoformat() == day
    assert due_at(instant - timedelta(seconds=1)) < date.fromisoformat(day)


@pytest.mark.parametrize("zone", sorted({zone for zone, _, _ in BEGINNINGS}))
@pytest.mark.parametrize("month", [3, 4, 10, 11])
def test_looking_each_quarter_of_an_hour_meets_each_day_once(
    zone: str, month: int
) -> None:
    """Also with 25 hours in which nobody looked."""
    rule = Rule(Pattern.DAYS, date(2026, month, 1))
    now = datetime(2026, month, 1, 12, tzinfo=UTC)
    through, met = day_in_zone(now, zone), list[date]()
    for step in range(29 * 96):
        now += timedelta(minutes=15)
        if 10 * 96 <= step < 10 * 96 + 100:
            continue
        today = day_in_zone(now, zone)
        past = today + timedelta(days=1)
        met += [
            one.due_on for one in dates_due(rule, through + timedelta(days=1), past)
        ]
        through = max(through, today)
    first = met[0]
    assert met == [first + timedelta(days=n) for n in range(len(met))]
    assert len(met) >= 28


@given(rules, days, spans, spans)
def test_two_spans_side_by_side_are_one(
    rule: Rule, start: date, first: int, second: int
) -> None:
    middle = start + timedelta(days=first)
    end = middle + timedelta(days=second)
    whole = list(dates_due(rule, start, end))
    parts = [*dates_due(rule, start, middle), *dates_due(rule, middle, end)]
    assert sorted(whole) == sorted(parts)


@given(rules, days, spans)
def test_days_rise_and_lie_inside(rule: Rule, start: date, span: int) -> None:
    end = start + timedelta(days=span)
    found = list(rule_days(rule, start, end))
    assert all(earlier < later for earlier, later in pairwise(found))
    assert all(max(start, rule.starts_on) <= day < end for day in found)


@given(rules, days, spans)
def test_span_in_the_middle_is_cut_from_the_whole(
    rule: Rule, start: date, span: int
) -> None:
    """What is reached at once is what walking from the start would find."""
    end = start + timedelta(days=span)
    whole = rule_days(rule, date(1990, 1, 1), end)
    assert list(rule_days(rule, start, end)) == [day for day in whole if day >= start]


@given(rules)
def test_rule_goes_on_for_ever_without_getting_lost(rule: Rule) -> None:
    year = date(2150, 1, 1)
    found = list(rule_days(replace(rule, every=1), year, date(2152, 1, 1)))
    assert len(found) >= 2
    assert found[-1] < LAST_DAY


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"every": 0}, "every"),
        ({"every": -1}, "every"),
        ({"every": 1000}, "every"),
        ({"day": 32}, "day"),
        ({"day": 0}, "day"),
        ({"week": 6}, "week"),
        ({"weekday": 7}, "weekday"),
        ({"starts_on": date(1899, 12, 31)}, "starts_on"),
        ({"ends_on": date(2026, 1, 30)}, "ends_on"),
        ({"ends_on": LAST_DAY}, "ends_on"),
    ],
)
def test_rule_that_gives_no_days_is_refused(
    change: dict[str, object], field: str
) -> None:
    rule = replace(Rule(Pattern.MONTH_DAY, START), **change)  # type: ignore[arg-type]  # one field at a time
    with pytest.raises(InvalidInput) as refused:
        check_rule(rule)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_sound_rule_passes() -> None:
    check_rule(Rule(Pattern.MONTH_DAY, START, ends_on=START))


def test_rule_that_was_ended_before_its_start_passes_as_what_is_there() -> None:
    check_rule(lasting(Rule(Pattern.DAYS, START, ends_on=date(2026, 1, 30))))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (Pattern.DAYS, "2026-12-31"),
        (Pattern.WEEKS, "2026-12-28"),
        (Pattern.MONTH_DAY, "2026-12-01"),
        (Pattern.YEARS, "2026-12-01"),
    ],
)
def test_turn_is_the_day_week_or_month(pattern: Pattern, expected: str) -> None:
    """Thursday the 31st of December."""
    found = turn_of(Rule(pattern, START), date(2026, 12, 31))
    assert found.isoformat() == expected


@given(rules, days, spans)
def test_date_of_a_rule_has_a_turn_of_its_own(
    rule: Rule, start: date, span: int
) -> None:
    due = list(dates_due(rule, start, start + timedelta(days=span)))
    for one in due[:1]:
        end = start + timedelta(days=span)
        still_open = dates_open(rule, [one], start, end, counts_from=start)
        assert list(still_open) == due[1:]
