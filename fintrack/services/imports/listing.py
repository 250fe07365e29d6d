"""Imports as people see them, with the rows that were edited since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, distinct, exists, func, or_, select, tuple_
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.models.attachments import Attachment
from fintrack.models.imports import SAMPLE, ImportBatch
from fintrack.models.ledger import Posting, Transaction
from fintrack.services.commands import Work, question
from fintrack.services.ledger import reading, rows
from fintrack.services.ledger.matching import count_matched
from fintrack.services.ledger.reading import TransactionView

PAGE = 50
# One more than a page may be asked for: it tells whether another page follows.
MOST = PAGE + 1
MAX_EDITED = 200

# How many transactions by their version and whether they have attachments.
_Counts = dict[tuple[int, bool], int]


@dataclass(frozen=True, slots=True)
class ImportView:
    """Transactions that came in together.

    ``rows_skipped`` counts the records of the file that were not taken,
    ``rows_matched`` those of other accounts that its transfers stand for, ``standing``
    the transactions that are in the books now, void ones too. One to which somebody
    attached a file is ``edited`` as well. ``reconciled`` ones stay when the others are
    taken back.
    """

    id: int
    account_id: int | None
    source: str
    filename: str
    rows_added: int
    rows_skipped: int
    rows_matched: int
    standing: int
    edited: int
    reconciled: int
    created_at: datetime
    taken_back_at: datetime | None


@dataclass(frozen=True, slots=True)
class ImportDetail:
    """An import and its transactions that were edited or made void since.

    ``edited`` holds the first 200 of them; ``summary.edited`` counts all.
    """

    summary: ImportView
    edited: tuple[TransactionView, ...]


@question("import.list", ledger=LedgerRole.VIEWER)
async def list_imports(
    work: Work, *, before: int | None = None, limit: int = PAGE
) -> list[ImportView]:
    """Imports of files, newest first; ``before`` is the last id of a page.

    Their numbers do not say it: a file may wait while others are imported.
    """
    age = col(ImportBatch.created_at), col(ImportBatch.id)
    query = (
        select(ImportBatch)
        .where(
            col(ImportBatch.ledger_id) == work.ledger_id,
            col(ImportBatch.source) != SAMPLE,
        )
        .order_by(col(ImportBatch.created_at).desc(), col(ImportBatch.id).desc())
        .limit(max(1, min(limit, MOST)))
    )
    if before is not None:
        last = select(*age).where(
            col(ImportBatch.ledger_id) == work.ledger_id, col(ImportBatch.id) == before
        )
        query = query.where(tuple_(*age) < last.scalar_subquery())
    return await views(work, (await work.session.scalars(query)).all())


@question("import.find", ledger=LedgerRole.VIEWER)
async def find_import(work: Work, import_id: int) -> ImportDetail:
    """One import.

    Raises:
        NotFound: it is not in this ledger.
    """
    batch = await rows.find(work, ImportBatch, import_id)
    found = await work.session.execute(
        select(*reading.VIEWED)
        .where(await edited_rows(work, batch))
        .order_by(col(Transaction.on_date), col(Transaction.id))
        .limit(MAX_EDITED)
    )
    edited = await reading.with_postings(work, found.all())
    return ImportDetail(await view(work, batch), tuple(edited))


async def view(work: Work, batch: ImportBatch) -> ImportView:
    """One import as people see it."""
    return (await views(work, [batch]))[0]


async def views(work: Work, batches: Sequence[ImportBatch]) -> list[ImportView]:
    """Imports as people see them, all counted by three queries."""
    versions, attached = col(Transaction.version), _is_attached()
    found = await work.session.execute(
        select(col(Transaction.import_id), versions, attached, func.count())
        .where(
            col(Transaction.ledger_id) == work.ledger_id,
            col(Transaction.import_id).in_([batch.id for batch in batches]),
        )
        .group_by(col(Transaction.import_id), versions, attached)
    )
    counts: dict[int, _Counts] = {batch.id: {} for batch in batches}
    for import_id, version, is_attached, count in found.all():
        counts[import_id or 0][version, is_attached] = count
    reconciled = await _count_reconciled(work, list(counts))
    matched = await count_matched(work, list(counts))
    return [
        _to_view(
            batch,
            counts[batch.id],
            reconciled=reconciled.get(batch.id, 0),
            matched=matched.get(batch.id, 0),
        )
        for batch in batches
    ]


async def edited_rows(work: Work, batch: ImportBatch) -> ColumnElement[bool]:
    """The condition for the transactions of an import that were edited since."""
    lowest = await work.session.scalar(
        select(func.min(col(Transaction.version))).where(_of(work, batch))
    )
    is_changed = col(Transaction.version) > _untouched(batch, lowest)
    return and_(_of(work, batch), or_(is_changed, _is_attached()))


def _is_attached() -> ColumnElement[bool]:
    """Whether somebody put a file beside the transaction: it is theirs to keep."""
    return exists().where(
        col(Attachment.ledger_id) == col(Transaction.ledger_id),
        col(Attachment.transaction_id) == col(Transaction.id),
    )


def is_reconciled() -> ColumnElement[bool]:
    """The condition for the transactions that a reconciliation holds."""
    return (
        exists()
        .where(
            col(Posting.ledger_id) == col(Transaction.ledger_id),
            col(Posting.transaction_id) == col(Transaction.id),
            col(Posting.on_date) == col(Transaction.on_date),
            col(Posting.reconciliation_id).is_not(None),
        )
        .correlate(Transaction)
    )


def _of(work: Work, batch: ImportBatch) -> ColumnElement[bool]:
    return and_(
        col(Transaction.ledger_id) == work.ledger_id,
        col(Transaction.import_id) == batch.id,
    )


def _untouched(batch: ImportBatch, lowest: int | None) -> int:
    """The version of a row that nobody edited.

    It is 1 until an undo brings the whole import back: versions only rise, and those
    of the import and of its rows rise together.
    """
    return min(batch.version, lowest or batch.version)


async def _count_reconciled(work: Work, import_ids: list[int]) -> dict[int, int]:
    """Counted from the postings: few are reconciled, and an index holds those alone."""
    found = await work.session.execute(
        select(
            col(Transaction.import_id),
            func.count(distinct(col(Transaction.id))),
        )
        .join(
            Posting,
            (col(Posting.ledger_id) == col(Transaction.ledger_id))
            & (col(Posting.transaction_id) == col(Transaction.id)),
        )
        .where(
            col(Posting.ledger_id) == work.ledger_id,
            col(Posting.reconciliation_id).is_not(None),
            col(Transaction.import_id).in_(import_ids),
        )
        .group_by(col(Transaction.import_id))
    )
    return {import_id or 0: count for import_id, count in found.all()}


def _to_view(
    batch: ImportBatch, counts: _Counts, *, reconciled: int, matched: int
) -> ImportView:
    lowest = min((version for version, _ in counts), default=None)
    untouched = _untouched(batch, lowest)
    return ImportView(
        id=batch.id,
        account_id=batch.account_id,
        source=batch.source,
        filename=batch.filename,
        rows_added=batch.rows_added,
        rows_skipped=batch.rows_skipped,
        rows_matched=matched,
        standing=sum(counts.values()),
        edited=sum(
            count
            for (version, is_attached), count in counts.items()
            if version > untouched or is_attached
        ),
        reconciled=reconciled,
        created_at=batch.created_at,
        taken_back_at=batch.taken_back_at,
    )
