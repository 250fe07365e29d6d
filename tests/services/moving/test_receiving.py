"""A file of whole books is taken to the disk, read there, and erased whatever comes."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from fintrack.core.errors import (
    Conflict,
    FinTrackError,
    InvalidInput,
    NotFound,
    TooLarge,
)
from fintrack.services import blobs, database
from fintrack.services.commands import ask
from fintrack.services.ledger.accounts import list_accounts
from fintrack.services.moving import receiving
from fintrack.services.moving.receiving import receive_books, survey_file
from tests.books import Books
from tests.services.imports.held import all_at_work, all_wait
from tests.services.moving.house import furnish, write

Chunks = AsyncIterator[bytes]


def _files(folder: Path) -> list[str]:
    return [path.name for path in (folder / "blobs").iterdir()]


async def _never() -> Chunks:
    raise AssertionError("a byte is asked for")
    yield b""


async def test_file_in_pieces_comes_in_and_is_erased(
    books: Books, stranger: Books, tmp_path: Path
) -> None:
    await furnish(books)
    data = (await write(books)).encode()

    async def come() -> Chunks:
        for start in range(0, len(data), 7):
            yield data[start : start + 7]

    seen = await survey_file(stranger.actor, come())
    done = await receive_books(stranger.actor, "b.json", come(), key="k")
    assert seen.transactions == done.value.transactions == 6
    assert _files(tmp_path) == []
    # The books are full by now: the key tells that they are so by this very file.
    assert await receive_books(stranger.actor, "b.json", come(), key="k") == done
    assert _files(tmp_path) == []


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"\xff", InvalidInput), (b"{", InvalidInput), (b"123456789", TooLarge)],
    ids=["no UTF-8", "no JSON", "too large"],
)
async def test_refused_file_is_not_kept(
    books: Books,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    data: bytes,
    error: type[FinTrackError],
) -> None:
    monkeypatch.setattr(receiving, "most_bytes", lambda: 8)
    for refused in (
        survey_file(books.actor, blobs.whole(data)),
        receive_books(books.actor, "", blobs.whole(data)),
    ):
        with pytest.raises(error) as caught:
            await refused
        assert caught.value.problems[0].field == "file"
    assert _files(tmp_path) == []


async def test_into_full_books_no_byte_is_taken(books: Books) -> None:
    await books.open("Bank", "1 EUR")
    for refused in (
        survey_file(books.actor, _never()),
        receive_books(books.actor, "", _never()),
        receive_books(books.actor, "", _never(), key="unknown"),
    ):
        with pytest.raises(Conflict):
            await refused


async def test_of_a_stranger_no_byte_is_taken(books: Books, stranger: Books) -> None:
    actor = replace(stranger.actor, ledger_id=books.actor.ledger_id)
    for refused in (
        survey_file(actor, _never()),
        receive_books(actor, "", _never()),
        receive_books(actor, "", _never(), key="k"),
    ):
        with pytest.raises(NotFound):
            await refused


async def test_file_that_never_ends_is_erased_with_its_request(
    books: Books, tmp_path: Path
) -> None:
    never = asyncio.Event()

    async def stall(begun: asyncio.Event) -> Chunks:
        yield b"{"
        begun.set()
        await never.wait()

    first, second = asyncio.Event(), asyncio.Event()
    for coming, begun in (
        (survey_file(books.actor, stall(first)), first),
        (receive_books(books.actor, "", stall(second)), second),
    ):
        work = asyncio.create_task(coming)
        await begun.wait()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
    assert _files(tmp_path) == []


async def test_another_reads_while_many_files_of_one_person_wait_to_be_read(
    books: Books, stranger: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    await furnish(stranger)
    data = (await write(stranger)).encode()
    # Where each held a connection, none would be left for anybody else.
    many = database.POOL_SIZE + database.POOL_OVERFLOW
    there = all_wait(monkeypatch, many)
    async with all_at_work():
        waiting = [
            asyncio.create_task(survey_file(books.actor, blobs.whole(data)))
            for _ in range(many)
        ]
        await there.wait()
        assert len(await ask(stranger.actor, list_accounts)) == 3
        assert not any(one.done() for one in waiting)
    found = await asyncio.gather(*waiting)
    assert [one.transactions for one in found] == [6] * many
