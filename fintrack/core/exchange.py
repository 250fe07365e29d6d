"""Exchange rates: 1 base = value quote, on a day."""

from dataclasses import dataclass
from datetime import date
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    Inexact,
    InvalidOperation,
    Overflow,
)

from fintrack.core.currency import find_currency
from fintrack.core.money import Money

# Of our own, so that no change to a thread's context reaches a rate.
_PRECISION = Context(prec=28, rounding=ROUND_HALF_EVEN)
# More digits than any product of an amount and a rate has; one that had more would
# raise, and not be rounded twice.
_EXACT = Context(prec=200, traps=[Inexact, Overflow, InvalidOperation])


@dataclass(frozen=True, slots=True)
class Rate:
    """1 ``base`` = ``value`` ``quote`` on a day: EUR/USD 1.08 is USD for one EUR."""

    base: str
    quote: str
    value: Decimal
    on: date

    def __post_init__(self) -> None:
        if not self.value.is_finite() or self.value <= 0:
            message = f"{self.base}/{self.quote} cannot be {self.value}."
            raise ValueError(message)
        if self.base == self.quote and self.value != 1:
            message = f"One {self.base} is one {self.base}, not {self.value}."
            raise ValueError(message)

    @property
    def text(self) -> str:
        """The rate for machines: 1 EUR = 1.08 USD, 2026-11-18; never an exponent."""
        return f"1 {self.base} = {self.value:f} {self.quote}, {self.on}"

    def inverse(self) -> "Rate":
        """1 quote in base, to 28 digits."""
        value = _PRECISION.divide(Decimal(1), self.value)
        return Rate(self.quote, self.base, value, self.on)


@dataclass(frozen=True, slots=True)
class UnknownRate:
    """No rate is known for this pair and day: shown as unknown, never taken as 1."""

    base: str
    quote: str
    on: date


def convert(money: Money, rate: Rate) -> Money:
    """``money`` in the quote currency, exact and rounded once, half to even.

    The money must be in the base currency of the rate; else ``ValueError``.
    """
    if money.currency != rate.base:
        message = f"{rate.base}/{rate.quote} does not convert {money.currency}."
        raise ValueError(message)
    return Money(round(exact_minor(money.minor, rate)), rate.quote)  # half to even


def exact_minor(minor: int, rate: Rate) -> Decimal:
    """Minor units of the base in those of the quote, not rounded.

    For sums, which are rounded once and not in each of their parts.
    """
    return _EXACT.multiply(Decimal(minor), minor_factor(rate))


def minor_factor(rate: Rate) -> Decimal:
    """One minor unit of the base in those of the quote, not rounded."""
    shift = find_currency(rate.quote).exponent - find_currency(rate.base).exponent
    return _EXACT.scaleb(rate.value, shift)


def add_exact(one: Decimal, other: Decimal) -> Decimal:
    """The sum of what ``exact_minor`` gives, with all its digits."""
    return _EXACT.add(one, other)
