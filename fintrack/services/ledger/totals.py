"""What came in and went out among the transactions that a list shows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
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
    count = await work.session.scalar(select(func.count()).select_from(kept.subquery()))
    return ViewTotals(count or 0, await _flows(work, wanted, daily=False))


@question("transaction.total_days", ledger=LedgerRole.VIEWER)
async def total_days(work: Work, wanted: Filter) -> tuple[Flow, ...]:
    """The flows of each day, by day and currency; days without one are left out."""
    return await _flows(work, wanted, daily=True)


async def _flows(work: Work, wanted: Filter, *, daily: bool) -> tuple[Flow, ...]:
    keys: list[Any] = [col(Posting.currency), col(Account.kind)]
    if daily:
        keys.append(col(Posting.on_date))
    query = (
        select(*keys, func.sum(col(Posting.amount_minor)))
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
        .group_by(*keys)
    )
    if wanted.category_ids:
        query = query.where(col(Posting.account_id).in_(wanted.category_ids))
    if not _is_told_by_postings(wanted):
        kept = (await narrowed(work, wanted)).with_only_columns(col(Transaction.id))
        query = query.where(col(Posting.transaction_id).in_(kept))
    found = (await work.session.execute(query)).all()
    sums = (
        (row[2] if daily else None, row[0], Kind(row[1]), int(Decimal(row[-1])))
        for row in found
    )
    return _paired(sums)


def _is_told_by_postings(wanted: Filter) -> bool:
    """Whether the transactions themselves need not be read: only days or categories."""
    rest = replace(wanted, since=None, until=None, category_ids=(), with_void=False)
    return rest == Filter()


def _paired(sums: Iterable[tuple[date | None, str, Kind, int]]) -> tuple[Flow, ...]:
    """Income and expense of one day and currency side by side.

    A posting on an income category is negative: the money came from there.
    """
    pairs: dict[tuple[date, str], list[int]] = {}
    for day, currency, kind, minor in sums:
        pair = pairs.setdefault((day or date.min, currency), [0, 0])
        pair[kind is Kind.EXPENSE] = minor if kind is Kind.EXPENSE else -minor
    return tuple(
        Flow(
            None if day == date.min else day, Money(ins, currency), Money(out, currency)
        )
        for (day, currency), (ins, out) in sorted(pairs.items())
    )
