"""The yes to a preview: its rows become transactions, all of them or none."""

from sqlalchemy import text
from sqlmodel import col, select

from fintrack.core.actor import LedgerRole
from fintrack.core.errors import Conflict
from fintrack.core.statements.mapping import Mapping
from fintrack.core.text import message_id
from fintrack.models.imports import ImportBatch, ImportMapping, ImportPreview
from fintrack.models.ledger import Account
from fintrack.services.commands import Work, command, question
from fintrack.services.imports import (
    listing,
    marking,
    parsing,
    previews,
    progress,
    proposing,
    readers,
)
from fintrack.services.imports.copy_text import CopyJob
from fintrack.services.imports.copying import Copier
from fintrack.services.imports.listing import ImportView
from fintrack.services.imports.lookup import Lookup
from fintrack.services.imports.payees import load_knowledge
from fintrack.services.imports.progress import Progress
from fintrack.services.ledger.matching import match_import

ALREADY = message_id("This file was already imported.")
# From so many rows on the planner is told at once; else taking an import back within
# the same minute walks through whole tables.
ANALYZED_ROWS = 10_000

_ANALYZE = text("ANALYZE transaction, posting")
_NEWEST = text("SELECT max(version) FROM import_mapping WHERE ledger_id = :ledger_id")


@command("import.confirm", ledger=LedgerRole.EDITOR)
async def confirm_import(work: Work, preview_id: int) -> ImportView:
    """Adds the rows of a preview that are taken, and remembers its mapping.

    A row gets the category that a rule gives, or else that of its file, or the one that
    its payee had last. One that is left out because its transaction is in the books
    marks that as cleared. A transfer stands for what the other bank told of it.

    Raises:
        NotFound: not a preview of this person.
        Conflict: it has expired, was imported already or is stopped, or the account
            is closed.
        InvalidInput: the mapping lacks a column, or the file breaks the limits.
    """
    preview = await previews.own_preview(work, preview_id)
    account = await previews.importable_account(work, preview.account_id)
    await check_first_time(work, preview)
    batch = await _open_batch(work, preview)
    with progress.tracked(work.person_id, preview.id) as running:
        await _fill(work, batch, preview, account, running)
        await _remember(work, account.id, previews.mapping_of(preview))
        preview.decisions = {**preview.decisions, "import_id": batch.id}
        await work.session.flush()
        running.check()
    return await listing.view(work, batch)


async def check_first_time(work: Work, preview: ImportPreview) -> None:
    """Refuses a second import; one that was undone or taken back may come again.

    Raises:
        Conflict: what the preview became stands in the books.
    """
    earlier = preview.decisions.get("import_id")
    standing = await work.session.scalar(
        select(col(ImportBatch.id)).where(
            col(ImportBatch.ledger_id) == work.ledger_id,
            col(ImportBatch.id) == earlier,
            col(ImportBatch.taken_back_at).is_(None),
        )
    )
    if standing:
        raise Conflict(ALREADY)


@question("import.progress", ledger=LedgerRole.EDITOR)
async def count_progress(work: Work, preview_id: int) -> int | None:
    """The records read so far by the import of a preview; None when none runs here.

    One that waits for its turn has read none.

    Raises:
        NotFound: not a preview of this person.
        Conflict: it has expired.
    """
    preview = await previews.own_preview(work, preview_id)
    found = progress.find(work.person_id, preview.id)
    return max((running.rows_read for running in found), default=None)


@question("import.stop", ledger=LedgerRole.EDITOR)
async def stop_import(work: Work, preview_id: int) -> bool:
    """Lets an import that runs or waits end without a mark; False when none is here.

    A question, because the import itself holds the ledger until it ends.

    Raises:
        NotFound: not a preview of this person.
        Conflict: it has expired.
    """
    preview = await previews.own_preview(work, preview_id)
    found = progress.find(work.person_id, preview.id)
    for running in found:
        running.stop()
    return bool(found)


async def _open_batch(work: Work, preview: ImportPreview) -> ImportBatch:
    batch = ImportBatch(
        ledger_id=work.ledger_id,
        account_id=preview.account_id,
        source=previews.mapping_of(preview).format.value,
        filename=preview.filename,
        rows_added=0,
        rows_skipped=0,
        created_at=work.now,
    )
    if await work.session.get(ImportBatch, preview.id) is None:
        # The number of its file: one number means one import all along. It is in use
        # where a file comes again, or holds several accounts.
        batch.id = preview.id
    work.session.add(batch)
    await work.session.flush()
    return batch


async def _fill(
    work: Work,
    batch: ImportBatch,
    preview: ImportPreview,
    account: Account,
    running: Progress,
) -> None:
    """Copies the rows that are taken and counts the others."""
    chosen = previews.decisions_of(preview)
    lookup = Lookup(
        work,
        account.id,
        source=batch.source,
        besides=batch.id,
        since=previews.since_of(preview),
    )
    copier = Copier(work, lookup, running, repeated=sum(chosen.values()))
    job = CopyJob(
        source=previews.source_of(preview),
        currency=account.currency or "",
        chosen=chosen,
        batch_rows=parsing.BATCH_ROWS,
        ledger_id=work.ledger_id,
        import_id=batch.id,
        created_at=work.now,
        knowledge=await load_knowledge(work),
    )
    await readers.current().run(job, answer=copier.answer, take=copier.take)
    await marking.mark_seen(work, copier.clears)
    added, skipped = copier.rows_added, copier.rows_read - copier.rows_added
    batch.rows_added, batch.rows_skipped = added, skipped
    await work.session.flush()
    await match_import(work, batch.id)
    if added >= ANALYZED_ROWS:
        await work.session.execute(_ANALYZE)


async def _remember(work: Work, account_id: int, mapping: Mapping) -> None:
    """Keeps how files with these columns are read for this account.

    The highest version of the ledger tells what was imported last: an undo of an
    earlier import does not look at versions.
    """
    known = await proposing.find_mapping(work, account_id, mapping.fingerprint)
    if known is None:
        known = ImportMapping(
            ledger_id=work.ledger_id,
            account_id=account_id,
            fingerprint=mapping.fingerprint,
            mapping={},
        )
        work.session.add(known)
    known.mapping = mapping.to_json()
    known.version = 1 + (
        await work.session.scalar(_NEWEST, {"ledger_id": work.ledger_id}) or 0
    )
    await work.session.flush()
