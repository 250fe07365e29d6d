"""Removes the files of people who never said yes."""

from sqlalchemy import delete, select
from sqlmodel import col

from fintrack.core.actor import SYSTEM, Role
from fintrack.models.imports import ImportPreview
from fintrack.services import blobs, database
from fintrack.services.commands import Work, ask, command, perform, question
from fintrack.services.imports.previews import NOT_THE_BOOKS, VALID
from fintrack.services.imports.receiving import KIND, named_blobs


async def sweep_previews() -> int:
    """Removes the files and rows of expired previews; how many there were.

    Also files that a crash left without a row.
    """
    expired = await ask(SYSTEM, find_expired)
    for _, blob in expired:
        # The file goes first: a row without its file is found again, never the other.
        await blobs.current().delete(blob)
    if expired:
        gone = tuple(preview_id for preview_id, _ in expired)
        await perform(SYSTEM, drop_previews, gone)
    return len(expired) + await _sweep_orphans()


async def _sweep_orphans() -> int:
    """Removes files of a day ago that no preview names: a crash left them."""
    store = blobs.current()
    old = await store.older(KIND, database.current().clock() - VALID)
    orphans = old - await ask(SYSTEM, named_blobs, tuple(old))
    for name in orphans:
        await store.delete(name)
    return len(orphans)


@question("import.expired", roles=frozenset({Role.SYSTEM}))
async def find_expired(work: Work) -> list[tuple[int, str]]:
    """Previews whose day is over, each with the name of its blob."""
    found = await work.session.execute(
        select(col(ImportPreview.id), col(ImportPreview.blob)).where(
            col(ImportPreview.expires_at) <= work.now
        )
    )
    return [(preview_id, blob) for preview_id, blob in found.all()]


@command("import.drop_previews", roles=frozenset({Role.SYSTEM}), final=NOT_THE_BOOKS)
async def drop_previews(work: Work, preview_ids: tuple[int, ...]) -> None:
    """Removes previews whose files are gone."""
    await work.session.execute(
        delete(ImportPreview).where(
            col(ImportPreview.id).in_(preview_ids),
            col(ImportPreview.expires_at) <= work.now,
        )
    )
