"""Rules of what comes again: they give days, never instants.

A day is due once it has begun where the ledger's owner lives; so no hour that clocks
repeat or leave out can bring a day twice or not at all. Each day is worked out from the
start of its rule, never from the day before: the 31st stays the 31st after February.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import count
from typing import Final

from fintrack.core.entries import FAR_DAY, FIRST_DAY, LAST_DAY
from fintrack.core.errors import InvalidInput, Problem
from fintrack.core.text import message_id

# What was done with a date.
BOOKED, PROPOSED, SKIPPED = "booked", "proposed", "skipped"
# Calendar and forecast look at each of them.
MOST_ITEMS: Final = 500
MOST_EVERY: Final = 999
LAST_WEEK: Final = 5
_WEEK: Final = 7
_YEAR: Final = 12
_SATURDAY: Final = 5
# A weekend moves a day by two at most.
_REACH: Final = timedelta(days=2)
_DAY: Final = timedelta(days=1)


class Pattern(StrEnum):
    """On which days a rule falls."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTH_DAY = "month-day"
    MONTH_LAST = "month-last"
    MONTH_WEEKDAY = "month-weekday"
    YEARS = "years"


class Shift(StrEnum):
    """Where a day goes that falls on a Saturday or Sunday."""

    NONE = "none"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Rule:
    """Each ``every``-th day, week, month or year from ``starts_on`` to ``ends_on``.

    ``day`` (1 to 31) is for ``MONTH_DAY``; a month without it has its last day instead.
    ``week`` (1 to 4, 5 is the last) and ``weekday`` (0 is Monday) are for
    ``MONTH_WEEKDAY``. Weeks and years take theirs from ``starts_on``.
    """

    pattern: Pattern
    starts_on: date
    every: int = 1
    day: int = 1
    week: int = 1
    weekday: int = 0
    ends_on: date | None = None
    shift: Shift = Shift.NONE


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One date of a rule: ``rule_on`` tells it from all others, ``due_on`` is moved.

    They differ where a weekend moves it.
    """

    due_on: date
    rule_on: date


def check_rule(rule: Rule) -> None:
    """Refuses a rule that gives no days, or that nobody means.

    Raises:
        InvalidInput: with every finding, each on its field.
    """
    findings = {
        "every": (1 <= rule.every <= MOST_EVERY, message_id("Please enter 1 to 999.")),
        "day": (
            rule.pattern is not Pattern.MONTH_DAY or 1 <= rule.day <= 31,  # noqa: PLR2004 - days of a month
            message_id("A month has the days 1 to 31."),
        ),
        "week": (1 <= rule.week <= LAST_WEEK, message_id("Please choose one.")),
        "weekday": (0 <= rule.weekday < _WEEK, message_id("Please choose one.")),
        "starts_on": (
            FIRST_DAY <= rule.starts_on < LAST_DAY,
            FAR_DAY,
        ),
        "ends_on": (
            rule.ends_on is None or rule.starts_on <= rule.ends_on < LAST_DAY,
            message_id("The end is before the start."),
        ),
    }
    problems = [
        Problem(words, at) for at, (is_good, words) in findings.items() if not is_good
    ]
    if problems:
        raise InvalidInput.of(problems)


def lasting(rule: Rule) -> Rule:
    """For a check of what is there: a rule that was ended before its start may be."""
    if rule.ends_on is None:
        return rule
    return replace(rule, ends_on=max(rule.ends_on, rule.starts_on))


def dates_due(rule: Rule, start: date, end: date) -> Iterator[Occurrence]:
    """The dates of a rule that are due from ``start`` up to but without ``end``."""
    for day in rule_days(rule, start - _REACH, end + _REACH):
        due_on = moved(day, rule.shift)
        if start <= due_on < end:
            yield Occurrence(due_on, day)


def dates_open(
    rule: Rule,
    dealt_with: Iterable[Occurrence],
    start: date,
    end: date,
    *,
    counts_from: date,
) -> Iterator[Occurrence]:
    """Those of ``dates_due`` from ``counts_from`` on for which nothing stands.

    ``dealt_with`` are dates of this rule, or of what it was before it was changed. One
    that was due before ``counts_from`` stands for none but its own.
    """
    known = frozenset(dealt_with)
    own = {one.rule_on for one in known}
    done = {_turn_dealt_with(rule, one) for one in known if one.due_on >= counts_from}
    for one in dates_due(rule, max(start, counts_from), end):
        if one.rule_on not in own and turn_of(rule, one.rule_on) not in done:
            yield one


def _turn_dealt_with(rule: Rule, one: Occurrence) -> date:
    """The turn that is done: that of a date on the very same day, or else its own.

    A weekend may have moved it there from another month or week.
    """
    same_day = [due.rule_on for due in dates_due(rule, one.due_on, one.due_on + _DAY)]
    is_own = not same_day or one.rule_on in same_day
    return turn_of(rule, one.rule_on if is_own else same_day[0])


def turn_of(rule: Rule, day: date) -> date:
    """The first day of the month, week or day in which a rule has one date at most.

    So a bill that moves from the 1st to the 2nd, or from Monday to Tuesday, is the same
    bill. A turn of yearly rules is a month too.
    """
    if rule.pattern is Pattern.DAYS:
        return day
    if rule.pattern is Pattern.WEEKS:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1)


def has_same_turns(one: Rule, other: Rule) -> bool:
    """Whether both count days, weeks, months or years: then a turn of both is one."""
    return _unit(one.pattern) is _unit(other.pattern)


def rule_days(rule: Rule, start: date, end: date) -> Iterator[date]:
    """The days of a rule from ``start`` up to but without ``end``, weekends unmoved.

    However far ``start`` is from the start of the rule, it is reached at once.
    """
    past = min(end, LAST_DAY, rule.ends_on + _DAY if rule.ends_on else LAST_DAY)
    first = max(start, rule.starts_on)
    for number in count(_number_before(rule, first)):
        day = _nth(rule, number)
        if day is None or day >= past:
            return
        if day >= first:
            yield day


def moved(day: date, shift: Shift) -> date:
    """The day itself, or the working day beside a weekend."""
    after_friday = day.weekday() - _SATURDAY + 1
    if shift is Shift.NONE or after_friday <= 0:
        return day
    if shift is Shift.BEFORE:
        return day - timedelta(days=after_friday)
    return day + timedelta(days=3 - after_friday)


def _number_before(rule: Rule, day: date) -> int:
    """The number of a date of the rule that is not after ``day``, near to it."""
    if step := _step_of_days(rule):
        number = (day - rule.starts_on) // step
    else:
        number = (_months(day) - _months(rule.starts_on)) // _step_of_months(rule) - 1
    return max(number, 0)


def _nth(rule: Rule, number: int) -> date | None:
    """The date with this number, or None beyond the days that books know."""
    if step := _step_of_days(rule):
        days = number * step
        return rule.starts_on + days if LAST_DAY - rule.starts_on > days else None
    months = _months(rule.starts_on) + number * _step_of_months(rule)
    year, month = divmod(months, _YEAR)
    return _day_of(rule, year, month + 1) if year < LAST_DAY.year else None


def _day_of(rule: Rule, year: int, month: int) -> date:
    first_weekday, days = monthrange(year, month)
    if rule.pattern is Pattern.MONTH_WEEKDAY:
        day = 1 + (rule.weekday - first_weekday) % _WEEK + (rule.week - 1) * _WEEK
        day -= _WEEK if day > days else 0
    elif rule.pattern is Pattern.MONTH_LAST:
        day = days
    else:
        wanted = rule.day if rule.pattern is Pattern.MONTH_DAY else rule.starts_on.day
        day = min(wanted, days)
    return date(year, month, day)


def _unit(pattern: Pattern) -> Pattern:
    """Days, weeks or years, or what stands for each way to tell a day of a month."""
    is_monthly = pattern in (Pattern.MONTH_LAST, Pattern.MONTH_WEEKDAY)
    return Pattern.MONTH_DAY if is_monthly else pattern


def _step_of_days(rule: Rule) -> timedelta | None:
    if rule.pattern is Pattern.DAYS:
        return timedelta(days=rule.every)
    return timedelta(weeks=rule.every) if rule.pattern is Pattern.WEEKS else None


def _step_of_months(rule: Rule) -> int:
    return rule.every * _YEAR if rule.pattern is Pattern.YEARS else rule.every


def _months(day: date) -> int:
    return day.year * _YEAR + day.month - 1
