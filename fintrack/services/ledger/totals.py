"""What came in and went out among the transactions that a list shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, func, select

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import CATEGORY_KINDS, Kind
from fintrack.core.money import Money
from fintrack.models.ledger import ACCOUNTS, POSTINGS, TRANSACTIONS
from fintrack.services.commands import Work, question
from fintrack.services.ledger.conditions import with_children
from fintrack.services.ledger.listing import Filter, Reach, narrowed
from fintrack.services.rates.dated import DatedRates, SeenRate, read_dated

_T, _P, _A = TRANSACTIONS.c, POSTINGS.c, ACCOUNTS.c


@dataclass(frozen=True, slots=True)
class Flow:
    """Income and spending in one currency; money back lowers the spending.

    Transfers are neither.
    """

    came_in: Money
    went_out: Money

    @property
    def left(self) -> Money:
        """What came in without what went out."""
        return self.came_in - self.went_out


@dataclass(frozen=True, slots=True)
class DayFlow(Flow):
    """The flow of one day."""

    on_date: date


@dataclass(frozen=True, slots=True)
class ViewTotals:
    """How many transactions a filter keeps, and their flows by currency.

    ``days`` are the same by day and currency. ``together`` has all of them in one
    currency, each at the rate of its day; what no rate brings there is not in it and
    stands in ``unconverted``, by currency. ``oldest_rate`` is the one that was the
    oldest on its day.
    """

    count: int
    flows: tuple[Flow, ...]
    days: tuple[DayFlow, ...]
    together: Flow
    unconverted: tuple[Flow, ...]
    oldest_rate: SeenRate | None


@question("transaction.total", ledger=LedgerRole.VIEWER)
async def total_transactions(work: Work, wanted: Filter, to: str) -> ViewTotals:
    """The flows of everything that a filter keeps; what is void counts nowhere.

    ``to`` is the currency in which they are brought together. It reads every posting
    of the view: ask it for a bounded span of days.
    """
    count, days = await _counted(work, wanted)
    pairs = {(one.left.currency, one.on_date) for one in days}
    rates = await read_dated(work, to, pairs)
    together, unconverted = _bring_together(days, rates)
    flows, oldest = _summed(days), rates.oldest(pairs)
    return ViewTotals(count, flows, days, together, unconverted, oldest)


async def _counted(work: Work, wanted: Filter) -> tuple[int, tuple[DayFlow, ...]]:
    """How many they are, and their flows by day and currency."""
    kept = (await narrowed(work, wanted)).with_only_columns(_T.id)
    count = select(func.count()).select_from(kept.subquery()).scalar_subquery()
    query = (await _sums(work, wanted)).add_columns(count.label("count"))
    found = (await work.session.execute(query)).all()
    # What has no flows, as transfers, has no row that the count could stand in.
    number = found[0][-1] if found else await work.session.scalar(select(count))
    return number or 0, _paired(found)


@question("transaction.total_days", ledger=LedgerRole.VIEWER)
async def total_days(work: Work, wanted: Filter) -> tuple[DayFlow, ...]:
    """The flows of each day, by day and currency; days without one are left out."""
    query = await _sums(work, wanted)
    return _paired((await work.session.execute(query)).all())


async def _sums(work: Work, wanted: Filter) -> Select[Any]:
    """Day, currency, kind, minor units."""
    keys = (_P.on_date, _P.currency, _A.kind)
    query = (
        select(*keys, func.sum(_P.amount_minor))
        .join(ACCOUNTS, (_A.ledger_id == _P.ledger_id) & (_A.id == _P.account_id))
        .where(
            _P.ledger_id == work.ledger_id,
            _P.voided_at.is_(None),
            _A.kind.in_(CATEGORY_KINDS),
            *Reach(wanted).bounds(_P.on_date, _P.transaction_id),
        )
        .group_by(*keys)
    )
    if categories := await with_children(work, wanted.category_ids):
        query = query.where(_P.account_id.in_(categories))
    if not _is_told_by_postings(wanted):
        kept = (await narrowed(work, wanted)).with_only_columns(_T.id)
        query = query.where(_P.transaction_id.in_(kept))
    return query


def _is_told_by_postings(wanted: Filter) -> bool:
    """Whether the transactions themselves need not be read: only days or categories."""
    rest = replace(wanted, since=None, until=None, category_ids=(), with_void=False)
    return rest == Filter()


def _paired(sums: Iterable[Row[*tuple[Any, ...]]]) -> tuple[DayFlow, ...]:
    """Income and expense of one day and currency side by side, by day and currency.

    A posting on an income category is negative: the money came from there.
    """
    pairs: dict[tuple[date, str], list[int]] = {}
    for day, currency, kind, minor, *_ in sums:
        is_spent = kind == Kind.EXPENSE
        pair = pairs.setdefault((day, currency), [0, 0])
        pair[is_spent] = int(minor) if is_spent else -int(minor)
    return tuple(
        DayFlow(Money(came_in, currency), Money(went_out, currency), day)
        for (day, currency), (came_in, went_out) in sorted(pairs.items())
    )


def _bring_together(
    days: Sequence[DayFlow], rates: DatedRates
) -> tuple[Flow, tuple[Flow, ...]]:
    """All in one currency, and by currency what no rate brings there."""
    came_in = rates.total((flow.came_in, flow.on_date) for flow in days)
    went_out = rates.total((flow.went_out, flow.on_date) for flow in days)
    rest = (
        flow for flow in days if not rates.is_known(flow.left.currency, flow.on_date)
    )
    return Flow(came_in.money, went_out.money), _summed(rest)


def _summed(days: Iterable[DayFlow]) -> tuple[Flow, ...]:
    """The flows of all days together, by currency."""
    totals: dict[str, Flow] = {}
    for flow in days:
        code = flow.left.currency
        known = totals.get(code, Flow(Money(0, code), Money(0, code)))
        came_in = known.came_in + flow.came_in
        totals[code] = Flow(came_in, known.went_out + flow.went_out)
    return tuple(totals[code] for code in sorted(totals))
