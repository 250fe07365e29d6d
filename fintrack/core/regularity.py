"""Finds the rule behind payments that came again and again."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from fintrack.core.period import month_of
from fintrack.core.recurrence import Pattern, Rule, rule_days

LEAST_TIMES: Final = 3
# An amount may differ from the last one by a quarter: prices rise, meters are read.
_SIMILAR: Final = 4


@dataclass(frozen=True, slots=True)
class _Rhythm:
    """Payments come ``days`` apart, give or take ``slack``."""

    pattern: Pattern
    every: int
    days: int
    slack: int


# Narrow ones first: what comes each 28 days is no month.
_RHYTHMS: Final = (
    _Rhythm(Pattern.WEEKS, 1, 7, 1),
    _Rhythm(Pattern.WEEKS, 2, 14, 1),
    _Rhythm(Pattern.WEEKS, 4, 28, 0),
    _Rhythm(Pattern.MONTH_DAY, 1, 30, 5),
    _Rhythm(Pattern.MONTH_DAY, 2, 61, 6),
    _Rhythm(Pattern.MONTH_DAY, 3, 91, 7),
    _Rhythm(Pattern.MONTH_DAY, 6, 182, 9),
    _Rhythm(Pattern.YEARS, 1, 365, 10),
)


@dataclass(frozen=True, slots=True)
class Regular:
    """A rule that fits, the days that it was read from, and the next one to come."""

    rule: Rule
    days: tuple[date, ...]
    next_on: date


def find_regular(visits: Sequence[tuple[date, int]], today: date) -> Regular | None:
    """The rule of payments of similar amounts at regular distances, or None.

    ``visits`` are day and minor units, oldest first. What stopped is not regular: the
    next payment may be late by its slack only.
    """
    days = _similar_days(visits)
    if len(days) < LEAST_TIMES:
        return None
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    for rhythm in _RHYTHMS:
        if all(abs(gap - rhythm.days) <= rhythm.slack for gap in gaps):
            return _regular(rhythm, days, today)
    return None


def _similar_days(visits: Sequence[tuple[date, int]]) -> tuple[date, ...]:
    """The days on which about as much was paid as the last time."""
    if not visits:
        return ()
    last = visits[-1][1]
    similar = (
        day for day, minor in visits if _SIMILAR * abs(minor - last) <= abs(last)
    )
    return tuple(dict.fromkeys(similar))


def _regular(rhythm: _Rhythm, days: tuple[date, ...], today: date) -> Regular | None:
    last = days[-1]
    rule = Rule(rhythm.pattern, last, rhythm.every)
    if rhythm.pattern is Pattern.MONTH_DAY:
        rule = _on_day_of_month(rule, days)
    # Half a step after the last payment, so that one which came early is not repeated.
    after = last + timedelta(days=rhythm.days // 2)
    latest = today - timedelta(days=rhythm.slack)
    far = max(after, today) + timedelta(days=2 * rhythm.days)
    coming = [day for day in rule_days(rule, after, far) if day > last]
    if not coming or coming[0] < latest:
        return None
    next_on = next(day for day in coming if day >= today)
    return Regular(replace(rule, starts_on=next_on), days, next_on)


def _on_day_of_month(rule: Rule, days: Sequence[date]) -> Rule:
    """The same month's day most often, or the last one where it always was the last."""
    if all(day == month_of(day).last_day for day in days):
        return replace(rule, pattern=Pattern.MONTH_LAST)
    return replace(rule, day=Counter(day.day for day in days).most_common(1)[0][0])
