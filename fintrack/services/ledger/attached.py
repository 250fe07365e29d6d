"""How many files stand beside each transaction of a list."""

from collections.abc import Sequence

from sqlalchemy import text

from fintrack.services.commands import Work

# The ids are one value, an array: the statement is the same whatever their number.
_COUNTS = text(
    "SELECT transaction_id, count(*) AS files FROM attachment "
    "WHERE ledger_id = :ledger_id AND transaction_id = ANY(CAST(:ids AS bigint[])) "
    "GROUP BY transaction_id"
)


async def count_attachments(
    work: Work, transaction_ids: Sequence[int]
) -> dict[int, int]:
    """How many attachments each transaction has that has some."""
    values = {"ledger_id": work.ledger_id, "ids": list(transaction_ids)}
    found = await work.session.execute(_COUNTS, values)
    return {row.transaction_id: row.files for row in found.all()}
