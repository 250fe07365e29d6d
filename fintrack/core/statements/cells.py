"""What a cell looks like, before anybody knows what its column means."""

import re

from fintrack.core.statements.dates import looks_like_date

_MARK = r"(?:[A-Z]{3}|TL|zł|kr\.?|Kč|Ft|Fr\.|US\$|R\$|[€£$¥₺₹₽₴₪₩])"
_NUMBER = r"(?:[0-9][0-9.,'’ \u00a0\u202f\u2009]*|[.,][0-9]+)"
_AMOUNT = re.compile(
    rf"[-+−(]?\s*{_MARK}?\s*[-+−]?\s*{_NUMBER}[-+−]?\s*(?:{_MARK}|CR|DR|Cr|Dr|[CDHS])?\)?"
)
_WITH_DECIMALS = re.compile(r"[.,][0-9]{1,2}(?:\D*)$")
_ACCOUNT = re.compile(r"['*Xx0-9 ./-]{6,}|[A-Z]{2}[0-9]{2}[A-Z0-9* ]{8,}")
_NEGATIVE = re.compile(r"^\D{0,5}[-−(]|[-−]\D*$")
# What banks write into a cell that has nothing to say.
BLANKS = frozenset(["", "-", "–", "—", "n/a", "N/A"])
MAX_CELL = 40
# Ten trillions with decimals; longer runs of digits are account and card numbers.
MAX_DIGITS = 15


def looks_like_amount(text: str) -> bool:
    """Whether a person would call this an amount; dates and accounts are none."""
    cell = text.strip()
    return (
        0 < len(cell) <= MAX_CELL
        and _AMOUNT.fullmatch(cell) is not None
        and sum(map(str.isdecimal, cell)) <= MAX_DIGITS
        and not looks_like_date(cell)
    )


def has_decimals(text: str) -> bool:
    """Whether one or two digits follow the last point or comma."""
    return _WITH_DECIMALS.search(text.strip()) is not None


def is_negative(text: str) -> bool:
    """Whether an amount carries a minus or stands in parentheses."""
    return _NEGATIVE.search(text.strip()) is not None


def is_wording(text: str) -> bool:
    """Whether a person would read words here: no date, no account, no bare number."""
    cell = text.strip()
    return (
        any(map(str.isalpha, cell))
        and _ACCOUNT.fullmatch(cell) is None
        and not looks_like_date(cell)
    )
