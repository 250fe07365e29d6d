"""What came in and went out among the transactions that a list shows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, null, select

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import CATEGORY_KINDS, Kind
from fintrack.core.money import Money
from fintrack.models.ledger import ACCOUNTS, POSTINGS, TRANSACTIONS
from fintrack.services.commands import Work, question
from fintrack.services.ledger.listing import Filter, Reach, narrowed

_T, _P, _A = TRANSACTIONS.c, POSTINGS.c, ACCOUNTS.c


@dataclass(frozen=True, slots=True)
class Flow:
    """Income and spending in one currency; money back lowers the spending.

    ``on_date`` is the day, or None for the whole view. Transfers are neither.
    """

    on_date: date | None
    came_in: Money
    went_out: Money

    @property
    def left(self) -> Money:
        """What came in without what went out."""
        return self.came_in - self.went_out

    def __add__(self, other: "Flow") -> "Flow":
        """Both together, in the one currency that they have."""
        came_in = self.came_in + other.came_in
        return Flow(None, came_in, self.went_out + other.went_out)


@dataclass(frozen=True, slots=True)
class ViewTotals:
    """How many transactions a filter keeps, and their flows by currency.

    ``days`` are the same by day and currency, where they were asked for.
    """

    count: int
    flows: tuple[Flow, ...]
    days: tuple[Flow, ...] = ()


@question("transaction.total", ledger=LedgerRole.VIEWER)
async def total_transactions(work: Work, wanted: Filter) -> ViewTotals:
    """The flows of everything that a filter keeps; what is void counts nowhere.

    It reads every posting of the view: ask it for a bounded span of days.
    """
    count, flows = await _counted(work, wanted)
    return ViewTotals(count, flows)


@question("transaction.total_view", ledger=LedgerRole.VIEWER)
async def total_view(work: Work, wanted: Filter) -> ViewTotals:
    """The same with the flows of each day, from one statement; for a bounded span."""
    count, days = await _counted(work, wanted, _P.on_date)
    return ViewTotals(count, _summed(days), days)


async def _counted(
    work: Work, wanted: Filter, *by: ColumnElement[date]
) -> tuple[int, tuple[Flow, ...]]:
    kept = (await narrowed(work, wanted)).with_only_columns(_T.id)
    count = select(func.count()).select_from(kept.subquery()).scalar_subquery()
    query = (await _sums(work, wanted, *by)).add_columns(count.label("count"))
    found = (await work.session.execute(query)).all()
    # What has no flows, as transfers, has no row that the count could stand in.
    number = found[0][-1] if found else await work.session.scalar(select(count))
    return number or 0, _paired(found)


@question("transaction.total_days", ledger=LedgerRole.VIEWER)
async def total_days(work: Work, wanted: Filter) -> tuple[Flow, ...]:
    """The flows of each day, by day and currency; days without one are left out."""
    query = await _sums(work, wanted, _P.on_date)
    return _paired((await work.session.execute(query)).all())


async def _sums(work: Work, wanted: Filter, *by: ColumnElement[date]) -> Select[Any]:
    """Day (or null), currency, kind, minor units; by day where it is asked for."""
    keys = (*by, _P.currency, _A.kind)
    query = (
        select(*(by or [null()]), _P.currency, _A.kind, func.sum(_P.amount_minor))
        .join(ACCOUNTS, (_A.ledger_id == _P.ledger_id) & (_A.id == _P.account_id))
        .where(
            _P.ledger_id == work.ledger_id,
            _P.voided_at.is_(None),
            _A.kind.in_(CATEGORY_KINDS),
            *Reach(wanted).bounds(_P.on_date, _P.transaction_id),
        )
        .group_by(*keys)
    )
    if wanted.category_ids:
        query = query.where(_P.account_id.in_(wanted.category_ids))
    if not _is_told_by_postings(wanted):
        kept = (await narrowed(work, wanted)).with_only_columns(_T.id)
        query = query.where(_P.transaction_id.in_(kept))
    return query


def _is_told_by_postings(wanted: Filter) -> bool:
    """Whether the transactions themselves need not be read: only days or categories."""
    rest = replace(wanted, since=None, until=None, category_ids=(), with_void=False)
    return rest == Filter()


def _paired(sums: Iterable[Row[*tuple[Any, ...]]]) -> tuple[Flow, ...]:
    """Income and expense of one day and currency side by side, by day and currency.

    A posting on an income category is negative: the money came from there.
    """
    pairs: dict[tuple[date | None, str], list[int]] = {}
    for day, currency, kind, minor, *_ in sums:
        is_spent = kind == Kind.EXPENSE
        pair = pairs.setdefault((day, currency), [0, 0])
        pair[is_spent] = int(minor) if is_spent else -int(minor)
    flows = [
        Flow(day, Money(came_in, currency), Money(went_out, currency))
        for (day, currency), (came_in, went_out) in pairs.items()
    ]
    flows.sort(key=lambda flow: (flow.on_date or date.min, flow.left.currency))
    return tuple(flows)


def _summed(days: Iterable[Flow]) -> tuple[Flow, ...]:
    """The flows of all days together, by currency."""
    totals: dict[str, Flow] = {}
    for flow in days:
        nothing = Money(0, flow.left.currency)
        known = totals.get(flow.left.currency, Flow(None, nothing, nothing))
        totals[flow.left.currency] = known + flow
    return tuple(totals[currency] for currency in sorted(totals))
