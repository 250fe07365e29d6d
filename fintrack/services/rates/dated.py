"""Amounts of many days in one currency, each at the rate of its own day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from math import lcm
from operator import attrgetter

from fintrack.core.actor import LedgerRole
from fintrack.core.exchange import UnknownRate, add_exact, exact_minor, minor_factor
from fintrack.core.money import Money
from fintrack.services.commands import Work, question
from fintrack.services.rates.lookup import RateView, rates_of

Dated = tuple[str, date]
"""A currency on a day."""


@dataclass(frozen=True, slots=True)
class Total:
    """A sum, rounded once; ``unconverted`` is what is not in it, by currency."""

    money: Money
    unconverted: tuple[Money, ...] = ()

    @property
    def amounts(self) -> tuple[Money, ...]:
        """The sum and what is not in it; no sum where nothing could be added."""
        has_sum = self.money.minor or not self.unconverted
        return (self.money, *self.unconverted) if has_sum else self.unconverted


@dataclass(frozen=True, slots=True)
class SeenRate:
    """A currency whose rate is used for a day, and when (UTC) it was last seen.

    ``is_own`` as in ``RateView``.
    """

    currency: str
    on: date
    seen_at: datetime
    is_own: bool = False

    @property
    def seen_on(self) -> date:
        """The day (UTC) of ``seen_at``."""
        return self.seen_at.astimezone(UTC).date()

    @property
    def age(self) -> timedelta:
        """How old the rate is on the day it is used for."""
        return self.on - self.seen_on


@dataclass(frozen=True, slots=True)
class Weights:
    """What one minor unit of a currency is worth on a day, as a whole number of parts.

    ``one`` is how many parts a minor unit of ``to`` has, None stands for an unknown
    rate. Thousands of amounts add up exactly in parts, in a tenth of the time that
    decimals take.
    """

    one: int
    of: Mapping[Dated, int | None]


@dataclass(frozen=True)
class DatedRates:
    """The rates of some currencies and days into ``to``; nothing else can be asked.

    ``to`` in itself is known on every day.
    """

    to: str
    rates: Mapping[Dated, RateView | UnknownRate]

    def is_known(self, currency: str, on: date) -> bool:
        """Whether an amount of that day can be converted."""
        return currency == self.to or isinstance(self.rates[currency, on], RateView)

    @cached_property
    def weights(self) -> Weights:
        """All the rates over one denominator."""
        ratios = {
            dated: minor_factor(found.rate).as_integer_ratio()
            for dated, found in self.rates.items()
            if isinstance(found, RateView)
        }
        one = lcm(*(below for _, below in ratios.values()))
        known = {
            dated: above * (one // below) for dated, (above, below) in ratios.items()
        }
        return Weights(one, {**dict.fromkeys(self.rates), **known})

    def oldest(self, used: Iterable[Dated]) -> SeenRate | None:
        """Of the rates used the one that is the oldest on its day; None without any."""
        seen = [
            SeenRate(code, on, found.seen_at, found.is_own)
            for code, on in sorted({*used})
            if code != self.to
            and isinstance(found := self.rates[code, on], RateView)
            and found.seen_at
        ]
        return max(seen, key=attrgetter("age"), default=None)

    def exact(self, minor: int, currency: str, on: date) -> Decimal | None:
        """Minor units of ``to``, not rounded; None where the rate is unknown."""
        if currency == self.to:
            return Decimal(minor)
        found = self.rates[currency, on]
        return exact_minor(minor, found.rate) if isinstance(found, RateView) else None

    def convert(self, money: Money, on: date) -> Money | None:
        """The amount in ``to``; None where the rate is unknown."""
        exact = self.exact(money.minor, money.currency, on)
        return None if exact is None else Money(round(exact), self.to)

    def total(self, amounts: Iterable[tuple[Money, date]]) -> "Total":
        """The sum of amounts, each at the rate of its day."""
        known, rest = Decimal(0), dict[str, int]()
        for money, on in amounts:
            exact = self.exact(money.minor, money.currency, on)
            if exact is None:
                rest[money.currency] = rest.get(money.currency, 0) + money.minor
            else:
                known = add_exact(known, exact)
        unconverted = (Money(minor, code) for code, minor in sorted(rest.items()))
        return Total(Money(round(known), self.to), tuple(unconverted))


@question("currency.dated", ledger=LedgerRole.VIEWER)
async def read_dated(work: Work, to: str, wanted: Iterable[Dated]) -> DatedRates:
    """The rates of all ``wanted``, read together."""
    foreign = {(code, on) for code, on in wanted if code != to}
    codes = sorted({code for code, _ in foreign})
    days = sorted({on for _, on in foreign})
    found = await rates_of(work, [(code, to) for code in codes], days) if codes else {}
    return DatedRates(
        to,
        {
            (code, on): rate
            for on, rates in found.items()
            for code, rate in zip(codes, rates, strict=True)
        },
    )
