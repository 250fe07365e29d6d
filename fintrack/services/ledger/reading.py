"""Transactions as people read them, each with its postings."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.errors import NotFound
from fintrack.core.money import Money
from fintrack.models.ledger import Account, Posting, Transaction
from fintrack.services.commands import Work, question


@dataclass(frozen=True, slots=True)
class PostingView:
    """One posting with the account or category it is on; positive is into it."""

    account_id: int
    account_name: str
    kind: str
    money: Money
    memo: str
    original: Money | None


@dataclass(frozen=True, slots=True)
class TransactionView:
    """A transaction with its postings in the order they were entered."""

    id: int
    on_date: date
    payee: str
    description: str
    note: str
    category_source: str
    import_id: int | None
    voided_at: datetime | None
    version: int
    postings: tuple[PostingView, ...]


# Columns and no rows of tables: a page has a hundred of them.
_PART = (
    col(Posting.transaction_id),
    col(Posting.account_id),
    col(Posting.currency),
    col(Posting.amount_minor),
    col(Posting.original_currency),
    col(Posting.original_minor),
    col(Posting.memo),
    col(Account.name),
    col(Account.kind),
)


@question("transaction.find", ledger=LedgerRole.VIEWER)
async def find_transaction(work: Work, transaction_id: int) -> TransactionView:
    """One transaction.

    Raises:
        NotFound: it does not exist in this ledger.
    """
    return await view(work, transaction_id)


async def view(work: Work, transaction_id: int) -> TransactionView:
    """The transaction with this id, for verbs that have just written it."""
    row = await work.session.scalar(
        select(Transaction).where(
            col(Transaction.ledger_id) == work.ledger_id,
            col(Transaction.id) == transaction_id,
        )
    )
    if row is None:
        raise NotFound
    return (await with_postings(work, [row]))[0]


async def with_postings(
    work: Work, found: Sequence[Transaction]
) -> list[TransactionView]:
    """Views of ``found`` in their order, all postings read by one query."""
    query = (
        select(*_PART)
        .join(
            Account,
            (col(Account.ledger_id) == col(Posting.ledger_id))
            & (col(Account.id) == col(Posting.account_id)),
        )
        .where(
            col(Posting.ledger_id) == work.ledger_id,
            col(Posting.transaction_id).in_([row.id for row in found]),
        )
        .order_by(col(Posting.position), col(Posting.id))
    )
    parts: dict[int, list[PostingView]] = defaultdict(list)
    for part in (await work.session.execute(query)).all():
        parts[part.transaction_id].append(_to_part(part))
    return [_to_view(row, parts[row.id]) for row in found]


def _to_part(part: Row[*tuple[Any, ...]]) -> PostingView:
    original = None
    if part.original_currency and part.original_minor is not None:
        original = Money(part.original_minor, part.original_currency)
    return PostingView(
        account_id=part.account_id,
        account_name=part.name,
        kind=part.kind,
        money=Money(part.amount_minor, part.currency),
        memo=part.memo,
        original=original,
    )


def _to_view(row: Transaction, parts: Iterable[PostingView]) -> TransactionView:
    return TransactionView(
        id=row.id,
        on_date=row.on_date,
        payee=row.payee,
        description=row.description,
        note=row.note,
        category_source=row.category_source,
        import_id=row.import_id,
        voided_at=row.voided_at,
        version=row.version,
        postings=tuple(parts),
    )
