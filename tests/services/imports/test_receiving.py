"""A file is kept while it arrives, once, or not at all."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from fintrack.core.actor import ANONYMOUS
from fintrack.core.errors import (
    Busy,
    Conflict,
    InvalidInput,
    KeyReused,
    NotFound,
    NotSignedIn,
    TooLarge,
    Unavailable,
    UnsupportedType,
)
from fintrack.services import change_sets
from fintrack.services.commands import perform
from fintrack.services.imports import previews, readers, receiving
from fintrack.services.imports.confirming import confirm_import
from fintrack.services.imports.receiving import receive_file
from tests.books import Books
from tests.services.imports.conftest import Desk, chunks_of
from tests.services.imports.held import all_at_work
from tests.services.imports.statements import CURRENT


def _files(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "blobs").iterdir())


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", InvalidInput),
        (b"PK\x03\x04" + bytes(100), UnsupportedType),
        (b"%PDF-1.7", UnsupportedType),
        (b"no columns here\n", InvalidInput),
    ],
)
async def test_refused_file_is_not_kept(
    desk: Desk, books: Books, tmp_path: Path, data: bytes, error: type[Exception]
) -> None:
    account = await books.open("Bank")
    with pytest.raises(error):
        await desk.receive(account.id, data)
    assert _files(tmp_path) == []


async def test_too_large_file_is_not_kept(
    desk: Desk, books: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "most_bytes", lambda: 50)
    account = await books.open("Bank")
    with pytest.raises(TooLarge):
        await desk.receive(account.id, CURRENT)
    assert _files(tmp_path) == []


async def test_file_for_somebody_elses_account_is_not_even_read(
    desk: Desk, stranger: Books, tmp_path: Path
) -> None:
    account = await stranger.open("Bank")
    with pytest.raises(NotFound):
        await desk.receive(account.id, CURRENT)
    assert _files(tmp_path) == []


async def test_nobody_imports_without_signing_in(books: Books) -> None:
    account = await books.open("Bank")
    with pytest.raises(NotSignedIn):
        await receive_file(ANONYMOUS, account.id, "x.csv", chunks_of(CURRENT))


async def test_same_key_with_the_same_file_keeps_one_of_them(
    books: Books, tmp_path: Path
) -> None:
    account = await books.open("Bank")

    async def send(data: bytes) -> int:
        done = await receive_file(
            books.actor, account.id, "bank.csv", chunks_of(data), key="once"
        )
        return done.value.id

    assert await send(CURRENT) == await send(CURRENT)
    with pytest.raises(KeyReused):
        await send(CURRENT + b"2026-02-06,Lidl,-1.00,2048.90\n")
    assert len(_files(tmp_path)) == 1
    assert len(await books.rows("SELECT id FROM import_preview")) == 1


async def test_file_that_waits_too_long_to_be_read_is_not_kept(
    desk: Desk, books: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = await books.open("Bank")
    async with all_at_work():
        monkeypatch.setattr(readers, "WAIT_SECONDS", 0)
        with pytest.raises(Busy):
            await desk.receive(account.id, CURRENT)
    assert _files(tmp_path) == []


async def test_file_that_waits_too_long_for_its_books_is_not_kept(
    desk: Desk, books: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = await books.open("Bank")
    monkeypatch.setattr(change_sets, "LOCK_WAIT", "10ms")
    async with books.home.unit_of_work() as other:
        await change_sets.lock_ledger(other, books.actor.ledger_id or 0, "test.hold")
        with pytest.raises(Busy):
            await desk.receive(account.id, CURRENT)
    assert _files(tmp_path) == []


async def test_file_beyond_those_that_may_wait_is_refused_before_its_first_byte(
    books: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "MAX_WAITING", 1)
    account = await books.open("Bank")

    async def send(chunks: AsyncIterator[bytes], key: str | None = None) -> int:
        done = await receive_file(books.actor, account.id, "x.csv", chunks, key=key)
        return done.value.id

    async def unread() -> AsyncIterator[bytes]:
        raise AssertionError("a byte was asked for")
        yield b""

    first = await send(chunks_of(CURRENT), "once")
    with pytest.raises(Conflict, match="Too many files"):
        await send(unread())
    assert await send(chunks_of(CURRENT), "once") == first
    assert len(_files(tmp_path)) == 1


async def test_connection_lost_while_it_commits_erases_nothing_on_a_guess(
    books: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = await books.open("Bank")

    async def keep_and_lose(*arguments: Any, **options: Any) -> None:
        await perform(*arguments, **options)
        raise Unavailable

    with monkeypatch.context() as patched, pytest.raises(Unavailable):
        patched.setattr(receiving, "perform_in_turn", keep_and_lose)
        await receive_file(
            books.actor, account.id, "bank.csv", chunks_of(CURRENT), key="once"
        )
    again = await receive_file(
        books.actor, account.id, "bank.csv", chunks_of(CURRENT), key="once"
    )
    assert len(_files(tmp_path)) == 1
    assert (await perform(books.actor, confirm_import, again.value.id)).value.rows_added
