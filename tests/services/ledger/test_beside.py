"""A list of transactions tells which of them have files."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

from fintrack.services import blobs
from fintrack.services.attachments.receiving import receive_attachment
from fintrack.services.changes import undo_change
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.listing import Filter, list_transactions
from tests.books import Books
from tests.core.test_attachment import BILL
from tests.core.test_picture import picture


async def test_each_transaction_counts_its_own_attachments(
    books: Books, stranger: Books, tmp_path: Path
) -> None:
    cash, food = await books.open("Cash", "9 EUR"), await books.category("Food")
    spent = (await books.spend(cash.id, food, "1 EUR", date(2026, 3, 5))).value.id
    blobs.install(blobs.FolderBlobStore(tmp_path / "blobs", bytes(32)))
    changes = []
    for data in (BILL, picture("PNG")):

        async def chunks(data: bytes = data) -> AsyncIterator[bytes]:
            yield data

        done = await receive_attachment(books.actor, spent, "a", chunks())
        changes.append(done.change_id)
    blobs.install(None)
    page = await ask(books.actor, list_transactions, Filter())
    counted = {view.id: view.attachments for view in page.items}
    assert counted.pop(spent) == 2
    assert set(counted.values()) == {0}
    await perform(books.actor, undo_change, changes[0])
    page = await ask(books.actor, list_transactions, Filter())
    assert {view.id: view.attachments for view in page.items}[spent] == 1
    assert (await ask(stranger.actor, list_transactions, Filter())).items == ()
