"""What moved on which day, and the same in one currency at the rates of those days."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import text

from fintrack.services.commands import Work
from fintrack.services.dashboard.sums import ExactSums, Span, Sums
from fintrack.services.rates.dated import DatedRates

# The roll-up knows the months in which something foreign moved; only those are read.
_FOREIGN = text(
    "SELECT p.account_id, p.currency, p.on_date, p.minor FROM "
    "(SELECT DISTINCT account_id, month FROM balance_month "
    "WHERE ledger_id = :ledger_id AND currency <> :base "
    "AND month > CAST(:first AS date) - interval '1 month' AND month < :past) moved "
    "CROSS JOIN LATERAL (SELECT account_id, currency, on_date, "
    "sum(amount_minor) AS minor FROM posting "
    "WHERE ledger_id = :ledger_id AND account_id = moved.account_id "
    "AND on_date >= greatest(moved.month, CAST(:first AS date)) "
    "AND on_date < least(moved.month + interval '1 month', CAST(:past AS date)) "
    "AND currency <> :base AND voided_at IS NULL GROUP BY 1, 2, 3) p"
)


class Move(NamedTuple):
    """Minor units of a currency on an account, worth what they were on a day."""

    account_id: int
    currency: str
    on_date: date
    minor: int


@dataclass(frozen=True, slots=True)
class Foreign:
    """What moved in other currencies than that of the books, in the order of days."""

    moves: list[Move]
    days: list[date]

    def within(self, span: Span) -> list[Move]:
        """Those of the days of a span."""
        first = 0 if span.start is None else bisect_left(self.days, span.start)
        return self.moves[first : bisect_left(self.days, span.end)]


@dataclass(frozen=True, slots=True)
class Converted:
    """Sums in one currency, not rounded, and in their own what no rate brings there."""

    sums: ExactSums
    rest: Sums


async def read_foreign(work: Work, base: str, period: Span) -> Foreign:
    """What moved by day in other currencies than ``base``; the period has a start."""
    values = {"base": base, "first": period.start, "past": period.end}
    found = await work.session.execute(
        _FOREIGN, {**values, "ledger_id": work.ledger_id}
    )
    moves = [
        Move(place, code, on, int(minor)) for place, code, on, minor in found.all()
    ]
    return in_order(moves)


def in_order(moves: Iterable[Move]) -> Foreign:
    """The moves by their days."""
    ordered = sorted(moves, key=attrgetter("on_date"))
    return Foreign(ordered, [move.on_date for move in ordered])


def moves_on(day: date, sums: Sums) -> list[Move]:
    """Sums as they are worth on one day."""
    return [Move(place, code, day, minor) for (place, code), minor in sums.items()]


def convert_moves(moves: Iterable[Move], rates: DatedRates) -> Converted:
    """The moves in the currency of ``rates``, each at the rate of its day."""
    to, one, weights = rates.to, rates.weights.one, rates.weights.of
    totals: dict[int, int] = defaultdict(int)
    rest: dict[tuple[int, str], int] = defaultdict(int)
    for place, code, on, minor in moves:
        weight = one if code == to else weights[code, on]
        if weight is None:
            rest[place, code] += minor
        else:
            totals[place] += minor * weight
    sums = {(place, to): Fraction(total, one) for place, total in totals.items()}
    return Converted(sums, rest)
