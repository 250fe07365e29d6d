"""Engines and units of work: the only place that begins and commits."""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any, cast

import psycopg
from sqlalchemy import (
    URL,
    Connection,
    CursorResult,
    NullPool,
    TextClause,
    create_engine,
    event,
    text,
)
from sqlalchemy.exc import InvalidatePoolError, InvalidRequestError
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    create_async_engine,
)

from fintrack.core.errors import Unavailable
from fintrack.services.connections import (
    CONNECT_OPTIONS,
    PING_SECONDS,
    WATCHED,
    BoundedConnection,
    driver_of,
)

# How ``pg_stat_activity`` calls a process of FinTrack; more may follow after a space.
NAME = "fintrack"
POOL_SIZE = 5
POOL_OVERFLOW = 5
POOL_WAIT_SECONDS = 10
# For one answer of the server: a page waits for the first, a large import is many
# statements, of which none is the second.
READING_SECONDS = 10
WRITING_SECONDS = 600
READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

_AS_RELAY = text(
    "SELECT set_config('role', rolname, true) FROM pg_roles "
    "WHERE rolname = 'fintrack_relay' AND pg_has_role(oid, CASE WHEN "
    "current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END)"
)


@dataclass(frozen=True, slots=True)
class Database:
    """MainDB and LogDB with the clock that gives each unit of work its instant.

    ``readers`` are connections to MainDB in transactions that cannot write.
    """

    main: AsyncEngine
    readers: AsyncEngine
    log: AsyncEngine
    clock: Callable[[], datetime]

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[AsyncSession]:
        """A session on MainDB that commits at the end, or leaves no mark."""
        async with (
            AsyncSession(self.main, expire_on_commit=False) as session,
            session.begin(),
        ):
            await _grant(await session.connection(), WRITING_SECONDS)
            yield session

    @asynccontextmanager
    async def reading(self, seconds: int | None = None) -> AsyncIterator[AsyncSession]:
        """A session on one snapshot of MainDB that cannot write.

        ``seconds`` is how long each answer may take, else as long as for a page.

        Raises:
            Unavailable: the server lets nobody in.
        """
        async with AsyncSession(self.readers, expire_on_commit=False) as session:
            try:
                connection = await session.connection()
            except InvalidRequestError as error:
                # Neither a connection of the pool nor a new one could begin.
                raise Unavailable from error
            if seconds:
                await _grant(connection, seconds)
            yield session

    @asynccontextmanager
    async def log_unit_of_work(self) -> AsyncIterator[AsyncSession]:
        """A session on LogDB, as the role that can only add where there is one.

        It commits at the end, or leaves no mark.
        """
        async with (
            AsyncSession(self.log, expire_on_commit=False) as session,
            session.begin(),
        ):
            await _grant(await session.connection(), WRITING_SECONDS)
            await session.execute(_AS_RELAY)
            yield session

    @asynccontextmanager
    async def log_reading(self) -> AsyncIterator[AsyncSession]:
        """A session on one snapshot of LogDB that cannot write."""
        async with self.log.connect() as connection:
            await connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            await _grant(connection, WRITING_SECONDS)
            async with AsyncSession(connection) as session:
                yield session

    @asynccontextmanager
    async def lone_connection(self, name: str) -> AsyncIterator[AsyncConnection]:
        """A connection to MainDB outside the pool, without a transaction.

        ``name`` is how ``pg_stat_activity`` calls it.
        Its session ends soon after this machine is gone without a word.
        """
        engine = create_async_engine(
            self.main.url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            connect_args={
                "application_name": name,
                "connect_timeout": POOL_WAIT_SECONDS,
                "options": WATCHED,
            },
        )
        async with engine.connect() as connection:
            yield connection

    async def dispose(self) -> None:
        """Closes every connection."""
        for engine in (self.main, self.readers, self.log):
            await engine.dispose()


class _Installed:
    """The database of this process; doors need not carry it along."""

    database: Database | None = None


def connect(
    main_url: str, log_url: str, clock: Callable[[], datetime], *, name: str = NAME
) -> Database:
    """Engines for both databases; nothing is opened before the first use.

    ``name`` is how ``pg_stat_activity`` calls their connections.
    """
    return Database(
        _engine(main_url, name), _readers(main_url, name), _engine(log_url, name), clock
    )


def install(database: Database | None) -> None:
    """Makes ``database`` the one for ``perform`` and ``ask``; None takes it out."""
    _Installed.database = database


def current() -> Database:
    """The installed database.

    Raises:
        RuntimeError: the wiring has installed none.
    """
    if _Installed.database is None:
        raise RuntimeError("no database is installed")
    return _Installed.database


@contextmanager
def locked_connection(url: str | URL, lock: int) -> Iterator[Connection]:
    """One transaction of its own that holds an advisory lock, for migrations."""
    patience = {"connect_timeout": POOL_WAIT_SECONDS}
    engine = create_engine(url, poolclass=NullPool, connect_args=patience)
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": lock})
        yield connection
    engine.dispose()


@asynccontextmanager
async def attempt(session: AsyncSession) -> AsyncIterator[None]:
    """What fails inside leaves no mark, and its unit of work can still ask why."""
    async with session.begin_nested():
        yield


async def sweep(statement: TextClause, **values: object) -> int:
    """Removes or ends rows whose time is over; how many there were.

    No change set is opened, so the database refuses it on a tracked table.
    """
    async with current().unit_of_work() as session:
        found = await session.execute(statement, values)
    return cast("CursorResult[Any]", found).rowcount


async def _grant(connection: AsyncConnection, seconds: int) -> None:
    """Lets each answer take ``seconds`` until the connection is given back."""
    (await driver_of(connection)).patience = seconds


def _readers(url: str, name: str) -> AsyncEngine:
    """Connections that stand in a transaction on one snapshot, which cannot write.

    Pages ask the most. What begins their transaction also tells whether the connection
    still works, so that they are spared a ping and the change of level there and back.
    """
    engine = _engine(url, name, isolation_level="AUTOCOMMIT", pool_pre_ping=False)
    event.listen(engine.sync_engine, "checkout", _begin_reading, insert=True)
    return engine


def _engine(url: str, name: str, **options: Any) -> AsyncEngine:
    engine = create_async_engine(
        url,
        # What people entered has no business in a traceback.
        hide_parameters=True,
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        pool_timeout=POOL_WAIT_SECONDS,
        connect_args={
            **CONNECT_OPTIONS,
            "application_name": name,
            "async_creator_fn": BoundedConnection.connect,
        },
        json_deserializer=partial(json.loads, parse_float=Decimal),
        **({"pool_pre_ping": True} | options),
    )
    event.listen(engine.sync_engine, "checkout", _begin)
    event.listen(engine.sync_engine, "checkin", _come_to_rest)
    return engine


def _begin_reading(adapted: Any, _record: object, _fairy: object) -> None:
    """Begins; where the connection is gone, those that rest beside it are too."""
    try:
        adapted.cursor().execute(READING)
    except psycopg.OperationalError as error:
        raise InvalidatePoolError from error


def _begin(adapted: Any, _record: object, _fairy: object) -> None:
    """What uses a connection waits as long as a page, unless it is granted more."""
    adapted.driver_connection.patience = READING_SECONDS


def _come_to_rest(adapted: Any, _record: object) -> None:
    """The next one to use the connection first asks whether it still works."""
    if adapted is not None:
        adapted.driver_connection.patience = PING_SECONDS
