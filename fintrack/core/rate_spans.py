"""Spans of a chart of rates: the last days up to today, by the names people know."""

from datetime import date, timedelta

from fintrack.core.errors import InvalidInput
from fintrack.core.period import Period

FIRST_DAY = date(1999, 1, 1)
"""No source that comes with the program begins before; what is fetched begins later."""

_DAYS = {"1D": 1, "1W": 7}
_MONTHS = {"1M": 1, "3M": 3, "1Y": 12, "5Y": 60}
SPANS = ("1D", "1W", "1M", "3M", "YTD", "1Y", "5Y", "MAX")


def span_of(name: str, today: date) -> Period:
    """The days of a span, its first and today inside.

    A month ago is the same day of the month before, or its last one.

    Raises:
        InvalidInput: there is no span with this name (field ``period``).
    """
    if name in _DAYS:
        start = today - timedelta(_DAYS[name])
    elif name in _MONTHS:
        start = _months_before(today, _MONTHS[name])
    elif name == "YTD":
        start = today.replace(month=1, day=1)
    elif name == "MAX":
        start = FIRST_DAY
    else:
        raise InvalidInput(
            "A period is one of {names}.", field="period", names=", ".join(SPANS)
        )
    return Period(min(start, today), today + timedelta(1))


def hours_of(name: str) -> timedelta | None:
    """The time up to now of a span that is short enough for hours; None of others."""
    return timedelta(_DAYS[name]) if name in _DAYS else None


def _months_before(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 - months, 12)
    first = day.replace(year=day.year + years, month=month + 1, day=1)
    after = (first + timedelta(31)).replace(day=1)
    return min(first + timedelta(day.day - 1), after - timedelta(1))
