"""Ada with one transaction, and a folder where files are kept."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from fintrack.services import blobs
from fintrack.services.attachments.reading import list_attachments, open_attachment
from fintrack.services.attachments.receiving import receive_attachment
from fintrack.services.attachments.rows import AttachmentView
from fintrack.services.blobs import FolderBlobStore
from fintrack.services.commands import Done, ask
from tests.books import Books
from tests.core.test_attachment import BILL

DAY = date(2026, 3, 5)


async def as_it_comes(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


@dataclass(frozen=True)
class Desk:
    """A transaction and what is attached to it."""

    books: Books
    folder: Path
    transaction_id: int

    async def attach(
        self, data: bytes = BILL, name: str = "bill.pdf", *, key: str | None = None
    ) -> Done[AttachmentView]:
        return await receive_attachment(
            self.books.actor, self.transaction_id, name, as_it_comes(data), key=key
        )

    async def names(self) -> list[str]:
        listed = await ask(self.books.actor, list_attachments, self.transaction_id)
        return [one.filename for one in listed]

    async def read(self, attachment_id: int) -> bytes:
        file = await open_attachment(
            self.books.actor, self.transaction_id, attachment_id
        )
        return b"".join(file.pieces())

    @property
    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FolderBlobStore]:
    made = FolderBlobStore(tmp_path / "blobs", bytes(32))
    blobs.install(made)
    yield made
    blobs.install(None)


@pytest.fixture
async def desk(books: Books, store: FolderBlobStore, tmp_path: Path) -> Desk:
    assert store
    cash, food = await books.open("Cash", "100 EUR"), await books.category("Food")
    spent = await books.spend(cash.id, food, "5 EUR", DAY, "Shop")
    return Desk(books, tmp_path / "blobs", spent.value.id)
