"""Files that wait for a yes are found again, each by its own person."""

from datetime import timedelta

from fintrack.services.commands import ask
from fintrack.services.imports.discarding import discard_file
from fintrack.services.imports.waiting import list_waiting
from tests.books import Books
from tests.conftest import Clock
from tests.services.imports.conftest import Desk
from tests.services.imports.statements import CURRENT


async def _names(books: Books) -> list[int]:
    return [one.id for one in await ask(books.actor, list_waiting)]


async def test_files_wait_until_they_are_imported_discarded_or_expire(
    desk: Desk, books: Books, stranger: Books, clock: Clock
) -> None:
    account = await books.open("Bank")
    first, second, third, last = [
        (await desk.receive(account.id, CURRENT)).id for _ in range(4)
    ]
    assert await _names(books) == [last, third, second, first]
    assert await _names(stranger) == []
    await desk.confirm(first)
    await discard_file(books.actor, third)
    assert await _names(books) == [last, second]
    (newest, _) = await ask(books.actor, list_waiting)
    assert newest.expires_at - newest.created_at == timedelta(hours=24)
    clock.advance(hours=24)
    assert await _names(books) == []
