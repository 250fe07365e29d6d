"""Rates as runs: one row for as many observations as stood for the same value.

A rate is how much of a currency one US dollar buys. Runs of one source and currency
never overlap, and the value of a run is that of its first observation: what is read
from it differs from what was observed by no more than the threshold, however long the
run is. Its observations lie at equal distances, so that the instant of each is known
though only the first and the last are kept.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from enum import StrEnum
from typing import NamedTuple

from fintrack.core.errors import InvalidInput

HUB = "USD"
SAME_DIGITS = 6
# More than any source gives; a cross of two rates keeps all that it has.
DIGITS = 12
MAX_POWER = 30
# What is further apart is no run: each day inside of one was seen.
MAX_STEP = timedelta(days=1)
_CONTEXT = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN)


class Source(StrEnum):
    """Who says rates, in the order in which they are believed of the same instant."""

    EUROPE = "ecb"
    CURRENCY_FREAKS = "currencyfreaks"
    COIN_PAPRIKA = "coinpaprika"
    CURRENCY_API = "currency-api"

    @property
    def base(self) -> str:
        """The currency of which it says what one buys; all else is worked out."""
        return "EUR" if self is Source.EUROPE else HUB


class Observation(NamedTuple):
    """A source said: one US dollar bought ``per_usd`` of ``code`` at an instant."""

    code: str
    per_usd: Decimal
    at: datetime


class Run(NamedTuple):
    """``multiplier`` observations of the same value in a row, at equal distances."""

    code: str
    per_usd: Decimal
    valid_from: datetime
    last_seen_at: datetime
    multiplier: int

    @property
    def step(self) -> timedelta:
        """The distance between two observations; none where there is but one."""
        return (self.last_seen_at - self.valid_from) / max(1, self.multiplier - 1)

    def is_continued_by(self, seen: Observation) -> bool:
        """Whether a later observation is the next one of this run."""
        gap = seen.at - self.last_seen_at
        is_next = gap <= MAX_STEP if self.multiplier == 1 else gap == self.step
        return is_next and are_same(self.per_usd, seen.per_usd)

    def extended(self, at: datetime) -> "Run":
        """This run with one more observation."""
        return self._replace(last_seen_at=at, multiplier=self.multiplier + 1)


def threshold(rate: Decimal) -> Decimal:
    """How far another rate may be from this one and still be the same.

    One in the sixth decimal place; below 1 one in the sixth significant digit, so that
    rates such as that of bitcoin are not flattened.
    """
    if rate >= 1:
        return Decimal(1).scaleb(-SAME_DIGITS)
    return Decimal(1).scaleb(rate.adjusted() + 1 - SAME_DIGITS)


def are_same(rate: Decimal, other: Decimal) -> bool:
    """Whether ``other`` says nothing new after ``rate``."""
    return abs(rate - other) <= threshold(rate)


def cross(of: Decimal, over: Decimal) -> Decimal:
    """How much of one currency the other buys, from what both are to a third."""
    return _CONTEXT.divide(of, over)


def is_rate(value: Decimal) -> bool:
    """Whether it can be one: above zero, and within all reason."""
    return value.is_finite() and value > 0 and abs(value.adjusted()) <= MAX_POWER


def read_rate(value: Decimal) -> Decimal:
    """A rate as it is kept.

    Raises:
        InvalidInput: zero, negative, no number, or beyond all reason (field ``rate``).
    """
    if not is_rate(value):
        raise InvalidInput(
            "A rate is a number above zero, not “{value}”.",
            field="rate",
            value=str(value)[:80],
        )
    return _CONTEXT.plus(value)


def runs_of(observations: Iterable[Observation]) -> list[Run]:
    """The observations of one source as runs, each currency's by its time.

    Of two at the same instant the first counts.
    """
    open_runs: dict[str, Run] = {}
    done: list[Run] = []
    for seen in sorted(observations, key=lambda seen: seen.at):
        run = open_runs.get(seen.code)
        if run and seen.at == run.last_seen_at:
            continue
        if run and run.is_continued_by(seen):
            found = run.extended(seen.at)
        else:
            found = new_run(seen)
            done += [run] if run else []
        open_runs[seen.code] = found
    return done + list(open_runs.values())


def new_run(seen: Observation) -> Run:
    """The run of one observation."""
    return Run(seen.code, seen.per_usd, seen.at, seen.at, 1)
