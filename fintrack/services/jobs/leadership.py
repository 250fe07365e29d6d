"""Whose turn it is: one session of the database holds the lock of the leader.

PostgreSQL gives the lock back when the session ends, however its process did.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from fintrack.core.errors import Unavailable
from fintrack.services import database
from fintrack.services.jobs.calling import CHANNEL

# Any fixed number will do; it is "FTJOB" read as digits on a telephone.
LEADER_LOCK = 38562
NAME = "fintrack jobs"
BEAT_SECONDS = 5
ANSWER_SECONDS = 5

_TAKE = text("SELECT pg_try_advisory_lock(:lock)")
_LISTEN = text(f"LISTEN {CHANNEL}")
_ALIVE = text("SELECT 1")


@dataclass(frozen=True, slots=True)
class Seat:
    """The session that may hold the lock; use it within ``open_seat`` only."""

    connection: AsyncConnection

    async def take(self) -> bool:
        """Whether this process leads from now on; another one may."""
        async with asyncio.timeout(ANSWER_SECONDS):
            taken = await self.connection.scalar(_TAKE, {"lock": LEADER_LOCK})
            if taken:
                await self.connection.execute(_LISTEN)
        return bool(taken)

    async def wait(self) -> frozenset[str]:
        """Waits for the next beat, or for calls, which only the leader hears.

        Returns:
            The jobs that are called for.

        Raises:
            Unavailable: the session is gone and its lock with it, as all of ``Seat``.
        """
        driver: Any = (await self.connection.get_raw_connection()).driver_connection
        heard = driver.notifies(timeout=BEAT_SECONDS, stop_after=1)
        called = frozenset([call.payload async for call in heard])
        async with asyncio.timeout(ANSWER_SECONDS):
            await self.connection.execute(_ALIVE)
        return called


@asynccontextmanager
async def open_seat() -> AsyncIterator[Seat]:
    """A session of its own for the lock of the leader.

    Raises:
        Unavailable: the database does not answer, now or later within the block.
    """
    try:
        async with database.current().lone_connection(NAME) as connection:
            yield Seat(connection)
    except (DBAPIError, psycopg.Error, OSError, TimeoutError) as error:
        raise Unavailable from error
