"""Transactions made void: they stay in the books, and no sum counts them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text

from fintrack.services.commands import Work

_MARK = tuple(
    text(
        f"UPDATE {table} SET voided_at = :at{more} WHERE ledger_id = :ledger_id "  # noqa: S608 - constants only
        f"AND {key} = ANY(CAST(:ids AS bigint[]))"
    )
    for table, key, more in (
        ("transaction", "id", ", version = version + 1"),
        ("posting", "transaction_id", ""),
    )
)


async def make_void(work: Work, transaction_ids: Sequence[int]) -> None:
    """Marks transactions and their postings; two statements for any number of them."""
    await _mark(work, transaction_ids, work.now)


async def count_again(work: Work, transaction_ids: Sequence[int]) -> None:
    """Takes the mark of void ones away."""
    await _mark(work, transaction_ids, None)


async def _mark(
    work: Work, transaction_ids: Sequence[int], at: datetime | None
) -> None:
    values = {"ledger_id": work.ledger_id, "ids": list(transaction_ids), "at": at}
    for statement in _MARK:
        await work.session.execute(statement, values)
