"""A picture takes the place of the one before, which is erased."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from fintrack.core.errors import FinTrackError, NotFound, TooLarge, Unavailable
from fintrack.core.picture import MAX_BYTES
from fintrack.services import blobs, pictures
from fintrack.services.blobs import FolderBlobStore
from fintrack.services.commands import ask, perform
from fintrack.services.pictures import (
    change_picture,
    find_picture,
    read_picture,
    sweep_pictures,
    take_away_picture,
)
from tests.books import Books
from tests.conftest import Clock
from tests.core.test_picture import photograph, picture


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where pictures are kept."""
    blobs.install(FolderBlobStore(tmp_path / "blobs", bytes(32)))
    yield tmp_path / "blobs"
    blobs.install(None)


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def as_it_comes(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


async def test_new_picture_erases_the_one_before(books: Books, folder: Path) -> None:
    await change_picture(books.actor, as_it_comes(picture("PNG")))
    first, before = kept(folder), await read_picture(books.actor)
    await change_picture(books.actor, as_it_comes(photograph()))
    assert kept(folder) != first
    assert kept(folder) == [await ask(books.actor, find_picture)]
    assert await read_picture(books.actor) != before


async def test_picture_is_sealed_on_the_disk(books: Books, folder: Path) -> None:
    await change_picture(books.actor, as_it_comes(picture("PNG")))
    (path,) = folder.iterdir()
    assert (await read_picture(books.actor))[:4] == b"RIFF"
    assert b"RIFF" not in path.read_bytes()


@pytest.mark.parametrize(
    "chunks", [(b"no picture",), (), (photograph()[:900],), (bytes(MAX_BYTES), b"1")]
)
async def test_bad_file_leaves_the_old_picture(
    books: Books, folder: Path, chunks: tuple[bytes, ...]
) -> None:
    await change_picture(books.actor, as_it_comes(picture("PNG")))
    before = kept(folder)
    with pytest.raises(FinTrackError) as refused:
        await change_picture(books.actor, as_it_comes(*chunks))
    assert refused.value.problems[0].field == "file"
    assert kept(folder) == before == [await ask(books.actor, find_picture)]


async def test_endless_file_is_cut_off(books: Books) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield bytes(1024 * 1024)

    with pytest.raises(TooLarge):
        await change_picture(books.actor, endless())


async def test_picture_taken_away_is_erased(books: Books, folder: Path) -> None:
    await change_picture(books.actor, as_it_comes(picture("PNG")))
    for _ in range(2):
        await take_away_picture(books.actor)
        assert kept(folder) == []
    with pytest.raises(NotFound):
        await read_picture(books.actor)


async def test_picture_of_somebody_else_is_not_there(
    books: Books, stranger: Books
) -> None:
    await change_picture(books.actor, as_it_comes(picture("PNG")))
    with pytest.raises(NotFound):
        await read_picture(stranger.actor)


async def test_picture_that_the_database_refuses_is_not_kept(
    books: Books, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object) -> None:
        raise NotFound

    monkeypatch.setattr(pictures, "perform", refuse)
    with pytest.raises(NotFound):
        await change_picture(books.actor, as_it_comes(picture("PNG")))
    assert kept(folder) == []


async def test_connection_lost_while_it_commits_keeps_the_picture(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def keep_and_lose(*arguments: Any) -> None:
        await perform(*arguments)
        raise Unavailable

    monkeypatch.setattr(pictures, "perform", keep_and_lose)
    with pytest.raises(Unavailable):
        await change_picture(books.actor, as_it_comes(picture("PNG")))
    assert await read_picture(books.actor)


async def test_picture_without_a_person_is_swept_and_others_stay(
    books: Books, folder: Path, clock: Clock
) -> None:
    await change_picture(books.actor, as_it_comes(picture("PNG")))
    mine = kept(folder)
    await blobs.current().put(as_it_comes(b"lost"), most=9, kind=pictures.KIND)
    for path in folder.iterdir():
        os.utime(path, times=(0, clock.now.timestamp() - 59 * 60))
    assert await sweep_pictures() == 0
    for path in folder.iterdir():
        os.utime(path, times=(0, clock.now.timestamp() - 61 * 60))
    assert await sweep_pictures() == 1
    assert kept(folder) == mine
