"""Sums of postings over spans of days: whole months from the roll-up, edges by row."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Date, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col

from fintrack.core.period import month_of
from fintrack.models.ledger import BalanceMonth
from fintrack.services.commands import Work

# One index-only scan for each account and edge. A plain join would let the planner
# read every posting of the ledger, because no index leads with the day.
_EDGES = text(
    "SELECT p.account_id, p.currency, e.first, e.past, p.minor "
    "FROM account a CROSS JOIN unnest(:firsts, :pasts) AS e(first, past) "
    "CROSS JOIN LATERAL (SELECT account_id, currency, sum(amount_minor) AS minor "
    "FROM posting WHERE ledger_id = a.ledger_id AND account_id = a.id "
    "AND on_date >= e.first AND on_date < e.past AND voided_at IS NULL "
    "GROUP BY account_id, currency) p "
    "WHERE a.ledger_id = :ledger_id"
).bindparams(
    bindparam("firsts", type_=ARRAY(Date)), bindparam("pasts", type_=ARRAY(Date))
)


@dataclass(frozen=True, slots=True)
class Span:
    """The days from ``start`` up to but without ``end``; no start is the beginning."""

    start: date | None
    end: date


Sums = Mapping[tuple[int, str], int]
"""Minor units by account and currency; what did not move is not there."""


@dataclass(frozen=True, slots=True)
class _Edge:
    """Days of one month that a span has more (+1) or less (-1) than whole months."""

    first: date
    past: date
    sign: int


async def read_sums(work: Work, spans: Sequence[Span]) -> list[Sums]:
    """For each span what moved on every account of the ledger, voided left out.

    All spans are read by two queries, however many they are.
    """
    found: list[dict[tuple[int, str], int]] = [defaultdict(int) for _ in spans]
    await _add_months(work, spans, found)
    await _add_edges(work, spans, found)
    return [{key: minor for key, minor in sums.items() if minor} for sums in found]


async def _add_months(
    work: Work, spans: Sequence[Span], found: list[dict[tuple[int, str], int]]
) -> None:
    amount = func.sum(col(BalanceMonth.amount_minor))
    totals = [amount.filter(*_whole_months(span)) for span in spans]
    query = (
        select(col(BalanceMonth.account_id), col(BalanceMonth.currency), *totals)
        .where(
            col(BalanceMonth.ledger_id) == work.ledger_id,
            col(BalanceMonth.month) < max(_nearest_month(s.end) for s in spans),
        )
        .group_by(col(BalanceMonth.account_id), col(BalanceMonth.currency))
    )
    for account_id, currency, *minors in (await work.session.execute(query)).all():
        for sums, minor in zip(found, minors, strict=True):
            sums[account_id, currency] += int(minor or 0)


async def _add_edges(
    work: Work, spans: Sequence[Span], found: list[dict[tuple[int, str], int]]
) -> None:
    edges = [_edges(span) for span in spans]
    days = sorted({(edge.first, edge.past) for some in edges for edge in some})
    if not days:
        return
    firsts, pasts = zip(*days, strict=True)
    rows = await work.session.execute(
        _EDGES,
        {"ledger_id": work.ledger_id, "firsts": list(firsts), "pasts": list(pasts)},
    )
    moved = defaultdict(list)
    for row in rows:
        moved[row.first, row.past].append(row)
    for sums, some in zip(found, edges, strict=True):
        for edge in some:
            for row in moved[edge.first, edge.past]:
                sums[row.account_id, row.currency] += edge.sign * int(row.minor)


def _whole_months(span: Span) -> list[ColumnElement[bool]]:
    """The months that stand for the span before its edges are put right."""
    month = col(BalanceMonth.month)
    bounds = [month < _nearest_month(span.end)]
    if span.start is not None:
        bounds.append(month >= _nearest_month(span.start))
    return bounds


def _edges(span: Span) -> list[_Edge]:
    """What whole months miss (+1) or have too much (-1) at both ends of the span."""
    edges = [_edge_before(span.end, 1)]
    if span.start is not None:
        edges.append(_edge_before(span.start, -1))
    return [edge for edge in edges if edge.first < edge.past]


def _edge_before(day: date, sign: int) -> _Edge:
    """The days between ``day`` and the nearest month's start, signed for an end."""
    month = _nearest_month(day)
    return _Edge(month, day, sign) if month <= day else _Edge(day, month, -sign)


def _nearest_month(day: date) -> date:
    """The first of this month or of the next, whichever leaves fewer days to read."""
    month = month_of(day)
    nearer_start = (day - month.start) < (month.end - day)
    return month.start if nearer_start else month.end
