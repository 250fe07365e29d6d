"""Days as banks write them, and the order of day, month and year in a whole file."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from fintrack.core.errors import InvalidInput
from fintrack.core.statements.folding import fold
from fintrack.core.text import message_id

NO_DATE = message_id("“{value}” is not a date.")
NO_SUCH_DAY = message_id("“{value}” is a day that does not exist.")
MAX_DATE_LENGTH = 40
# Two digits: 69 is 2069, 70 is 1970, as POSIX reads them.
PIVOT = 70


class DateOrder(StrEnum):
    """Which part of a numeric date comes first."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


class OrderFound(NamedTuple):
    """The order that fits most dates; ambiguous if another fits as well."""

    order: DateOrder
    ambiguous: bool


_MONTH_NAMES = """
jan januar january janv janvier ene enero gen gennaio oca ocak sty stycznia januari \
janeiro
feb februar february fev fevr fevrier febrero febbraio sub subat lut lutego februari \
fevereiro
mar mrz marz maerz march mars marzo mart mrt maart marca marco
apr april avr avril abr abril aprile nis nisan kwi kwietnia
may mai mayo mag maggio mayis mei maj maja maio
jun juni june juin junio giu giugno haz haziran cze czerwca junho
jul juli july juil juillet julio lug luglio tem temmuz lip lipca julho
aug august aou aout ago agosto agu agustos sie sierpnia augustus
sep sept september septembre septiembre set settembre eyl eylul wrz wrzesnia setembro
oct oktober october octobre octubre ott ottobre okt eki ekim paz pazdziernika out \
outubro
nov november novembre noviembre kas kasim lis listopada novembro
dec dez dezember december decembre dic diciembre dicembre ara aralik gru grudnia \
dezembro
"""
_MONTHS = {
    name: number
    for number, names in enumerate(_MONTH_NAMES.strip().splitlines(), start=1)
    for name in names.split()
}
_TIME = r"(?:,?[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]+)?\s?\S{0,8})?"
_NUMERIC = re.compile(
    rf"([0-9]{{1,4}})([./\- ])\s?([0-9]{{1,2}})[./\- ]\s?([0-9]{{1,4}})\.?{_TIME}"
)
_YEAR_FIRST = re.compile(
    rf"([0-9]{{4}})(:|年|년 ?)([0-9]{{1,2}})(?::|月|월 ?)([0-9]{{1,2}})[日일]?{_TIME}"
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T?[0-9]{4,6})?")
_DAY_NAME_YEAR = re.compile(
    rf"([0-9]{{1,2}})[. \-/]*([^\W\d_]+)[., \-/]*([0-9]{{2,4}}){_TIME}"
)
_NAME_DAY_YEAR = re.compile(
    rf"([^\W\d_]+)[. \-]*([0-9]{{1,2}})(?:st|nd|rd|th)?[, \-]+([0-9]{{2,4}}){_TIME}"
)
_LAST_OF_DAYS, _LAST_OF_MONTHS, _SHORT_YEAR, _LONG_YEAR = 31, 12, 2, 4


def parse_date(text: str, order: DateOrder, *, field: str = "date") -> date:
    """The day in ``text``; a time behind it is dropped.

    A year of four digits in front, or a month's name, speaks for itself; ``order``
    decides the rest. Raises InvalidInput, also for 31 February.
    """
    parts = _parts(text.strip(), order)
    if parts is None:
        raise InvalidInput(NO_DATE, field=field, value=text[:MAX_DATE_LENGTH])
    try:
        return date(*parts)
    except ValueError:
        raise InvalidInput(NO_SUCH_DAY, field=field, value=text.strip()) from None


def looks_like_date(text: str) -> bool:
    """Whether a person would call this a date, be it a possible one or not."""
    found = _parts(text.strip(), DateOrder.DMY)
    return found is not None and all(0 < part <= _LAST_OF_DAYS for part in found[1:])


def find_order(texts: Iterable[str]) -> OrderFound:
    """The order in which most of ``texts`` are days that exist.

    One day above 12 decides; where every text fits both day-month and month-day the
    answer is ambiguous. Points never separate a month-day date.
    """
    fits = dict.fromkeys(DateOrder, 0)
    unclear = False
    for text in set(texts):
        days = {order: _day(text, order) for order in DateOrder}
        for order, day in days.items():
            fits[order] += day is not None
        unclear = unclear or (
            days[DateOrder.DMY] != days[DateOrder.MDY] and "." not in text
        )
    best = max(fits, key=lambda order: fits[order])
    drawn = fits[DateOrder.DMY] == fits[DateOrder.MDY] == fits[best]
    if drawn and not unclear:
        return OrderFound(_named_order(texts), ambiguous=False)
    return OrderFound(best, ambiguous=drawn and unclear)


def _named_order(texts: Iterable[str]) -> DateOrder:
    """For a file whose dates read the same in every order."""
    first = next(iter(texts), "")
    year_first = first[:_LONG_YEAR].isdecimal()
    return DateOrder.YMD if year_first else DateOrder.DMY


def _day(text: str, order: DateOrder) -> date | None:
    try:
        return parse_date(text, order)
    except InvalidInput:
        return None


def _parts(text: str, order: DateOrder) -> tuple[int, int, int] | None:
    if len(text) > MAX_DATE_LENGTH:
        return None
    # Some banks keep spreadsheets from reading their days by an apostrophe.
    text = text.removeprefix("'")
    if match := _NUMERIC.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        return _ordered(match[1], match[3], match[4], order)
    if match := _COMPACT.fullmatch(text):
        return _compact(text, order)
    if match := _DAY_NAME_YEAR.fullmatch(text):
        return _named(match[1], match[2], match[3])
    if match := _NAME_DAY_YEAR.fullmatch(text):
        return _named(match[2], match[1], match[3])
    return None


def _ordered(
    first: str, second: str, third: str, order: DateOrder
) -> tuple[int, int, int] | None:
    """Year, month, day; None where the digits cannot be meant so."""
    if len(first) == _LONG_YEAR:
        if len(third) > _SHORT_YEAR:
            return None
        return int(first), int(second), int(third)
    if len(first) > _SHORT_YEAR:
        return None
    if order is DateOrder.YMD:
        return (
            (_year(first), int(second), int(third))
            if len(third) == _SHORT_YEAR
            else None
        )
    day, month = (first, second) if order is DateOrder.DMY else (second, first)
    return (_year(third), int(month), int(day)) if _year(third) else None


def _compact(text: str, order: DateOrder) -> tuple[int, int, int]:
    """20260131, and 31012026 or 01312026 where that is the only way to read it."""
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:8])
    if order is DateOrder.YMD or _plausible(month, day):
        return year, month, day
    first, second, last = int(text[:2]), int(text[2:4]), int(text[4:8])
    day, month = (first, second) if order is DateOrder.DMY else (second, first)
    return last, month, day


def _plausible(month: int, day: int) -> bool:
    return 0 < month <= _LAST_OF_MONTHS and 0 < day <= _LAST_OF_DAYS


def _named(day: str, name: str, year: str) -> tuple[int, int, int] | None:
    month = _MONTHS.get(fold(name))
    return (_year(year), month, int(day)) if month and _year(year) else None


def _year(text: str) -> int:
    """Four digits, or two around the pivot; 0 for three."""
    if len(text) == _SHORT_YEAR:
        return int(text) + (2000 if int(text) < PIVOT else 1900)
    return int(text) if len(text) == _LONG_YEAR else 0
