"""A home that was used is as a new one; one that cannot be made good is given up."""

from collections.abc import AsyncIterator, Awaitable, Callable

import psycopg
import pytest
from sqlalchemy import text

from fintrack.services.database import Database
from tests.books import make_person
from tests.conftest import Clock, TestServer
from tests.homes import Homes

TABLES = text(
    "SELECT relname FROM pg_class WHERE relkind = 'r' "
    "AND relnamespace = 'public'::regnamespace ORDER BY 1"
)
SEQUENCES = text("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")
NEXT = text("SELECT nextval(oid::regclass) FROM pg_class WHERE relkind = 'S'")
Deed = Callable[[Database], Awaitable[None]]


@pytest.fixture
async def own(server: TestServer) -> AsyncIterator[Homes]:
    made = Homes(server, is_reusing=True)
    yield made
    await made.close()


async def contents(home: Database) -> list[object]:
    """Each sequence and row of both; how often they were written is no matter."""
    async with home.reading() as main, home.log_reading() as log:
        found: list[object] = []
        for one in (main, log):
            found.append((await one.execute(SEQUENCES)).all())
            for (table,) in (await one.execute(TABLES)).all():
                rows = text(f'SELECT t::text FROM "{table}" t ORDER BY 1')  # noqa: S608 - a name of ours
                found.append((table, (await one.execute(rows)).all()))
        return found


async def write(home: Database) -> None:
    await make_person(home, "ada@example.org")
    async with home.unit_of_work() as session:
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        await session.execute(text("UPDATE plan SET currency = 'EUR'"))
    async with home.log_unit_of_work() as session:
        await session.execute(text("RESET ROLE"))
        await session.execute(NEXT)


async def alter(home: Database) -> None:
    async with home.unit_of_work() as session:
        await session.execute(text("ALTER TABLE person DISABLE TRIGGER ALL"))


async def alter_log(home: Database) -> None:
    async with home.log_unit_of_work() as session:
        await session.execute(text("RESET ROLE"))
        await session.execute(text("CREATE TABLE left_behind ()"))


async def test_home_that_was_used_is_as_a_new_one(own: Homes, clock: Clock) -> None:
    async with own.take(clock) as new:
        before, name = await contents(new), new.main.url.database
        await write(new)
        assert await contents(new) != before
    async with own.take(clock) as again:
        assert again.main.url.database == name
        assert await contents(again) == before


@pytest.mark.parametrize("deed", [alter, alter_log])
async def test_home_that_cannot_be_made_good_is_given_up(
    own: Homes, clock: Clock, deed: Deed
) -> None:
    async with own.take(clock) as home:
        await deed(home)
    assert own.kept is None


async def test_home_with_an_open_transaction_is_not_as_new(
    own: Homes, clock: Clock
) -> None:
    async with own.take(clock) as home:
        assert await own.is_as_new(home)
        async with home.unit_of_work():
            assert not await own.is_as_new(home)


async def test_home_in_which_somebody_else_is_left_is_given_up(
    own: Homes, clock: Clock, server: TestServer
) -> None:
    async with own.take(clock) as home:
        stranger = psycopg.connect(
            server.embedded.conninfo(str(home.main.url.database))
        )
    assert own.kept is None
    stranger.close()
