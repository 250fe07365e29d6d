"""Rates as people of a language write them: as many decimals as say something."""

from decimal import Decimal

from fintrack.core.formatting import format_number

LARGE = 1000
DECIMALS, OF_LARGE = 4, 2
# What is below 1 shows so many digits behind its zeros.
DIGITS = 4


def format_rate(rate: Decimal, locale: str) -> str:
    """48.6200, 1,512.35, 0.02057, 0.00001493: four decimals, or four digits below 1."""
    return format_number(rate, locale, decimals=_decimals_of(rate))


def format_move(value: Decimal, rate: Decimal, locale: str) -> str:
    """By how much a rate moved, with its sign and as many decimals as the rate has."""
    text = format_number(value, locale, decimals=_decimals_of(rate))
    return f"+{text}" if value > 0 else text


def _decimals_of(rate: Decimal) -> int:
    if rate >= LARGE:
        decimals = OF_LARGE
    elif rate >= 1:
        decimals = DECIMALS
    else:
        decimals = DIGITS - 1 - rate.adjusted()
    return decimals
