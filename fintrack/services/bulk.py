"""Many rows at once, in the transaction of a session: in by COPY, out in parts."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.services.connections import BoundedConnection, driver_of

# What is sent by one COPY is bounded, and takes far less.
COPY_SECONDS = 5


async def copy_in(session: AsyncSession, statement: str, lines: bytes) -> None:
    """One COPY of ``lines`` in the transaction of ``session``.

    Who is told to end meanwhile ends after it, if that takes no longer than a few
    seconds: a COPY that is broken off takes its connection with it.

    Raises:
        DBAPIError: as every other statement, so that ``perform`` can tell the fault.
    """
    driver = await driver_of(await session.connection())
    copying = asyncio.create_task(_copy(driver, statement, lines))
    try:
        await asyncio.shield(copying)
    except asyncio.CancelledError:
        _, left = await asyncio.wait([copying], timeout=COPY_SECONDS)
        for task in left:
            task.cancel()
        raise
    except psycopg.Error as error:
        raise DBAPIError(statement, None, error) from error


async def _copy(driver: BoundedConnection, statement: str, lines: bytes) -> None:
    async with driver.cursor() as cursor, cursor.copy(statement) as copy:
        await copy.write(lines)


async def stream(
    session: AsyncSession, statement: str, values: Mapping[str, Any], rows: int
) -> AsyncIterator[list[tuple[Any, ...]]]:
    """The rows of a query in parts of at most ``rows``; the server holds the rest.

    ``statement`` is written as the driver wants it: ``%(name)s`` for a value.
    """
    driver = await driver_of(await session.connection())
    async with driver.cursor(name=f"stream_{rows}", binary=True) as cursor:
        await cursor.execute(statement, values)
        while part := await cursor.fetchmany(rows):
            yield part
