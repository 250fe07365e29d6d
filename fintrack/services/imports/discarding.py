"""A file that waits for a yes and gets a no."""

from dataclasses import dataclass

from fintrack.core.actor import Actor, LedgerRole
from fintrack.services import blobs
from fintrack.services.commands import Done, Work, command, perform
from fintrack.services.imports import previews
from fintrack.services.imports.confirming import check_first_time
from fintrack.services.imports.listing import ImportView
from fintrack.services.imports.previews import NOT_THE_BOOKS


@dataclass(frozen=True, slots=True)
class Discarded:
    """An import that never was, and the name of its file in the blob store."""

    summary: ImportView
    blob: str


async def discard_file(
    actor: Actor, preview_id: int, *, key: str | None = None
) -> Done[ImportView]:
    """Removes a preview and its file, which the person may send again.

    Raises:
        NotFound: not a preview of this person.
        Conflict: it has expired, or was imported.
    """
    done = await perform(actor, discard_preview, preview_id, key=key)
    # What a crash leaves here, the sweep removes within a day.
    await blobs.current().delete(done.value.blob)
    return Done(done.value.summary, done.change_id)


@command("import.discard", ledger=LedgerRole.EDITOR, final=NOT_THE_BOOKS)
async def discard_preview(work: Work, preview_id: int) -> Discarded:
    """Removes a preview; its file is for ``discard_file``.

    Raises:
        NotFound: not a preview of this person.
        Conflict: it has expired, or was imported.
    """
    preview = await previews.own_preview(work, preview_id)
    await check_first_time(work, preview)
    await work.session.delete(preview)
    await work.session.flush()
    return Discarded(
        ImportView(
            id=preview.id,
            account_id=preview.account_id,
            source=previews.mapping_of(preview).format.value,
            filename=preview.filename,
            rows_added=0,
            rows_skipped=0,
            rows_matched=0,
            standing=0,
            edited=0,
            reconciled=0,
            created_at=preview.created_at,
            taken_back_at=work.now,
        ),
        preview.blob,
    )
