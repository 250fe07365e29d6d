"""Proves that each attachment has its files, for ``fintrack check``."""

import asyncio
from collections.abc import Callable, Collection

from sqlalchemy import text

from fintrack.core.actor import SYSTEM, Role
from fintrack.services.checks import Finding
from fintrack.services.commands import Work, ask, question

_LOST = "files of attachments that are not in the blob store"
_NAMES = text(
    "SELECT name FROM attachment a "
    "CROSS JOIN LATERAL unnest(ARRAY[a.blob, a.thumbnail]) AS name WHERE name <> ''"
)


async def check_files(list_names: Callable[[], Collection[str]]) -> list[Finding]:
    """What is missing of the files that ``list_names`` gives; nothing is a proof.

    The files are listed last: one that arrives meanwhile has no row yet that is asked
    for, and the other way round it would seem lost.
    """
    named = await ask(SYSTEM, named_blobs)
    lost = named - frozenset(await asyncio.to_thread(list_names))
    return [Finding("I27", _LOST, len(lost))] if lost else []


@question("attachment.named_blobs", roles=frozenset({Role.SYSTEM}))
async def named_blobs(work: Work) -> frozenset[str]:
    """The names of all files that attachments have."""
    return frozenset(await work.session.scalars(_NAMES))
