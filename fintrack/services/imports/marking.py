"""The mark of the bank on what was in the books before an import spoke of it."""

from collections.abc import Sequence

from sqlalchemy import text

from fintrack.models.imports import ImportBatch
from fintrack.services.commands import Work

_MARK = text(
    "UPDATE posting SET cleared_at = :at WHERE ledger_id = :ledger_id "
    "AND id = ANY(CAST(:ids AS bigint[])) AND cleared_at IS NULL"
)
# What two banks have told is not only its import's any more: like what was edited, it
# is asked about before that import is taken back.
_TOUCH = text(
    "UPDATE transaction t SET version = t.version + 1 FROM posting p "
    "JOIN import_batch b ON b.ledger_id = p.ledger_id AND b.account_id <> p.account_id "
    "WHERE p.ledger_id = :ledger_id AND p.id = ANY(CAST(:ids AS bigint[])) "
    "AND p.cleared_at IS NULL AND t.ledger_id = p.ledger_id "
    "AND t.id = p.transaction_id AND t.on_date = p.on_date AND b.id = t.import_id"
)
# An import marks at the very instant at which it was made, whatever it marks: no other
# table has to remember it, and a mark that a person has renewed since is another one.
_UNMARK = text(
    "UPDATE posting p SET cleared_at = NULL FROM transaction t "
    "WHERE p.ledger_id = :ledger_id AND p.account_id = :account_id "
    "AND p.cleared_at = :at AND p.reconciliation_id IS NULL "
    "AND t.ledger_id = p.ledger_id AND t.id = p.transaction_id "
    "AND t.on_date = p.on_date AND t.import_id IS DISTINCT FROM :import_id"
)


async def mark_seen(work: Work, posting_ids: Sequence[int]) -> None:
    """Marks postings of which the rows of a bank speak; two statements for all.

    What has a mark keeps it, and so does what is reconciled.
    """
    if posting_ids:
        values = {"ledger_id": work.ledger_id, "ids": list(posting_ids)}
        await work.session.execute(_TOUCH, values)
        await work.session.execute(_MARK, {**values, "at": work.now})


async def unmark_seen(work: Work, batch: ImportBatch) -> None:
    """Takes the marks of an import away again, except from what is reconciled.

    One that left no row out has none, and its account need not be looked through; what
    a transfer took from a row goes with that (``forget_gone``).
    """
    if batch.rows_skipped:
        await work.session.execute(
            _UNMARK,
            {
                "ledger_id": work.ledger_id,
                "account_id": batch.account_id,
                "at": batch.created_at,
                "import_id": batch.id,
            },
        )
