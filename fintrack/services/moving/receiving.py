"""Takes whole books while they arrive: sealed on the disk, read there, then erased.

Nobody holds a file in memory for as long as somebody else takes to send it, and who may
not bring it here is told so before its first byte.
"""

from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager

from fintrack.core.actor import Actor
from fintrack.core.book_fields import FIELD
from fintrack.core.errors import TooLarge
from fintrack.core.statements.own_json import LARGE, MAX_BYTES, MIB
from fintrack.services import blobs
from fintrack.services.blobs import StoredBlob
from fintrack.services.commands import Done, ask
from fintrack.services.imports import readers
from fintrack.services.imports.proposing import opener_of_blob
from fintrack.services.imports.receiving import KIND
from fintrack.services.imports.turns import LOOKING, perform_in_turn
from fintrack.services.moving.bringing import BooksBrought, BooksFile, bring_books
from fintrack.services.moving.reading import count_whole
from fintrack.services.moving.surveying import BooksSurvey, find_room, survey_books


def most_bytes() -> int:
    """How large a file may be."""
    return MAX_BYTES


def too_large() -> TooLarge:
    """The refusal of a larger one."""
    return TooLarge(LARGE, field=FIELD, most=MAX_BYTES // MIB)


async def survey_file(actor: Actor, chunks: AsyncIterable[bytes]) -> BooksSurvey:
    """What a file in the form ``fintrack/1`` would bring into empty books.

    It is read before the snapshot: who waits for that holds no connection.

    Raises:
        NotFound, NotAllowed: the books are not the actor's to fill.
        Conflict: there are transactions already.
        TooLarge: it has more than 32 MiB.
        InvalidInput: under ``file``: it cannot be read, or a transaction, an
            account or a category cannot be.
        NoTurn: others have files read for longer than one waits.
    """
    await ask(actor, find_room)
    async with (
        _kept(chunks) as blob,
        readers.current().turn((LOOKING, actor.person_id)),
    ):
        books, figures = await count_whole(opener_of_blob(blob.name))
    return await ask(actor, survey_books, books, figures)


async def receive_books(
    actor: Actor,
    filename: str,
    chunks: AsyncIterable[bytes],
    *,
    key: str | None = None,
) -> Done[BooksBrought]:
    """Brings a file into empty books: all of it in one step, or nothing.

    The same file with the same ``key`` gives the first result again.

    Raises:
        NotFound, NotAllowed, TooLarge, NoTurn: as ``survey_file``.
        Conflict, InvalidInput, PlanLimit: as ``bring_books``.
        KeyReused: the key came with another file or name.
    """
    await ask(actor, find_room, key)
    async with _kept(chunks) as blob:
        file = BooksFile(filename, blob.sha256, blob.name)
        return await perform_in_turn(actor, bring_books, file, key=key)


@asynccontextmanager
async def _kept(chunks: AsyncIterable[bytes]) -> AsyncIterator[StoredBlob]:
    """A file in the store for as long as it is needed.

    What a crash leaves goes with the statements that nobody waits for: no preview
    names it.
    """
    store = blobs.current()
    blob = await store.put(_bounded(chunks), most=most_bytes(), kind=KIND)
    try:
        yield blob
    finally:
        await store.delete(blob.name)


async def _bounded(chunks: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > most_bytes():
            raise too_large()
        yield chunk
