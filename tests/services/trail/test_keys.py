"""An owner's key: one, the same each time, until it is destroyed for good."""

import pytest
from cryptography.exceptions import InvalidTag

from fintrack.core.actor import SYSTEM
from fintrack.services import master_key
from fintrack.services.commands import ask
from fintrack.services.database import Database
from fintrack.services.master_key import MasterKey
from fintrack.services.trail.keys import HOUSE, Owner, destroy_key, find_key, key_of
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.trail.verifying import verify_trail
from tests.books import Books
from tests.conftest import Clock
from tests.services.trail.log_rows import Log


async def test_owner_has_one_key_and_no_other_owner_has_it(
    home: Database, clock: Clock
) -> None:
    async with home.unit_of_work() as session:
        first = await find_key(session, Owner("ledger", 1), clock())
        again = await find_key(session, Owner("ledger", 1), clock())
        other = await find_key(session, Owner("person", 1), clock())
        house = await find_key(session, HOUSE, clock())
        assert first is not None
        assert first == again == await key_of(session, first.id)
    assert len({key.secret for key in (first, other, house) if key}) == 3


async def test_key_is_wrapped_under_the_master_key(books: Books) -> None:
    await books.open("Cash")
    await ship_trail()
    master_key.install(MasterKey(b"x" * 32))
    with pytest.raises(InvalidTag):
        async with books.home.reading() as session:
            await key_of(session, 1)


async def test_wrap_of_another_owner_is_refused(home: Database, clock: Clock) -> None:
    async with home.unit_of_work() as session:
        await find_key(session, Owner("ledger", 1), clock())
        moved = "UPDATE trail_key SET owner_id = 2"
        await (await session.connection()).exec_driver_sql(moved)
        with pytest.raises(InvalidTag):
            await find_key(session, Owner("ledger", 2), clock())


async def test_destroyed_key_leaves_a_chain_that_verifies(
    books: Books, stranger: Books, log: Log, clock: Clock
) -> None:
    """I24: their images are gone, those of others are not."""
    await books.open("Purse")
    await stranger.open("Sock")
    await ship_trail()
    assert "Purse" in str(await log.opened())
    ledger = Owner("ledger", books.actor.ledger_id or 0)
    async with books.home.unit_of_work() as session:
        await destroy_key(session, ledger, clock())

    opened = str(await log.opened())
    assert "Purse" not in opened
    assert "Sock" in opened
    assert "account.open" in opened
    assert (await ask(SYSTEM, verify_trail)).breach is None


async def test_what_comes_after_the_destruction_is_shipped_without_images(
    books: Books, log: Log, clock: Clock
) -> None:
    """I24: the erasing change set holds the images of all it erased."""
    await books.open("Purse")
    ledger = Owner("ledger", books.actor.ledger_id or 0)
    async with books.home.unit_of_work() as session:
        await destroy_key(session, ledger, clock())
        assert await find_key(session, ledger, clock()) is None
    await ship_trail()
    (opened,) = [
        one for one in await log.opened() if one.head["what"] == "account.open"
    ]
    assert opened.images == []
    assert opened.head["parts"] == []
