"""What a cell looks like, before anybody knows what its column means."""

import re

from fintrack.core.statements.dates import looks_like_date

_MARK = r"(?:[A-Z]{3}|TL|zł|US\$|R\$|[€£$¥₺₹₽₴₪₩])"
_NUMBER = r"(?:[0-9][0-9.,'’ \u00a0\u202f\u2009]*|[.,][0-9]+)"
_AMOUNT = re.compile(
    rf"[-+−(]?\s*{_MARK}?\s*[-+−]?\s*{_NUMBER}[-+−]?\s*(?:{_MARK}|CR|DR|[CDHS])?\)?"
)
_WITH_DECIMALS = re.compile(r"[.,][0-9]{1,2}(?:\D*)$")
_NEGATIVE = re.compile(r"^\D{0,5}[-−(]|[-−]\D*$")
MAX_CELL = 40


def looks_like_amount(text: str) -> bool:
    """Whether a person would call this an amount; dates are none."""
    cell = text.strip()
    return (
        0 < len(cell) <= MAX_CELL
        and _AMOUNT.fullmatch(cell) is not None
        and not looks_like_date(cell)
    )


def has_decimals(text: str) -> bool:
    """Whether one or two digits follow the last point or comma."""
    return _WITH_DECIMALS.search(text.strip()) is not None


def is_negative(text: str) -> bool:
    """Whether an amount carries a minus or stands in parentheses."""
    return _NEGATIVE.search(text.strip()) is not None
