"""A file that waits is discarded; what was imported is taken back instead."""

import pytest

from fintrack.core.errors import Conflict, NotFound
from fintrack.services.blobs import FolderBlobStore
from fintrack.services.imports.discarding import discard_file
from tests.books import Books
from tests.services.imports.conftest import Desk
from tests.services.imports.statements import CURRENT


async def test_discarded_file_is_gone_with_its_preview(
    desk: Desk, books: Books, store: FolderBlobStore
) -> None:
    account = await books.open("Bank")
    before = await books.snapshot()
    head = await desk.receive(account.id, CURRENT)
    done = await discard_file(books.actor, head.id, key="no")
    assert (done.value.id, done.value.standing) == (head.id, 0)
    assert await store.names() == []
    with pytest.raises(NotFound):
        await desk.confirm(head.id)
    assert await discard_file(books.actor, head.id, key="no") == done
    assert await books.snapshot() == before


async def test_imported_file_is_not_discarded(
    desk: Desk, books: Books, store: FolderBlobStore
) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    await desk.confirm(head.id)
    with pytest.raises(Conflict, match="already imported"):
        await discard_file(books.actor, head.id)
    assert len(await store.names()) == 1


async def test_file_of_somebody_else_is_not_discarded(
    desk: Desk, books: Books, stranger: Books
) -> None:
    head = await desk.receive((await books.open("Bank")).id, CURRENT)
    with pytest.raises(NotFound):
        await discard_file(stranger.actor, head.id)
    await desk.read(head.id)
