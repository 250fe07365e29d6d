"""A blob store in a folder of the test, and short names for importing."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fintrack.services import blobs
from fintrack.services.blobs import FolderBlobStore
from fintrack.services.commands import Done, ask, perform
from fintrack.services.imports.confirming import confirm_import
from fintrack.services.imports.listing import ImportView
from fintrack.services.imports.previews import PreviewHead
from fintrack.services.imports.receiving import receive_file
from fintrack.services.imports.survey import PreviewView, read_preview
from tests.books import Books


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[FolderBlobStore]:
    """The installed store."""
    made = FolderBlobStore(tmp_path / "blobs", bytes(range(32)))
    blobs.install(made)
    yield made
    blobs.install(None)


async def chunks_of(data: bytes) -> AsyncIterator[bytes]:
    """``data`` as a request body brings it."""
    for start in range(0, len(data), 65_536):
        yield data[start : start + 65_536]


@dataclass(frozen=True)
class Desk:
    """Where files are imported into the ledger of ``books``."""

    books: Books

    async def receive(
        self, account_id: int, data: str | bytes, filename: str = "bank.csv"
    ) -> PreviewHead:
        body = data.encode() if isinstance(data, str) else data
        chunks = chunks_of(body)
        return (
            await receive_file(self.books.actor, account_id, filename, chunks)
        ).value

    async def read(self, preview_id: int) -> PreviewView:
        return await ask(self.books.actor, read_preview, preview_id)

    async def confirm(
        self, preview_id: int, key: str | None = None
    ) -> Done[ImportView]:
        return await perform(self.books.actor, confirm_import, preview_id, key=key)

    async def bring(self, account_id: int, data: str | bytes) -> Done[ImportView]:
        """Receives and confirms a file at once."""
        return await self.confirm((await self.receive(account_id, data)).id)


@pytest.fixture
def desk(books: Books) -> Desk:
    """Ada's desk."""
    return Desk(books)


@pytest.fixture
def strange_desk(stranger: Books) -> Desk:
    """The desk of somebody else."""
    return Desk(stranger)
