"""Money: an integer count of minor units with its currency."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from fintrack.core.currency import find_currency
from fintrack.core.errors import InvalidInput

MAX_MINOR = 10**15
"""The most minor units that one amount may have; a sum may have more."""


@dataclass(frozen=True, slots=True)
class Money:
    """``minor`` units of ``currency``; positive is into the account.

    Sums and comparisons stay inside one currency: mixing two is our defect and raises
    ``ValueError``.
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.minor, int):
            message = f"Minor units are an int, not {self.minor!r}."
            raise ValueError(message)  # noqa: TRY004 - one type for all our defects
        find_currency(self.currency)

    @classmethod
    def from_decimal(cls, value: Decimal, currency: str) -> Self:
        """The exact amount, never rounded.

        Raises:
            InvalidInput: Not a finite number, more decimals than the currency has, or
                beyond ``MAX_MINOR`` (field ``amount``); an unknown code (``currency``).
        """
        exponent = find_currency(currency).exponent
        if not value.is_finite():
            raise InvalidInput("Please enter a number.", field="amount")
        # Both checks look at the decimal point only: 1e999999 is never written out.
        if value and value.adjusted() + exponent > len(str(MAX_MINOR)):
            raise _too_large()
        minor = _whole_minor(value, exponent)
        if minor is None:
            raise _too_fine(currency, exponent)
        if abs(minor) > MAX_MINOR:
            raise _too_large()
        return cls(minor, currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in whole units, with all decimals of the currency: 12.50."""
        digits = tuple(int(digit) for digit in str(abs(self.minor)))
        exponent = find_currency(self.currency).exponent
        return Decimal((int(self.minor < 0), digits, -exponent))

    @property
    def text(self) -> str:
        """The amount for machines: ``-12.50``, never grouped, never an exponent."""
        return f"{self.decimal:f}"

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._like(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._like(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __abs__(self) -> "Money":
        return Money(abs(self.minor), self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._like(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._like(other)

    def __gt__(self, other: "Money") -> bool:
        return self.minor > self._like(other)

    def __ge__(self, other: "Money") -> bool:
        return self.minor >= self._like(other)

    def _like(self, other: "Money") -> int:
        if self.currency != other.currency:
            message = f"{self.currency} and {other.currency} do not mix."
            raise ValueError(message)
        return other.minor


def split(money: Money, shares: int | Sequence[int]) -> tuple[Money, ...]:
    """Parts in proportion to ``shares`` that sum to ``money`` exactly.

    ``shares`` is a number of equal parts, or one weight (0 or more) for each part.
    Each part gets its rounded-down share; the units that remain go one by one to the
    parts with the largest remainders, the earlier part first (Hamilton's method).
    The split of ``-money`` is the negated split of ``money``.
    """
    weights = [1] * shares if isinstance(shares, int) else list(shares)
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        message = f"Cannot split by {shares!r}."
        raise ValueError(message)
    amount = abs(money.minor)
    parts = [amount * weight // whole for weight in weights]
    remainders = [amount * weight % whole for weight in weights]
    # sorted() is stable, so that equal remainders keep the order of the parts.
    first = sorted(range(len(parts)), key=lambda index: -remainders[index])
    for index in first[: amount - sum(parts)]:
        parts[index] += 1
    sign = -1 if money.minor < 0 else 1
    return tuple(Money(sign * part, money.currency) for part in parts)


def _whole_minor(value: Decimal, exponent: int) -> int | None:
    """The minor units of ``value``, or None when they are not a whole number."""
    sign, digits, point = value.as_tuple()
    significant = "".join(map(str, digits)).rstrip("0")
    shift = int(point) + len(digits) - len(significant) + exponent
    if not significant:
        minor: int | None = 0
    elif shift < 0:
        minor = None
    else:
        minor = (-1 if sign else 1) * int(significant) * 10**shift
    return minor


def _too_large() -> InvalidInput:
    return InvalidInput("This amount is too large.", field="amount")


def _too_fine(currency: str, exponent: int) -> InvalidInput:
    if exponent == 0:
        return InvalidInput(
            "Amounts in {currency} have no decimals.", field="amount", currency=currency
        )
    return InvalidInput(
        "Amounts in {currency} have at most {decimals} decimals.",
        field="amount",
        currency=currency,
        decimals=exponent,
    )
