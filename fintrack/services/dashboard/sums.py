"""Sums of postings over spans of days: whole months from the roll-up, edges by row."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import Date, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY

from fintrack.core.period import month_of
from fintrack.services.commands import Work

# Each month from the first edge on, and all before it as one.
_MONTHS = text(
    "SELECT account_id, currency, CASE WHEN month >= :since THEN month END AS month, "
    "sum(amount_minor) AS minor FROM balance_month "
    "WHERE ledger_id = :ledger_id AND month < :past GROUP BY 1, 2, 3"
)
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

ExactSums = Mapping[tuple[int, str], int | Fraction]
"""The same, perhaps converted: what is no whole unit is rounded once in each figure."""


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
    bounds = [_whole_months(span) for span in spans]
    rows = await work.session.execute(
        _MONTHS,
        {
            "ledger_id": work.ledger_id,
            "since": min(first or past for first, past in bounds),
            "past": max(past for _, past in bounds),
        },
    )
    reached: dict[date | None, list[dict[tuple[int, str], int]]] = {}
    for account_id, currency, month, minor in rows.all():
        if month not in reached:
            reached[month] = [
                sums
                for sums, (first, past) in zip(found, bounds, strict=True)
                if _reaches(first, past, month)
            ]
        for sums in reached[month]:
            sums[account_id, currency] += int(minor)


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
    for row in rows.all():
        moved[row.first, row.past].append(row)
    for sums, some in zip(found, edges, strict=True):
        for edge in some:
            for row in moved[edge.first, edge.past]:
                sums[row.account_id, row.currency] += edge.sign * int(row.minor)


def _whole_months(span: Span) -> tuple[date | None, date]:
    """The months that stand for the span before its edges are put right."""
    first = None if span.start is None else _nearest_month(span.start)
    return first, _nearest_month(span.end)


def _reaches(first: date | None, past: date, month: date | None) -> bool:
    """Whether a month is inside; None stands for all those before any edge."""
    if month is None:
        return first is None
    return (first is None or first <= month) and month < past


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
