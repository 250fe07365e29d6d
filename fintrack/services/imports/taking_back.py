"""Takes an import back, at any time: its transactions leave the books."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, not_, or_, select, update
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.errors import Conflict
from fintrack.core.text import message_id
from fintrack.models.attachments import Attachment
from fintrack.models.imports import SAMPLE, ImportBatch
from fintrack.models.ledger import Posting, Transaction
from fintrack.models.tags import TransactionTag
from fintrack.services.commands import Work, command
from fintrack.services.imports import listing, marking
from fintrack.services.imports.habits import remove_habits
from fintrack.services.imports.listing import ImportView
from fintrack.services.ledger import rows
from fintrack.services.ledger.matching import forget_gone

ALREADY = message_id("This import was already taken back.")

RECONCILED = message_id(
    "What this import brought is reconciled. Open the reconciliation again first."
)


@dataclass(frozen=True, slots=True)
class TakeBack:
    """An import to take back; edited transactions stay unless they or all are named."""

    import_id: int
    take_edited: tuple[int, ...] = ()
    all_edited: bool = False


@command("import.take_back", ledger=LedgerRole.EDITOR)
async def take_back_import(work: Work, take: TakeBack) -> ImportView:
    """Removes the transactions of an import, void ones only where they are named.

    What is reconciled stays. Once its reconciliation is open it goes where it is named.
    What was there before and was only marked as cleared loses that mark, and what
    became void for a transfer counts again. Taken back a second time, it removes edited
    ones that stayed the first time.

    Of whole books the rules, recurring items and templates go too, edited or not, with
    what the items have booked since: brought again, nothing comes twice.

    Raises:
        NotFound: the import is not in this ledger.
        Conflict: there is nothing left to take back.
        InvalidInput: a rule that came with it keeps others from a loop.
    """
    batch = await rows.find(work, ImportBatch, take.import_id)
    if batch.source == SAMPLE:
        raise Conflict("Please remove the sample data instead.")
    gone = await _gone(work, batch, take)
    first = select(col(Transaction.id)).where(gone).limit(1)
    if not await work.session.scalar(first):
        await _check_something_stands(work, batch)
    await forget_gone(work, gone)
    await _remove(work, batch, gone)
    await marking.unmark_seen(work, batch)
    # Kept rows rise along, so that an undo does not bring the others up to them.
    await work.session.execute(
        update(Transaction)
        .where(
            col(Transaction.ledger_id) == work.ledger_id,
            col(Transaction.import_id) == batch.id,
        )
        .values(version=col(Transaction.version) + 1)
    )
    await rows.check_chart(work)
    batch.taken_back_at = work.now
    await work.session.flush()
    return await listing.view(work, batch)


async def _remove(work: Work, batch: ImportBatch, gone: ColumnElement[bool]) -> None:
    if batch.account_id is None:
        # Whole books, not the file of a bank.
        await remove_habits(work, batch.id)
    ids = select(col(Transaction.id)).where(gone)
    for part in (Posting, TransactionTag, Attachment):
        await work.session.execute(
            delete(part).where(
                col(part.ledger_id) == work.ledger_id,
                col(part.transaction_id).in_(ids),
            )
        )
    await work.session.execute(delete(Transaction).where(gone))


async def _check_something_stands(work: Work, batch: ImportBatch) -> None:
    """Says why nothing goes; an import without rows may be taken back once."""
    if batch.taken_back_at is not None:
        raise Conflict(ALREADY)
    if (await listing.view(work, batch)).reconciled:
        raise Conflict(RECONCILED)


async def _gone(work: Work, batch: ImportBatch, take: TakeBack) -> ColumnElement[bool]:
    """The condition for the transactions that go."""
    free = and_(
        col(Transaction.ledger_id) == work.ledger_id,
        col(Transaction.import_id) == batch.id,
        not_(listing.is_reconciled()),
    )
    if take.all_edited:
        return free
    edited = await listing.edited_rows(work, batch)
    return and_(free, or_(not_(edited), col(Transaction.id).in_(take.take_edited)))
