"""What came in and went out among the transactions that a list shows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import CATEGORY_KINDS, Kind
from fintrack.core.money import Money
from fintrack.models.ledger import Account, Posting, Transaction
from fintrack.services.commands import Work, question
from fintrack.services.ledger.listing import Filter, Reach, narrowed


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


@dataclass(frozen=True, slots=True)
class ViewTotals:
    """How many transactions a filter keeps, and their flows by currency."""

    count: int
    flows: tuple[Flow, ...]


@question("transaction.total", ledger=LedgerRole.VIEWER)
async def total_transactions(work: Work, wanted: Filter) -> ViewTotals:
    """The flows of everything that a filter keeps; what is void counts nowhere.

    It reads every posting of the view: ask it for a bounded span of days.
    """
    kept = (await narrowed(work, wanted)).with_only_columns(col(Transaction.id))
    count = select(func.count()).select_from(kept.subquery()).scalar_subquery()
    query = await _sums(work, wanted, [], count)
    found = (await work.session.execute(query)).all()
    # What has no flows, as transfers, has no row that the count could stand in.
    number = found[0][-1] if found else await work.session.scalar(select(count))
    return ViewTotals(number or 0, _paired((None, *row[:3]) for row in found))


@question("transaction.total_days", ledger=LedgerRole.VIEWER)
async def total_days(work: Work, wanted: Filter) -> tuple[Flow, ...]:
    """The flows of each day, by day and currency; days without one are left out."""
    query = await _sums(work, wanted, [col(Posting.on_date)])
    found = (await work.session.execute(query)).all()
    return _paired((row[3], *row[:3]) for row in found)


async def _sums(
    work: Work, wanted: Filter, by: list[Any], *beside: ScalarSelect[int]
) -> Select[Any]:
    """Currency, kind, minor units; then what else they are summed ``by``."""
    keys: list[Any] = [col(Posting.currency), col(Account.kind)]
    query = (
        select(*keys, func.sum(col(Posting.amount_minor)), *by, *beside)
        .join(
            Account,
            (col(Account.ledger_id) == col(Posting.ledger_id))
            & (col(Account.id) == col(Posting.account_id)),
        )
        .where(
            col(Posting.ledger_id) == work.ledger_id,
            col(Posting.voided_at).is_(None),
            col(Account.kind).in_(CATEGORY_KINDS),
            *Reach(wanted).bounds(col(Posting.on_date), col(Posting.transaction_id)),
        )
        .group_by(*keys, *by)
    )
    if wanted.category_ids:
        query = query.where(col(Posting.account_id).in_(wanted.category_ids))
    if not _is_told_by_postings(wanted):
        kept = (await narrowed(work, wanted)).with_only_columns(col(Transaction.id))
        query = query.where(col(Posting.transaction_id).in_(kept))
    return query


def _is_told_by_postings(wanted: Filter) -> bool:
    """Whether the transactions themselves need not be read: only days or categories."""
    rest = replace(wanted, since=None, until=None, category_ids=(), with_void=False)
    return rest == Filter()


def _paired(sums: Iterable[tuple[date | None, str, str, Decimal]]) -> tuple[Flow, ...]:
    """Income and expense of one day and currency side by side.

    A posting on an income category is negative: the money came from there.
    """
    pairs: dict[tuple[date, str], list[int]] = {}
    for day, currency, kind, minor in sums:
        pair = pairs.setdefault((day or date.min, currency), [0, 0])
        is_spent = kind == Kind.EXPENSE
        pair[is_spent] = int(minor) if is_spent else -int(minor)
    return tuple(
        Flow(
            None if day == date.min else day, Money(ins, currency), Money(out, currency)
        )
        for (day, currency), (ins, out) in sorted(pairs.items())
    )
