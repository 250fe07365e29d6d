"""Days as people type them: ``18.11.``, ``Nov 18``, ``yesterday``, ``fri``, ``12``."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, TypeVar

from fintrack.core.errors import InvalidInput
from fintrack.core.folding import fold
from fintrack.core.formatting import is_day_first, month_names, weekday_names
from fintrack.core.text import message_id, translate

T = TypeVar("T")
TODAY, YESTERDAY, TOMORROW = (
    message_id("Today"),
    message_id("Yesterday"),
    message_id("Tomorrow"),
)
NO_DAY = message_id("Please enter a day.")
NO_SUCH_DAY = message_id("This day does not exist.")
MAX_LENGTH: Final = 40
_NUMBERS = re.compile(r"\d{1,4}", re.ASCII)
_TOKENS = re.compile(r"\d+|[^\W\d_]+")
_PLAIN = re.compile(r"\d{1,4}([./\- ]+\d{1,4}){0,2}[. ]*", re.ASCII)
_YEAR_DIGITS: Final = 4
_CENTURY: Final = 100


def read_day_text(text: str, today: date, language: str, name: str = "on_date") -> date:
    """The day that ``text`` means for somebody to whom it is ``today``.

    Understood are ISO days, what ``format_day`` writes (short and medium), and day and
    month in figures or with the month's name. Without a year the nearest such day
    counts; a day of the month alone and a weekday are the last ones. Words may be cut
    short as long as they mean one thing; ``t`` is today.

    Raises:
        InvalidInput: under the field ``name``; 31 February does not exist.
    """
    typed = text.strip()[: MAX_LENGTH + 1]
    found = None
    if typed and len(typed) <= MAX_LENGTH:
        found = _by_word(fold(typed), today, language)
        try:
            found = found or _by_figures(typed, today, language)
        except (ValueError, OverflowError):
            raise InvalidInput(NO_SUCH_DAY, field=name) from None
    if found is None:
        raise InvalidInput(NO_DAY, field=name)
    return found


def _by_word(typed: str, today: date, language: str) -> date | None:
    """Today and its neighbours, or the last such day of the week."""
    for word, days in ((TODAY, 0), (YESTERDAY, -1), (TOMORROW, 1)):
        said = (fold(word), fold(translate(word, language)))
        if any(one.startswith(typed) for one in said):
            return today + timedelta(days=days)
    last = {
        fold(said): today - timedelta(days=(today.weekday() - weekday) % 7)
        for short in (False, True)
        for weekday, said in enumerate(weekday_names(language, short=short))
    }
    # Cuma is a Friday, although cumartesi begins so too.
    begun = {day for word, day in last.items() if word.startswith(typed)}
    return last.get(typed) or _only(begun)


def _by_figures(typed: str, today: date, language: str) -> date | None:
    """The day in figures or with a month's name; ValueError for 31 February."""
    if _PLAIN.fullmatch(typed):
        return _of_figures(_NUMBERS.findall(typed), typed, today, language)
    return _with_month_name(typed, today, language)


def _of_figures(
    figures: list[str], typed: str, today: date, language: str
) -> date | None:
    if len(figures[0]) == _YEAR_DIGITS:
        whole = len(figures) == len(("year", "month", "day"))
        return date(*map(int, figures)) if whole else None
    numbers = [int(figure) for figure in figures]
    if len(numbers) == 1:
        return _last_such_day(numbers[0], today)
    # Whoever writes a point puts the day first, whatever the language.
    day_first = "." in typed or is_day_first(language)
    day, month = numbers[:2] if day_first else reversed(numbers[:2])
    return _in_year(day, month, figures[2:], today)


def _with_month_name(typed: str, today: date, language: str) -> date | None:
    """A month by its name beside a day and perhaps a year; other words are refused."""
    tokens = _TOKENS.findall(typed)
    numbers = [token for token in tokens if token.isdecimal() and token.isascii()]
    words = [fold(token) for token in tokens if not token.isdecimal()]
    months = {month for word in words for month in _months_of(word, language)}
    month = _only(months)
    counted = len(words) == 1 and 1 <= len(numbers) <= len(("day", "year"))
    if month is None or not counted:
        return None
    numbers.sort(key=len)  # a year of four digits may stand first
    return _in_year(int(numbers[0]), month, numbers[1:], today)


def _months_of(word: str, language: str) -> Iterable[int]:
    for names in (
        month_names(language),
        month_names(language, short=True),
        month_names(language, inside=True),
        month_names(language, short=True, inside=True),
    ):
        for month, named in enumerate(names, start=1):
            if fold(named).rstrip(".").startswith(word):
                yield month


def _in_year(day: int, month: int, year: list[str], today: date) -> date:
    """With the year that was typed; without one the nearest such day."""
    if year:
        number = int(year[0])
        if len(year[0]) < _YEAR_DIGITS:
            number += today.year - today.year % _CENTURY
        return date(number, month, day)
    near = []
    for number in (today.year - 1, today.year, today.year + 1):
        try:
            near.append(date(number, month, day))
        except ValueError:  # 29 February
            continue
    return min(near, key=lambda one: (abs(one - today), one))


def _last_such_day(day: int, today: date) -> date | None:
    """The last day up to today with this number, months without it left out."""
    month = today.replace(day=1)
    for _ in range(3):  # of two months that follow each other one has 31 days
        try:
            if (found := month.replace(day=day)) <= today:
                return found
        except ValueError:
            pass
        month = (month - timedelta(days=1)).replace(day=1)
    return None


def _only(found: set[T]) -> T | None:
    return found.pop() if len(found) == 1 else None
