"""Removes the bytes of attachments that nothing can bring back any more."""

from datetime import timedelta

from sqlalchemy import text

from fintrack.core.actor import SYSTEM, Role
from fintrack.services import blobs, database
from fintrack.services.change_sets import KEPT
from fintrack.services.commands import Work, ask, question

KINDS = ("attachment", "thumbnail")
# Younger ones may be on their way to their row.
ORPHANED = timedelta(hours=1)
BATCH = 1_000

# A row may be gone and come back as long as somebody may undo one of its changes: an
# undo and its own undo leave images of the row too, each with its own time.
_KEPT = text(
    "SELECT name FROM attachment a "
    "CROSS JOIN LATERAL unnest(ARRAY[a.blob, a.thumbnail]) AS name "
    "WHERE name = ANY(CAST(:names AS text[])) "
    "UNION SELECT name FROM change_row c JOIN change_set s ON s.id = c.change_set_id "
    "CROSS JOIN LATERAL (SELECT coalesce(c.after, c.before) AS row) AS image "
    "CROSS JOIN LATERAL unnest(ARRAY[image.row ->> 'blob', image.row ->> 'thumbnail']) "
    "AS name WHERE c.table_name = 'attachment' AND s.at >= :since "
    "AND name = ANY(CAST(:names AS text[]))"
)


async def sweep_attachments() -> int:
    """Removes files without a row that an undo could bring back; how many there were.

    So also those that a crash or a killed upload left.
    """
    store = blobs.current()
    before = database.current().clock() - ORPHANED
    swept = 0
    for kind in KINDS:
        old = tuple(await store.older(kind, before))
        for start in range(0, len(old), BATCH):
            some = old[start : start + BATCH]
            orphans = set(some) - await ask(SYSTEM, kept_blobs, some)
            for name in orphans:
                await store.delete(name)
            swept += len(orphans)
    return swept


@question("attachment.kept_blobs", roles=frozenset({Role.SYSTEM}))
async def kept_blobs(work: Work, names: tuple[str, ...]) -> frozenset[str]:
    """Those of ``names`` that belong to an attachment, or to one that may come back."""
    values = {"names": list(names), "since": work.now - KEPT}
    return frozenset(await work.session.scalars(_KEPT, values))
