"""Removes exactly what the sample data added; what the person added stays."""

from dataclasses import dataclass

from sqlalchemy import TextClause, select, text
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.errors import NotFound
from fintrack.models.imports import SAMPLE, ImportBatch
from fintrack.models.ledger import Ledger, Transaction
from fintrack.services.commands import Work, command
from fintrack.services.imports.habits import remove_habits
from fintrack.services.ledger.chain import find_standing, open_again
from fintrack.services.ledger.matching import forget_gone

_PARTS = tuple(
    text(
        f"WITH gone AS (DELETE FROM {table} p USING transaction t "  # noqa: S608 - constants only
        "WHERE t.ledger_id = :ledger_id AND t.import_id = :import_id "
        "AND p.ledger_id = t.ledger_id AND p.transaction_id = t.id RETURNING 1) "
        "SELECT count(*) FROM gone"
    )
    for table in ("posting", "transaction_tag", "attachment")
)
_TRANSACTIONS = text(
    "WITH gone AS (DELETE FROM transaction WHERE ledger_id = :ledger_id "
    "AND import_id = :import_id RETURNING 1) SELECT count(*) FROM gone"
)
_BATCH = text(
    "WITH gone AS (DELETE FROM import_batch WHERE ledger_id = :ledger_id "
    "AND id = :import_id RETURNING 1) SELECT count(*) FROM gone"
)
_RECONCILED = text(
    "SELECT p.account_id, min(p.reconciliation_id) AS first_id FROM posting p "
    "JOIN transaction t ON t.ledger_id = p.ledger_id AND t.id = p.transaction_id "
    "WHERE t.ledger_id = :ledger_id AND t.import_id = :import_id "
    "AND p.reconciliation_id IS NOT NULL GROUP BY p.account_id ORDER BY 1"
)
# An account goes when nothing is left that speaks of it; what was remembered about
# reading files into it and its reconciliations go along.
_ACCOUNTS = text(
    "WITH unused AS (SELECT a.id FROM account a WHERE a.ledger_id = :ledger_id "
    "AND a.id = ANY(:made) "
    "AND NOT EXISTS (SELECT FROM posting p WHERE p.ledger_id = a.ledger_id "
    "AND p.account_id = a.id) "
    "AND NOT EXISTS (SELECT FROM account c WHERE c.ledger_id = a.ledger_id "
    "AND a.id IN (c.parent_id, c.merged_into_id)) "
    "AND NOT EXISTS (SELECT FROM rule r WHERE r.ledger_id = a.ledger_id "
    "AND r.transfer_account_id = a.id) "
    "AND NOT EXISTS (SELECT FROM rule_condition c WHERE c.ledger_id = a.ledger_id "
    "AND c.account_id = a.id) "
    "AND NOT EXISTS (SELECT FROM rule_share s WHERE s.ledger_id = a.ledger_id "
    "AND s.category_id = a.id) "
    "AND NOT EXISTS (SELECT FROM recurring_item r WHERE r.ledger_id = a.ledger_id "
    "AND a.id IN (r.account_id, r.other_id)) "
    "AND NOT EXISTS (SELECT FROM template t WHERE t.ledger_id = a.ledger_id "
    "AND a.id IN (t.account_id, t.to_account_id)) "
    "AND NOT EXISTS (SELECT FROM template_share s WHERE s.ledger_id = a.ledger_id "
    "AND s.category_id = a.id) "
    "AND NOT EXISTS (SELECT FROM import_batch b WHERE b.ledger_id = a.ledger_id "
    "AND b.account_id = a.id) "
    "AND NOT EXISTS (SELECT FROM import_preview v WHERE v.ledger_id = a.ledger_id "
    "AND v.account_id = a.id)), "
    "forgotten AS (DELETE FROM import_mapping m USING unused u "
    "WHERE m.ledger_id = :ledger_id AND m.account_id = u.id), "
    "compared AS (DELETE FROM reconciliation r USING unused u "
    "WHERE r.ledger_id = :ledger_id AND r.account_id = u.id), "
    "gone AS (DELETE FROM account a USING unused u WHERE a.id = u.id RETURNING 1) "
    "SELECT count(*) FROM gone"
)
# An account that was closed when the sample had brought it to zero holds money again.
_REOPENED = text(
    "WITH opened AS (UPDATE account a SET closed_on = NULL, version = version + 1 "
    "WHERE a.ledger_id = :ledger_id AND a.closed_on IS NOT NULL "
    "AND a.kind IN ('asset', 'liability') AND (SELECT sum(amount_minor) "
    "FROM balance_month WHERE ledger_id = a.ledger_id AND account_id = a.id) <> 0 "
    "RETURNING 1) SELECT count(*) FROM opened"
)


@dataclass(frozen=True, slots=True)
class SampleRemoved:
    """How much went; ``kept`` accounts and categories hold something of one's own."""

    transactions: int
    kept: int


@command("sample.remove", ledger=LedgerRole.EDITOR)
async def remove_sample(work: Work) -> SampleRemoved:
    """Removes the transactions of the sample, edited ones too, and its places.

    What comes again in the sample goes along, with what it has booked meanwhile, and so
    do its templates.

    Accounts and categories that something of one's own speaks of stay. A ledger that
    was started with the sample can be started again.

    Raises:
        NotFound: there is no sample data.
    """
    batch = await find_batch(work)
    if batch is None:
        raise NotFound
    made = list(batch.accounts_made)
    await _open_reconciliations(work, batch)
    own = col(Transaction.ledger_id) == work.ledger_id
    await forget_gone(work, own & (col(Transaction.import_id) == batch.id))
    await remove_habits(work, batch.id)
    for statement in _PARTS:
        await _run(work, statement, import_id=batch.id)
    transactions = await _run(work, _TRANSACTIONS, import_id=batch.id)
    await _run(work, _BATCH, import_id=batch.id)
    left = len(made)
    # Children go before their parents, one level each time.
    while gone := await _run(work, _ACCOUNTS, made=made):
        left -= gone
    await _run(work, _REOPENED)
    ledger = await work.session.get_one(Ledger, work.ledger_id)
    if ledger.started_with == SAMPLE:
        ledger.started_with = None
        ledger.version += 1
        await work.session.flush()
    return SampleRemoved(transactions, left)


async def find_batch(work: Work) -> ImportBatch | None:
    """The import that brought the sample data, if it is there."""
    found: ImportBatch | None = await work.session.scalar(
        select(ImportBatch).where(
            col(ImportBatch.ledger_id) == work.ledger_id,
            col(ImportBatch.source) == SAMPLE,
        )
    )
    return found


async def _open_reconciliations(work: Work, batch: ImportBatch) -> None:
    """What counts on rows of the sample no longer adds up when they go."""
    values = {"ledger_id": work.ledger_id, "import_id": batch.id}
    for account_id, first_id in (await work.session.execute(_RECONCILED, values)).all():
        standing = await find_standing(work, account_id, since_id=first_id)
        await open_again(work, standing)


async def _run(work: Work, statement: TextClause, **values: object) -> int:
    """The number of rows it changed."""
    bound = {"ledger_id": work.ledger_id, **values}
    return int((await work.session.execute(statement, bound)).scalar_one())
