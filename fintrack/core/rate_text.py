"""Rates as people of a language write them: as many decimals as say something."""

from decimal import Decimal
from typing import Literal

from fintrack.core.formatting import format_number, format_percent

LARGE = 1000
DECIMALS, OF_LARGE = 4, 2
# What is below 1 shows so many digits behind its zeros.
DIGITS = 4
HALF = Decimal("0.5")

Way = Literal["up", "down", ""]


def format_rate(rate: Decimal, locale: str) -> str:
    """48.6200, 1,512.35, 0.02057, 0.00001493: four decimals, or four digits below 1."""
    return format_number(rate, locale, decimals=_decimals_of(rate))


def format_move(value: Decimal, rate: Decimal, locale: str) -> str:
    """By how much a rate moved, with its sign and as many decimals as the rate has."""
    decimals = _decimals_of(rate)
    seen = _seen(value, decimals)
    text = format_number(seen, locale, decimals=decimals)
    return f"+{text}" if seen > 0 else text


def signed_percent(ratio: Decimal, locale: str, decimals: int = 2) -> str:
    """A change with its sign: +0.31%; 0.00% without one for what rounds to nothing."""
    seen = _seen(ratio, decimals + 2)
    text = format_percent(seen, locale, decimals=decimals)
    return f"+{text}" if seen > 0 else text


def way_of(ratio: Decimal, decimals: int = 2) -> Way:
    """Which way a change goes as ``signed_percent`` shows it; empty for neither."""
    seen = _seen(ratio, decimals + 2)
    if seen > 0:
        way: Way = "up"
    elif seen < 0:
        way = "down"
    else:
        way = ""
    return way


def _seen(value: Decimal, decimals: int) -> Decimal:
    """The value, or nothing where no decimal that is shown says anything of it."""
    return value if abs(value).scaleb(decimals) > HALF else Decimal(0)


def _decimals_of(rate: Decimal) -> int:
    if rate >= LARGE:
        decimals = OF_LARGE
    elif rate >= 1:
        decimals = DECIMALS
    else:
        decimals = DIGITS - 1 - rate.adjusted()
    return decimals
