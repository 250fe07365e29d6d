"""Transactions as people read them, each with its postings."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select, text

from fintrack.core.actor import LedgerRole
from fintrack.core.errors import NotFound
from fintrack.core.money import Money
from fintrack.models.ledger import TRANSACTIONS
from fintrack.services.commands import Work, question
from fintrack.services.ledger.beside import Beside, read_beside


@dataclass(frozen=True, slots=True)
class PostingView:
    """One posting with the account or category it is on; positive is into it.

    ``cleared_at`` is when it was marked as seen by the bank.
    """

    account_id: int
    account_name: str
    kind: str
    money: Money
    memo: str
    original: Money | None
    cleared_at: datetime | None = None
    reconciliation_id: int | None = None


@dataclass(frozen=True, slots=True)
class TransactionView:
    """A transaction with its postings in the order they were entered.

    ``category_source`` is ``you``, ``import``, ``learned`` or ``rule``; then
    ``rule_id`` says which one. ``attachments`` counts its files, and ``matched``, after
    what made it a transfer, the rows of another bank that it stands for.
    """

    id: int
    on_date: date
    payee: str
    description: str
    note: str
    category_source: str
    rule_id: int | None
    import_id: int | None
    voided_at: datetime | None
    version: int
    postings: tuple[PostingView, ...]
    tags: tuple[str, ...] = ()
    attachments: int = 0
    matched: int = 0


COLUMNS = tuple(
    f.name
    for f in fields(TransactionView)
    if f.name not in ("postings", "tags", "attachments", "matched")
)
"""What ``with_postings`` wants of each transaction, in this order.

Columns and no rows of tables: a page has a hundred of them.
"""
VIEWED = tuple(TRANSACTIONS.c[name] for name in COLUMNS)
# The ids are one value, an array: the statement is the same whatever their number.
_POSTINGS = text(
    "SELECT p.transaction_id, p.account_id, a.name, a.kind, p.amount_minor, "
    "p.currency, p.memo, p.original_minor, p.original_currency, p.cleared_at, "
    "p.reconciliation_id FROM posting p "
    "JOIN account a ON a.ledger_id = p.ledger_id AND a.id = p.account_id "
    "WHERE p.ledger_id = :ledger_id AND p.transaction_id = ANY(CAST(:ids AS bigint[])) "
    "ORDER BY p.position, p.id"
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
    query = select(*VIEWED).where(
        TRANSACTIONS.c.ledger_id == work.ledger_id,
        TRANSACTIONS.c.id == transaction_id,
    )
    row = (await work.session.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    return (await with_postings(work, [row]))[0]


async def with_postings(
    work: Work, found: Sequence[Row[*tuple[Any, ...]]]
) -> list[TransactionView]:
    """Views of rows of ``VIEWED`` in their order; two queries read all the rest."""
    if not found:
        return []
    ids = [row.id for row in found]
    values = {"ledger_id": work.ledger_id, "ids": ids}
    parts: dict[int, list[PostingView]] = defaultdict(list)
    for part in (await work.session.execute(_POSTINGS, values)).all():
        parts[part.transaction_id].append(_to_part(part))
    beside = await read_beside(work, ids)
    return [_to_view(row, tuple(parts[row.id]), beside[row.id]) for row in found]


def _to_part(part: Row[*tuple[Any, ...]]) -> PostingView:
    (
        _, account_id, name, kind, minor, currency, memo, foreign_minor, foreign,
        cleared_at, reconciliation_id,
    ) = part  # fmt: skip
    original = Money(foreign_minor, foreign) if foreign else None
    return PostingView(
        account_id, name, kind, Money(minor, currency), memo, original, cleared_at,
        reconciliation_id,
    )  # fmt: skip


def _to_view(
    row: Row[*tuple[Any, ...]], parts: tuple[PostingView, ...], beside: Beside
) -> TransactionView:
    (
        id_, on_date, payee, description, note, source, rule_id, import_id, voided_at,
        version,
    ) = row  # fmt: skip
    return TransactionView(
        id_, on_date, payee, description, note, source, rule_id, import_id, voided_at,
        version, parts, *beside,
    )  # fmt: skip
