"""Curves: net worth and balances over a period, each point at the end of its day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select, text
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import ACCOUNT_KINDS
from fintrack.core.errors import InvalidInput, NotFound
from fintrack.core.money import Money
from fintrack.core.period import Period, month_of, months_in
from fintrack.models.ledger import Account, Ledger
from fintrack.services.commands import Work, question
from fintrack.services.dashboard.figures import by_base
from fintrack.services.rates.dated import DatedRates, read_dated

DAILY_UP_TO: Final = 92
MAX_POINTS: Final = 400

_ACCOUNTS = (
    "a.ledger_id = :ledger_id AND a.kind IN ('asset', 'liability') "
    "AND (CAST(:account_id AS bigint) IS NULL OR a.id = :account_id)"
)
# Moves up to the end of a month stand at the last day of it; they are read for months
# that lie wholly before the first day that is read posting by posting.
_MOVES = text(
    "SELECT b.currency, (b.month + interval '1 month - 1 day')::date AS on_date, "  # noqa: S608 - constants only
    "sum(b.amount_minor) AS minor FROM balance_month b JOIN account a "
    "ON a.ledger_id = b.ledger_id AND a.id = b.account_id "
    f"WHERE {_ACCOUNTS} AND b.month < :by_day GROUP BY 1, 2 "
    "UNION ALL "
    "SELECT p.currency, p.on_date, sum(p.minor) FROM account a CROSS JOIN LATERAL "
    "(SELECT currency, on_date, sum(amount_minor) AS minor FROM posting "
    "WHERE ledger_id = a.ledger_id AND account_id = a.id AND on_date >= :by_day "
    "AND on_date < :past AND voided_at IS NULL GROUP BY 1, 2) p "
    f"WHERE {_ACCOUNTS} GROUP BY 1, 2 ORDER BY 2"
)


@dataclass(frozen=True, slots=True)
class Point:
    """What was there at the end of a day."""

    on: date
    balance: Money


@dataclass(frozen=True, slots=True)
class Curve:
    """The points of one currency, oldest first."""

    currency: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A currency that is not in every point of a curve.

    ``counted_from`` is the day of the first point from which on it is in all of them;
    None where it is not even in the last.
    """

    currency: str
    counted_from: date | None


@dataclass(frozen=True, slots=True)
class WorthSeries:
    """Net worth: all in the base currency, each point at the rate of its own day.

    ``left_out`` are the currencies that lack a rate on a day on which they were there,
    by code; ``curves`` has each currency apart, the ledger's base currency first.
    """

    together: Curve
    left_out: tuple[LeftOut, ...]
    curves: tuple[Curve, ...]

    @property
    def unconverted(self) -> tuple[str, ...]:
        """The codes of those that are left out of some point."""
        return tuple(one.currency for one in self.left_out)


@question("networth.series", ledger=LedgerRole.VIEWER)
async def net_worth_series(
    work: Work, *, period: Period, points: int = MAX_POINTS
) -> WorthSeries:
    """Net worth over a period, together and by currency.

    A period of up to 92 days has a point for each day, a longer one for the end of
    each month and its last day; at most ``points`` of them, always with the last.
    Planned days are in it: a door that wants none gives a period that ends today.

    Raises:
        InvalidInput: ``points`` is not 2 to 400.
    """
    days = _days_of(period, points)
    moves = await _read_moves(work, period, None)
    base = await _base_currency(work)
    curves = tuple(
        Curve(code, _add_up(moves[code], days, code)) for code in by_base(moves, base)
    )
    wanted = [(one.currency, on) for one in curves for on in days]
    rates = await read_dated(work, base, wanted)
    return WorthSeries(*_bring_together(curves, days, rates), curves)


@question("account.curve", ledger=LedgerRole.VIEWER)
async def account_curve(
    work: Work, account_id: int, *, period: Period, points: int = MAX_POINTS
) -> Curve:
    """The balance of one account, with the points of ``net_worth_series``.

    Raises:
        NotFound: it does not exist in this ledger, or is a category.
        InvalidInput: ``points`` is not 2 to 400.
    """
    currency = await work.session.scalar(
        select(col(Account.currency)).where(
            col(Account.ledger_id) == work.ledger_id,
            col(Account.id) == account_id,
            col(Account.kind).in_(ACCOUNT_KINDS),
        )
    )
    if currency is None:
        raise NotFound
    moves = await _read_moves(work, period, account_id)
    return Curve(currency, _add_up(moves[currency], _days_of(period, points), currency))


async def _base_currency(work: Work) -> str:
    query = select(col(Ledger.base_currency)).where(col(Ledger.id) == work.ledger_id)
    return (await work.session.execute(query)).scalar_one()


def _bring_together(
    curves: Sequence[Curve], days: Sequence[date], rates: DatedRates
) -> tuple[Curve, tuple[LeftOut, ...]]:
    """One curve of all, and the currencies that are missing on some day."""
    totals = [
        rates.total((curve.points[place].balance, on) for curve in curves)
        for place, on in enumerate(days)
    ]
    points = (Point(on, total.money) for on, total in zip(days, totals, strict=True))
    after = dict(zip(days, [*days[1:], None], strict=True))
    # The last day on which a currency is missing is the one that stays.
    missing = {
        one.currency: after[on]
        for on, total in zip(days, totals, strict=True)
        for one in total.unconverted
        if one.minor
    }
    left_out = (LeftOut(*one) for one in sorted(missing.items()))
    return Curve(rates.to, tuple(points)), tuple(left_out)


def _days_of(period: Period, points: int) -> list[date]:
    """The days that get a point, thinned from the end so that the last one stays."""
    if not 2 <= points <= MAX_POINTS:  # noqa: PLR2004 - a line has two ends
        raise InvalidInput(
            "A curve has 2 to {limit} points.", field="points", limit=MAX_POINTS
        )
    if _is_daily(period):
        days = [period.start + timedelta(days=n) for n in range(period.days)]
    else:
        ends = [month_of(month).last_day for month in months_in(period)]
        days = [*ends[:-1], period.last_day]
    step = -(-len(days) // points)
    return days[::-1][::step][::-1]


def _is_daily(period: Period) -> bool:
    return period.days <= DAILY_UP_TO


async def _read_moves(
    work: Work, period: Period, account_id: int | None
) -> dict[str, list[tuple[date, int]]]:
    """By currency what moved up to the end of the period, oldest first."""
    first = period.start if _is_daily(period) else period.end
    rows = await work.session.execute(
        _MOVES,
        {
            "ledger_id": work.ledger_id,
            "account_id": account_id,
            "by_day": month_of(first).start,
            "past": period.end,
        },
    )
    moves: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for currency, on_date, minor in rows:
        moves[currency].append((on_date, int(minor)))
    return moves


def _add_up(
    moves: Sequence[tuple[date, int]], days: Sequence[date], currency: str
) -> tuple[Point, ...]:
    points, total, index = [], 0, 0
    for day in days:
        while index < len(moves) and moves[index][0] <= day:
            total += moves[index][1]
            index += 1
        points.append(Point(day, Money(total, currency)))
    return tuple(points)
