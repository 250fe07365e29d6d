"""One transfer told by two banks, of which the second says that it was one.

Both files are in the books, and the row of one account waits without a category. Then
the row of the other account becomes a transfer: it brings the same money a second time.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import text

from fintrack.core.chart import UNCATEGORISED_TYPE
from fintrack.models.imports import ImportBatch
from fintrack.services.commands import Work
from fintrack.services.ledger.voiding import count_again, make_void

MATCHED_DAYS = 3

# The bank's own posting of a row is cleared, and that of its category is on no account.
_BROUGHT = text(
    "SELECT p.transaction_id FROM transaction t JOIN posting p "
    "ON p.ledger_id = t.ledger_id AND p.transaction_id = t.id "
    "AND p.on_date = t.on_date AND p.position > 0 AND p.cleared_at IS NULL "
    "JOIN account a ON a.ledger_id = p.ledger_id AND a.id = p.account_id "
    "AND a.kind IN ('asset', 'liability') "
    "WHERE t.ledger_id = :ledger_id AND t.import_id = :import_id"
)
# The arrived money of transfers, and beside it what came with the file of its account,
# has no category and nothing of its own that would go with it.
_PAIRS = text(
    "WITH arrived AS (SELECT p.* FROM posting p JOIN account a "
    "ON a.ledger_id = p.ledger_id AND a.id = p.account_id "
    "AND a.kind IN ('asset', 'liability') "
    "WHERE p.ledger_id = :ledger_id AND p.voided_at IS NULL AND p.cleared_at IS NULL "
    "AND p.transaction_id = ANY(CAST(:ids AS bigint[])) AND EXISTS (SELECT FROM "
    "posting s JOIN account b ON b.ledger_id = s.ledger_id AND b.id = s.account_id "
    "AND b.kind IN ('asset', 'liability') WHERE s.ledger_id = p.ledger_id "
    "AND s.transaction_id = p.transaction_id AND s.on_date = p.on_date "
    "AND s.account_id <> p.account_id)) "
    "SELECT m.id AS arrived_id, t.id AS told_id, o.cleared_at "
    "FROM arrived m JOIN posting o ON o.ledger_id = m.ledger_id "
    "AND o.account_id = m.account_id AND o.amount_minor = m.amount_minor "
    "AND o.on_date BETWEEN m.on_date - :days AND m.on_date + :days "
    "AND o.voided_at IS NULL AND o.reconciliation_id IS NULL "
    "JOIN transaction t ON t.ledger_id = o.ledger_id AND t.id = o.transaction_id "
    "AND t.on_date = o.on_date JOIN import_batch i ON i.ledger_id = t.ledger_id "
    "AND i.id = t.import_id AND i.account_id = o.account_id "
    "WHERE NOT EXISTS (SELECT FROM posting x JOIN account c "
    "ON c.ledger_id = x.ledger_id AND c.id = x.account_id "
    "WHERE x.ledger_id = t.ledger_id AND x.transaction_id = t.id "
    "AND x.on_date = t.on_date AND x.id <> o.id AND c.type <> :open) "
    "AND NOT EXISTS (SELECT FROM attachment f WHERE f.ledger_id = t.ledger_id "
    "AND f.transaction_id = t.id) "
    "ORDER BY abs(o.on_date - m.on_date), m.id, t.id"
)
_SEEN = text(
    "UPDATE posting p SET cleared_at = c.at FROM unnest(CAST(:ids AS bigint[]), "
    "CAST(:ats AS timestamptz[])) AS c(id, at) "
    "WHERE p.ledger_id = :ledger_id AND p.id = c.id"
)
# A transfer that stays, because somebody edited it, goes on to stand for its row.
_UNMATCHED = text(
    "SELECT t.id FROM transaction t JOIN import_batch i ON i.ledger_id = t.ledger_id "
    "AND i.id = t.import_id JOIN posting o ON o.ledger_id = t.ledger_id "
    "AND o.transaction_id = t.id AND o.on_date = t.on_date "
    "AND o.account_id = i.account_id "
    "WHERE t.ledger_id = :ledger_id AND t.voided_at = :at "
    "AND t.import_id <> :import_id "
    "AND NOT EXISTS (SELECT FROM posting m JOIN transaction k "
    "ON k.ledger_id = m.ledger_id AND k.id = m.transaction_id "
    "AND k.on_date = m.on_date AND k.import_id = :import_id AND k.voided_at IS NULL "
    "WHERE m.ledger_id = o.ledger_id AND m.account_id = o.account_id "
    "AND m.amount_minor = o.amount_minor "
    "AND m.on_date BETWEEN o.on_date - :days AND o.on_date + :days)"
)


class _Pair(NamedTuple):
    arrived_id: int
    told_id: int
    cleared_at: object


async def match_import(work: Work, import_id: int) -> int:
    """``match_transfers`` for those that an import has just brought."""
    values = {"ledger_id": work.ledger_id, "import_id": import_id}
    return await match_transfers(
        work, (await work.session.scalars(_BROUGHT, values)).all()
    )


async def unmatch_import(work: Work, batch: ImportBatch) -> None:
    """Brings back what became void for the transfers of an import that is taken back.

    An import voids at the very instant at which it was made: what a person voids has
    another one.
    """
    if batch.rows_matched:
        values = {
            "ledger_id": work.ledger_id,
            "at": batch.created_at,
            "import_id": batch.id,
            "days": MATCHED_DAYS,
        }
        found = await work.session.scalars(_UNMATCHED, values)
        await count_again(work, found.all())


async def match_transfers(work: Work, transaction_ids: Sequence[int]) -> int:
    """Lets transfers among these stand for what the other bank told of the same money.

    A row of the other account's own file becomes void where it has the same amount, at
    most three days away, and waits without a category; the transfer takes its mark of
    the bank. The nearest counts, each once. What is reconciled or has an attachment
    stays.

    Returns:
        How many became void.
    """
    if not transaction_ids:
        return 0
    values = {
        "ledger_id": work.ledger_id,
        "ids": list(transaction_ids),
        "days": MATCHED_DAYS,
        "open": UNCATEGORISED_TYPE,
    }
    found = await work.session.execute(_PAIRS, values)
    pairs = _one_to_one([_Pair(*row) for row in found.all()])
    if pairs:
        await make_void(work, [pair.told_id for pair in pairs])
        marks = {
            "ledger_id": work.ledger_id,
            "ids": [pair.arrived_id for pair in pairs],
            "ats": [pair.cleared_at for pair in pairs],
        }
        await work.session.execute(_SEEN, marks)
    return len(pairs)


def _one_to_one(pairs: Sequence[_Pair]) -> list[_Pair]:
    """Of pairs in the order of their distance those that leave nobody twice."""
    chosen: list[_Pair] = []
    spent: set[tuple[str, int]] = set()
    for pair in pairs:
        names = {("arrived", pair.arrived_id), ("told", pair.told_id)}
        if not names & spent:
            spent |= names
            chosen.append(pair)
    return chosen
