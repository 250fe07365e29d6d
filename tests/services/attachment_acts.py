"""Attachments as the registry's test does them, undoes and redoes."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Protocol

from fintrack.services.attachments.keeping import AttachmentMark, remove_attachment
from fintrack.services.attachments.receiving import receive_attachment
from fintrack.services.attachments.rows import AttachmentView
from fintrack.services.commands import Done, perform
from tests.books import Books
from tests.core.test_attachment import BILL

Act = Callable[[], Awaitable[Done[Any]]]


class Places(Protocol):
    """A transaction."""

    @property
    def spent(self) -> int: ...


async def attach(books: Books, transaction_id: int) -> Done[AttachmentView]:
    """A bill that is put beside a transaction."""

    async def chunks() -> AsyncIterator[bytes]:
        yield BILL

    return await receive_attachment(books.actor, transaction_id, "bill.pdf", chunks())


async def attaching(books: Books, at: Places) -> Act:
    return lambda: attach(books, at.spent)


async def detaching(books: Books, at: Places) -> Act:
    mark = AttachmentMark(at.spent, (await attach(books, at.spent)).value.id)
    return lambda: perform(books.actor, remove_attachment, mark)


ATTACHMENT_ACTS = {
    "attachment.add": attaching,
    "attachment.remove": detaching,
}
