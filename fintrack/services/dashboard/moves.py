"""What moved on which day, and the same in one currency at the rates of those days."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import text

from fintrack.core.exchange import add_exact
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


@dataclass(frozen=True, slots=True)
class Move:
    """Minor units of a currency on an account, worth what they were on a day."""

    account_id: int
    currency: str
    on_date: date
    minor: int


@dataclass(frozen=True, slots=True)
class Converted:
    """Sums in one currency, not rounded, and in their own what no rate brings there."""

    sums: ExactSums
    rest: Sums


async def read_foreign(work: Work, base: str, period: Span) -> list[Move]:
    """What moved by day in other currencies than ``base``; the period has a start."""
    values = {"base": base, "first": period.start, "past": period.end}
    found = await work.session.execute(
        _FOREIGN, {**values, "ledger_id": work.ledger_id}
    )
    return [Move(place, code, on, int(minor)) for place, code, on, minor in found]


def moves_on(day: date, sums: Sums) -> list[Move]:
    """Sums as they are worth on one day."""
    return [Move(place, code, day, minor) for (place, code), minor in sums.items()]


def convert_moves(moves: Iterable[Move], rates: DatedRates) -> Converted:
    """The moves in the currency of ``rates``, each at the rate of its day."""
    totals: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    rest: dict[tuple[int, str], int] = defaultdict(int)
    for move in moves:
        exact = rates.exact(move.minor, move.currency, move.on_date)
        key = move.account_id, rates.to
        if exact is None:
            rest[move.account_id, move.currency] += move.minor
        else:
            totals[key] = add_exact(totals[key], exact)
    return Converted({key: Fraction(total) for key, total in totals.items()}, rest)
