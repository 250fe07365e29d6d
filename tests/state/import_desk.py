"""The import page of somebody with one account, and a file to give it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from fintrack.services import blobs
from fintrack.services.blobs import FolderBlobStore
from fintrack.services.imports.receiving import receive_file
from fintrack.services.ledger.account_rows import AccountView
from fintrack.state.importing import ImportState
from tests.books import Books
from tests.state.desk import sit_down

BANKS = Path(__file__).parents[1] / "data" / "banks"
N26 = "n26.csv"
TAKE, SKIP = True, False


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[None]:
    blobs.install(FolderBlobStore(tmp_path / "blobs", bytes(range(32))))
    yield
    blobs.install(None)


@pytest.fixture
async def account(books: Books) -> AccountView:
    return await books.open("Everyday", "100 EUR")


@pytest.fixture
async def page(
    books: Books, account: AccountView, monkeypatch: pytest.MonkeyPatch
) -> ImportState:
    """The page; its background work runs in the foreground of the test."""

    async def enter(self: ImportState) -> ImportState:
        return self

    async def leave(self: ImportState, *error: object) -> None:
        del self, error

    monkeypatch.setattr(ImportState, "__aenter__", enter, raising=False)
    monkeypatch.setattr(ImportState, "__aexit__", leave, raising=False)
    state = await (await sit_down(books)).state(ImportState)
    await state.load()
    assert account
    return state


async def upload(books: Books, account_id: int, data: str | bytes) -> str:
    body = data.encode() if isinstance(data, str) else data

    async def chunks() -> AsyncIterator[bytes]:
        yield body

    done = await receive_file(books.actor, account_id, "bank.csv", chunks())
    return str(done.value.id)


def bank(name: str) -> bytes:
    return (BANKS / name).read_bytes()


async def confirm(page: ImportState) -> None:
    handler: Any = ImportState.confirm
    await handler.fn(page)
