"""Seals each stored file anew, one beside the other, so that a crash loses none."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from fintrack.core.errors import Unavailable
from fintrack.services.blobs import BlobStore
from fintrack.services.sealed_files import DAMAGED, SEGMENT_BYTES


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many files are under the new key, and the names of those that no key opens.

    A damaged file stays as it was: it could not be read before either.
    """

    files: int
    damaged: tuple[str, ...]


async def seal_anew(former: BlobStore, new: BlobStore) -> Resealed:
    """Brings every file from ``former`` to ``new``, which keep them in one place.

    A file whose first segment opens is under that key as a whole, because a file takes
    its place in one step: so it may be run again after each kill.

    Raises:
        Unavailable: the disk is full or does not answer.
    """
    names = await former.names()
    damaged = [
        name
        for name in names
        if not await asyncio.to_thread(_opens, new, name)
        and not await _bring(former, new, name)
    ]
    return Resealed(len(names) - len(damaged), tuple(damaged))


def _opens(store: BlobStore, name: str) -> bool:
    try:
        store.open(name).close()
    except Unavailable:
        return False
    return True


async def _bring(former: BlobStore, new: BlobStore, name: str) -> bool:
    """Whether the file could be read to its end; if not, it stays as it was."""
    try:
        await new.rewrite(name, _chunks(former, name))
    except Unavailable as error:
        if error.problems[0].message != DAMAGED:
            raise
        return False
    return True


async def _chunks(store: BlobStore, name: str) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(store.open, name) as file:
        while chunk := await asyncio.to_thread(file.read, SEGMENT_BYTES):
            yield chunk
