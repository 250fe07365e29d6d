"""One's own picture: drawn anew, kept sealed, and shown to oneself alone."""

import asyncio
from collections.abc import AsyncIterable
from datetime import timedelta

from sqlalchemy import select
from sqlmodel import col

from fintrack.core.actor import SYSTEM, Actor, Role
from fintrack.core.errors import InvalidInput, NotFound, TooLarge
from fintrack.core.picture import FIELD, MAX_BYTES, NO_PICTURE, draw_small
from fintrack.models.people import Person
from fintrack.services import blobs, database
from fintrack.services.commands import Done, Work, ask, command, perform, question
from fintrack.services.drawing import draw

KIND = "picture"
# Younger ones may be on their way to their person.
ORPHANED = timedelta(hours=1)
ERASED = "the picture before is erased"


async def change_picture(actor: Actor, chunks: AsyncIterable[bytes]) -> Done[str]:
    """Keeps a new picture and erases the one before; until then that one stays.

    Raises:
        TooLarge: more than ``MAX_BYTES`` came.
        UnsupportedType, InvalidInput: it cannot be drawn, all on the field ``file``.
    """
    data = await _read(chunks)
    small = await draw(draw_small, lambda: data)
    store = blobs.current()
    blob = await store.put(blobs.whole(small), most=MAX_BYTES, kind=KIND)
    async with blobs.erased_if_refused(blob.name):
        done = await perform(actor, keep_picture, blob.name)
    await store.delete(done.value)
    return done


async def take_away_picture(actor: Actor) -> Done[str]:
    """Erases the picture; without one there is nothing to do."""
    done = await perform(actor, drop_picture)
    await blobs.current().delete(done.value)
    return done


@command("person.keep_picture", final=ERASED)
async def keep_picture(work: Work, blob: str) -> str:
    """Makes ``blob`` the picture; the name of the one before, or an empty text."""
    return await _turn(work, blob)


@command("person.drop_picture", final=ERASED)
async def drop_picture(work: Work) -> str:
    """Leaves the person without a picture; the name of the one they had."""
    return await _turn(work, "")


async def read_picture(actor: Actor) -> bytes:
    """The picture of who asks.

    Raises:
        NotFound: there is none.
    """
    name = await ask(actor, find_picture)
    if not name:
        raise NotFound
    return await asyncio.to_thread(_content, name)


@question("person.picture")
async def find_picture(work: Work) -> str:
    """The name of one's own picture, or an empty text."""
    return (await work.session.get_one(Person, work.person_id)).picture


async def sweep_pictures() -> int:
    """Erases pictures that a crash left without a person; how many there were."""
    store = blobs.current()
    old = await store.older(KIND, database.current().clock() - ORPHANED)
    orphans = old - await ask(SYSTEM, named_pictures, tuple(old))
    for name in orphans:
        await store.delete(name)
    return len(orphans)


@question("person.named_pictures", roles=frozenset({Role.SYSTEM}))
async def named_pictures(work: Work, names: tuple[str, ...]) -> frozenset[str]:
    """Those of ``names`` that are somebody's picture."""
    found = await work.session.scalars(
        select(col(Person.picture)).where(col(Person.picture).in_(names))
    )
    return frozenset(found)


async def _turn(work: Work, name: str) -> str:
    person = await work.session.get_one(Person, work.person_id, with_for_update=True)
    before, person.picture = person.picture, name
    await work.session.flush()
    return before


async def _read(chunks: AsyncIterable[bytes]) -> bytes:
    data = bytearray()
    async for chunk in chunks:
        data += chunk
        if len(data) > MAX_BYTES:
            raise TooLarge(
                "A picture may have {count} MB at most.",
                field=FIELD,
                count=MAX_BYTES // 1024**2,
            )
    if not data:
        raise InvalidInput(NO_PICTURE, field=FIELD)
    return bytes(data)


def _content(name: str) -> bytes:
    with blobs.current().open(name) as stream:
        return stream.read()
