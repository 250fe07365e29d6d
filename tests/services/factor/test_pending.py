"""Half a sign-in lives five minutes."""

from fintrack.core.actor import SYSTEM
from fintrack.services.commands import Work
from fintrack.services.database import Database
from fintrack.services.factor.pending import (
    Pending,
    close_pending,
    find_pending,
    forget_pending,
    open_pending,
    sweep_pending,
)
from fintrack.services.sessions import Browser
from tests.books import Books
from tests.conftest import Clock


async def open_one(books: Books, token: bytes) -> Pending:
    owner = Pending(books.actor.person_id or 0, books.actor.ledger_id or 0)
    async with books.home.unit_of_work() as session:
        work = Work(session, SYSTEM, books.home.clock())
        await open_pending(
            work, owner.person_id, owner.ledger_id, Browser(token, "", "")
        )
    return owner


async def find(home: Database, token: bytes) -> Pending | None:
    async with home.reading() as session:
        return await find_pending(session, token, home.clock())


async def test_it_is_found_for_five_minutes_and_swept_then(
    home: Database, books: Books, clock: Clock
) -> None:
    owner = await open_one(books, b"one")
    clock.advance(minutes=4, seconds=59)
    assert await find(home, b"one") == owner
    assert await find(home, b"") is None
    assert await sweep_pending() == 0
    clock.advance(seconds=1)
    assert await find(home, b"one") is None
    assert await sweep_pending() == 1


async def test_it_is_closed_once(home: Database, books: Books) -> None:
    await open_one(books, b"one")
    async with home.unit_of_work() as session:
        assert await close_pending(session, b"one")
        assert not await close_pending(session, b"one")


async def test_another_password_ends_all_of_a_person(
    home: Database, books: Books, stranger: Books
) -> None:
    owner = await open_one(books, b"one")
    other = await open_one(stranger, b"two")
    async with home.unit_of_work() as session:
        await forget_pending(session, owner.person_id)
    assert await find(home, b"one") is None
    assert await find(home, b"two") == other
