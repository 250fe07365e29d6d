"""One transfer told by two banks, of which the second says that it was one.

Both files are in the books, and the row of one account waits without a category. Then
the row of the other account becomes a transfer: it brings the same money a second time.
So the row that waits becomes void, and counts again once the transfer is none any more.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, or_, select, text
from sqlmodel import col

from fintrack.core.chart import UNCATEGORISED_TYPE
from fintrack.models.ledger import Transaction
from fintrack.models.matching import TransferMatch
from fintrack.services.commands import Work
from fintrack.services.ledger.voiding import count_again, make_void

MATCHED_DAYS = 3

# The bank's own posting of a row stands first.
_BROUGHT = text(
    "SELECT p.id FROM transaction t JOIN posting p "
    "ON p.ledger_id = t.ledger_id AND p.transaction_id = t.id "
    "AND p.on_date = t.on_date AND p.position > 0 "
    "JOIN account a ON a.ledger_id = p.ledger_id AND a.id = p.account_id "
    "AND a.kind IN ('asset', 'liability') "
    "WHERE t.ledger_id = :ledger_id AND t.import_id = :import_id"
)
_ARRIVED = text(
    "SELECT id FROM posting WHERE ledger_id = :ledger_id "
    "AND transaction_id = :transaction_id AND account_id = ANY(:account_ids)"
)
# What arrived by a transfer, and beside it what came with the file of its account, has
# no category, and nothing by a person that would go with it.
_PAIRS = text(
    "SELECT m.id AS arrived_id, m.transaction_id AS transfer_id, t.id AS told_id, "
    "o.cleared_at FROM posting m JOIN account a "
    "ON a.ledger_id = m.ledger_id AND a.id = m.account_id "
    "AND a.kind IN ('asset', 'liability') JOIN posting o "
    "ON o.ledger_id = m.ledger_id AND o.account_id = m.account_id "
    "AND o.amount_minor = m.amount_minor AND o.voided_at IS NULL "
    "AND o.on_date BETWEEN m.on_date - :days AND m.on_date + :days "
    "AND o.reconciliation_id IS NULL AND o.transaction_id <> m.transaction_id "
    "JOIN transaction t ON t.ledger_id = o.ledger_id AND t.id = o.transaction_id "
    "AND t.on_date = o.on_date AND t.note = '' JOIN import_batch i "
    "ON i.ledger_id = t.ledger_id AND i.id = t.import_id "
    "AND i.account_id = o.account_id "
    "WHERE m.ledger_id = :ledger_id AND m.id = ANY(CAST(:ids AS bigint[])) "
    "AND m.voided_at IS NULL AND m.cleared_at IS NULL "
    "AND EXISTS (SELECT FROM posting s JOIN account b "
    "ON b.ledger_id = s.ledger_id AND b.id = s.account_id "
    "AND b.kind IN ('asset', 'liability') WHERE s.ledger_id = m.ledger_id "
    "AND s.transaction_id = m.transaction_id AND s.account_id <> m.account_id) "
    "AND NOT EXISTS (SELECT FROM posting x JOIN account c "
    "ON c.ledger_id = x.ledger_id AND c.id = x.account_id "
    "WHERE x.ledger_id = t.ledger_id AND x.transaction_id = t.id "
    "AND x.on_date = t.on_date AND x.id <> o.id AND c.type <> :open) "
    "AND NOT EXISTS (SELECT FROM attachment f WHERE f.ledger_id = t.ledger_id "
    "AND f.transaction_id = t.id) "
    "AND NOT EXISTS (SELECT FROM transaction_tag g WHERE g.ledger_id = t.ledger_id "
    "AND g.transaction_id = t.id) "
    "ORDER BY abs(o.on_date - m.on_date), m.id, t.id"
)
_SEEN = text(
    "UPDATE posting p SET cleared_at = c.at FROM unnest(CAST(:ids AS bigint[]), "
    "CAST(:ats AS timestamptz[])) AS c(id, at) "
    "WHERE p.ledger_id = :ledger_id AND p.id = c.id"
)
_MATCHED = text(
    "SELECT t.import_id, count(*) AS size FROM transfer_match m JOIN transaction t "
    "ON t.ledger_id = m.ledger_id AND t.id = m.transfer_id "
    "WHERE m.ledger_id = :ledger_id AND t.import_id = ANY(:import_ids) "
    "GROUP BY t.import_id"
)
# Matches of these transfers that bring the account of the row its amount no more.
_ENDED = text(
    "SELECT m.id FROM transfer_match m WHERE m.ledger_id = :ledger_id "
    "AND m.transfer_id = ANY(CAST(:ids AS bigint[])) "
    "AND NOT EXISTS (SELECT FROM transaction t JOIN import_batch i "
    "ON i.ledger_id = t.ledger_id AND i.id = t.import_id JOIN posting o "
    "ON o.ledger_id = t.ledger_id AND o.transaction_id = t.id "
    "AND o.account_id = i.account_id JOIN posting s ON s.ledger_id = t.ledger_id "
    "AND s.transaction_id = m.transfer_id AND s.account_id = o.account_id "
    "AND s.amount_minor = o.amount_minor AND s.voided_at IS NULL "
    "WHERE t.ledger_id = m.ledger_id AND t.id = m.told_id)"
)


class _Pair(NamedTuple):
    arrived_id: int
    transfer_id: int
    told_id: int
    cleared_at: object


async def match_import(work: Work, import_id: int) -> None:
    """``match_transfers`` for what transfers of an import brought to other accounts."""
    values = {"ledger_id": work.ledger_id, "import_id": import_id}
    await match_transfers(work, (await work.session.scalars(_BROUGHT, values)).all())


async def match_edited(
    work: Work, transaction_id: int, account_ids: Sequence[int]
) -> int:
    """``match_transfers`` for what an edit brought to accounts."""
    values = {"transaction_id": transaction_id, "account_ids": list(account_ids)}
    own = {"ledger_id": work.ledger_id, **values}
    arrived = await work.session.scalars(_ARRIVED, own)
    return await match_transfers(work, arrived.all())


async def match_transfers(work: Work, posting_ids: Sequence[int]) -> int:
    """Lets transfers stand for what the other bank told of the money that arrived.

    A row of the account's own file becomes void where it has the same amount, at most
    three days away, and waits without a category; the transfer takes its mark of the
    bank. The nearest counts, each once. What is reconciled stays, and so does what has
    a note, a tag or an attachment.

    Returns:
        How many became void.
    """
    if not posting_ids:
        return 0
    values = {
        "ledger_id": work.ledger_id,
        "ids": list(posting_ids),
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
        work.session.add_all(
            TransferMatch(
                ledger_id=work.ledger_id,
                transfer_id=pair.transfer_id,
                told_id=pair.told_id,
            )
            for pair in pairs
        )
        await work.session.flush()
    return len(pairs)


async def count_matched(work: Work, import_ids: Sequence[int]) -> dict[int, int]:
    """For how many rows of other accounts the transfers of each import stand now."""
    values = {"ledger_id": work.ledger_id, "import_ids": list(import_ids)}
    found = await work.session.execute(_MATCHED, values)
    return {row.import_id: row.size for row in found}


async def end_matches(work: Work, transaction_ids: Sequence[int]) -> None:
    """Counts again what these stood for, where they are such transfers no more."""
    values = {"ledger_id": work.ledger_id, "ids": list(transaction_ids)}
    ended = (await work.session.scalars(_ENDED, values)).all()
    if ended:
        await _free(work, col(TransferMatch.id).in_(ended))


async def forget_gone(work: Work, gone: ColumnElement[bool]) -> None:
    """Before transactions are removed: what they stood for counts again."""
    ids = select(col(Transaction.id)).where(gone)
    await _free(
        work,
        or_(
            col(TransferMatch.transfer_id).in_(ids), col(TransferMatch.told_id).in_(ids)
        ),
    )


async def _free(work: Work, which: ColumnElement[bool]) -> None:
    own = col(TransferMatch.ledger_id) == work.ledger_id
    told = await work.session.scalars(
        delete(TransferMatch).where(own, which).returning(col(TransferMatch.told_id))
    )
    told_ids = told.all()
    if told_ids:
        await count_again(work, told_ids)


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
