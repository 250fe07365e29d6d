"""Nobody waits without end for a database that stands still."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from fintrack.core.actor import ANONYMOUS
from fintrack.core.errors import Unavailable
from fintrack.services import connections, database
from fintrack.services.commands import ANYBODY, Work, ask, command, perform
from fintrack.services.database import Database
from fintrack.services.embedded import EmbeddedServer
from fintrack.services.setup import is_open
from tests.standstill import lonely, lonely_home, standing_still

__all__ = ["lonely", "lonely_home"]

# The pool's connection is asked first, then a new one is tried.
REACHED_SECONDS = connections.PING_SECONDS + connections.CONNECT_SECONDS + 4
SLEEP = text("SELECT pg_sleep(:seconds)")


@command("test.write_to_a_standstill", roles=ANYBODY, final="it writes nothing")
async def write_nothing(work: Work) -> None:
    assert work


@pytest.mark.parametrize(
    "visit",
    [lambda: ask(ANONYMOUS, is_open), lambda: perform(ANONYMOUS, write_nothing)],
    ids=["question", "command"],
)
async def test_standing_server_is_told_in_time_and_found_again(
    lonely: EmbeddedServer,
    lonely_home: Database,
    visit: Callable[[], Awaitable[object]],
) -> None:
    assert lonely_home
    with standing_still(lonely.places.cluster):
        began = time.monotonic()
        with pytest.raises(Unavailable):
            await asyncio.wait_for(visit(), 60)
        assert time.monotonic() - began < REACHED_SECONDS
    await visit()


async def test_reading_that_was_under_way_ends_in_time(
    lonely: EmbeddedServer, lonely_home: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "READING_SECONDS", 1)
    with pytest.raises(OperationalError, match="no answer in 1 seconds"):
        async with asyncio.timeout(60), lonely_home.reading() as session:
            with standing_still(lonely.places.cluster):
                await session.execute(text("SELECT 1"))
    assert await ask(ANONYMOUS, is_open)


async def test_slow_writing_outlives_the_bounds_of_others(
    lonely_home: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "READING_SECONDS", 1)
    monkeypatch.setattr(connections.BoundedConnection, "patience", 1)
    async with lonely_home.unit_of_work() as session:
        await session.execute(SLEEP, {"seconds": 1.5})
    with pytest.raises(DBAPIError):
        async with lonely_home.reading() as session:
            await session.execute(SLEEP, {"seconds": 1.5})


async def test_statement_that_nobody_waits_for_ends_on_the_server(
    lonely: EmbeddedServer, lonely_home: Database
) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2), lonely_home.unit_of_work() as session:
            await session.execute(SLEEP, {"seconds": 60})
    left = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'"
    with psycopg.connect(lonely.conninfo("main"), autocommit=True) as other:
        for _ in range(50):
            found = other.execute(left).fetchone()
            if found == (0,):
                return
            await asyncio.sleep(0.1)
    pytest.fail("It still sleeps.")


async def test_cancelled_wait_for_a_standing_server_ends_at_once(
    lonely: EmbeddedServer, lonely_home: Database
) -> None:
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2), lonely_home.unit_of_work() as session:
            with standing_still(lonely.places.cluster):
                await session.execute(text("SELECT 1"))
    # psycopg itself would wait ten seconds.
    assert time.monotonic() - began < 5
