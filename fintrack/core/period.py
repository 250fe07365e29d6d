"""Periods: half-open spans of days, from ``start`` up to but without ``end``."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from fintrack.core.errors import InvalidInput

FIRST_YEAR, LAST_YEAR = 1900, 2999
LAST_MONTH_START = 28
# Figures look five periods back, which must not lead before the first year there is.
MOST_DAYS = 366 * 100
_DAYS_OF_WEEK = 7
_MONTHS_OF_YEAR = 12
_DAY_TEXT = r"\d{4}-\d{2}-\d{2}"
_PARTS = re.compile(
    r"(?P<year>\d{4})(-(?P<month>\d{2})|-Q(?P<quarter>[1-4]))?", re.ASCII
)
_DAYS = re.compile(rf"(?P<first>{_DAY_TEXT})(\.\.(?P<last>{_DAY_TEXT}))?", re.ASCII)


class PeriodKind(StrEnum):
    """How a period was chosen, which says what comes before and after it."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"


_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``start`` up to but without ``end``; never empty.

    Two periods of the same days are equal, however they were chosen.
    """

    start: date
    end: date
    kind: PeriodKind = field(default=PeriodKind.RANGE, compare=False)

    def __post_init__(self) -> None:
        if self.start >= self.end:
            message = f"No day lies between {self.start} and {self.end}."
            raise ValueError(message)

    @property
    def last_day(self) -> date:
        """The last day inside."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    @property
    def text(self) -> str:
        """For addresses: 2026, 2026-Q4, 2026-11, 2026-11-16, 2026-11-16..2026-11-22.

        ``parse_period`` with the same month start gives an equal period back.
        """
        if self.kind is PeriodKind.YEAR:
            text = f"{self.start:%Y}"
        elif self.kind is PeriodKind.QUARTER:
            text = f"{self.start:%Y}-Q{(self.start.month + 2) // 3}"
        elif self.kind is PeriodKind.MONTH:
            text = f"{self.start:%Y-%m}"
        elif self.days == 1:
            text = self.start.isoformat()
        else:
            text = f"{self.start.isoformat()}..{self.last_day.isoformat()}"
        return text

    def next(self) -> "Period":
        """The period of the same kind that follows without a gap."""
        return self._moved(1)

    def previous(self) -> "Period":
        """The period of the same kind that ends where this one starts."""
        return self._moved(-1)

    def _moved(self, steps: int) -> "Period":
        months = _MONTHS.get(self.kind, 0) * steps
        if months:
            start, end = _add_months(self.start, months), _add_months(self.end, months)
        else:
            step = (self.end - self.start) * steps
            start, end = self.start + step, self.end + step
        return Period(start, end, self.kind)


def week_of(day: date, *, week_start: int = 0) -> Period:
    """The week with ``day``; ``week_start`` is 0 for Monday to 6 for Sunday."""
    start = day - timedelta(days=(day.weekday() - week_start) % _DAYS_OF_WEEK)
    return Period(start, start + timedelta(days=_DAYS_OF_WEEK), PeriodKind.WEEK)


def month_of(day: date, *, month_start: int = 1) -> Period:
    """The month with ``day``, when months begin on ``month_start`` (1 to 28).

    Later days are refused because not every month has them.
    """
    if not 1 <= month_start <= LAST_MONTH_START:
        message = f"A month starts on day 1 to 28, not {month_start}."
        raise ValueError(message)
    start = day.replace(day=month_start)
    if day < start:
        start = _add_months(start, -1)
    return Period(start, _add_months(start, 1), PeriodKind.MONTH)


def quarter_of(day: date) -> Period:
    """The calendar quarter with ``day``."""
    start = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Period(start, _add_months(start, 3), PeriodKind.QUARTER)


def year_of(day: date) -> Period:
    """The calendar year with ``day``."""
    return Period(date(day.year, 1, 1), date(day.year + 1, 1, 1), PeriodKind.YEAR)


def months_in(period: Period) -> tuple[date, ...]:
    """The first day of each calendar month that the period touches, in order."""
    month = period.start.replace(day=1)
    months = [month]
    while (month := _add_months(month, 1)) < period.end:
        months.append(month)
    return tuple(months)


def parse_period(text: str, *, month_start: int = 1) -> Period:
    """Read what ``Period.text`` writes; the last day of a range is inside.

    ``2026-11`` is the month that starts in November. Years are 1900 to 2999, and a
    range has a hundred years at most.

    Raises:
        InvalidInput: It is none of the forms (field ``period``).
    """
    try:
        if parts := _PARTS.fullmatch(text):
            period = _calendar_period(parts, month_start)
        elif days := _DAYS.fullmatch(text):
            period = _range(days["first"], days["last"] or days["first"])
        else:
            raise _not_a_period(text)
    except (ValueError, OverflowError) as error:
        raise _not_a_period(text) from error
    is_outside = period.start.year < FIRST_YEAR or period.last_day.year > LAST_YEAR
    if is_outside or period.days > MOST_DAYS:
        raise _not_a_period(text)
    return period


def _calendar_period(parts: re.Match[str], month_start: int) -> Period:
    year = int(parts["year"])
    if parts["month"]:
        start = date(year, int(parts["month"]), month_start)
        period = month_of(start, month_start=month_start)
    elif parts["quarter"]:
        period = quarter_of(date(year, int(parts["quarter"]) * 3, 1))
    else:
        period = year_of(date(year, 1, 1))
    return period


def _range(first: str, last: str) -> Period:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    kind = PeriodKind.DAY if start == end else PeriodKind.RANGE
    return Period(start, end + timedelta(days=1), kind)


def _not_a_period(text: str) -> InvalidInput:
    return InvalidInput("{text} is not a period.", field="period", text=text)


def _add_months(day: date, months: int) -> date:
    """The same day of another month; callers use days that every month has."""
    years, month = divmod(day.month - 1 + months, _MONTHS_OF_YEAR)
    return day.replace(year=day.year + years, month=month + 1)
