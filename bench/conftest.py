"""Seeded books for what is measured; ``TRANSACTIONS=10000`` makes them smaller."""

import gc
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from bench.books import NOW, seed_many, seed_one
from fintrack.services import database
from fintrack.services.database import Database
from tests.books import Books
from tests.conftest import (
    TestServer,
    books,
    clock,
    home,
    homes,
    reading_processes,
    server,
)
from tests.services.imports.conftest import desk, store

__all__ = [
    "books",
    "clock",
    "desk",
    "home",
    "homes",
    "reading_processes",
    "server",
    "store",
]

TRANSACTIONS = int(os.environ.get("TRANSACTIONS", "1000000"))
MANY, ONE = "seeded_many", "seeded_one"


@dataclass(frozen=True)
class Seeded:
    """A database full of books; clone it by its name before writing to it."""

    name: str
    people: list[Books]


@pytest.fixture(scope="session")
def in_memory() -> bool:
    """On the disk, as the books of people do."""
    return False


@pytest.fixture(scope="session")
async def many(server: TestServer) -> Seeded:
    """Ten people share the transactions."""

    async def seed(home: Database) -> list[Books]:
        return await seed_many(home, 10, TRANSACTIONS)

    return await _seed(server, MANY, seed)


@pytest.fixture(scope="session")
async def one(server: TestServer) -> Seeded:
    """One person has all the transactions."""

    async def seed(home: Database) -> list[Books]:
        return [await seed_one(home, TRANSACTIONS)]

    return await _seed(server, ONE, seed)


@pytest.fixture(autouse=True)
def settled() -> None:
    """What is loaded at the start is no garbage, as in the server itself.

    A full collection that walks through every loaded module holds up the event loop
    for 50 to 150 ms.
    """
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def opened(server: TestServer, name: str) -> AsyncIterator[Database]:
    """A seeded database, or a clone of one, installed for ``perform`` and ``ask``."""
    home = database.connect(server.url(name), server.url("template_log"), lambda: NOW)
    database.install(home)
    try:
        yield home
    finally:
        database.install(None)
        await home.dispose()


async def _seed(
    server: TestServer, name: str, seed: Callable[[Database], Awaitable[list[Books]]]
) -> Seeded:
    server.execute(f"CREATE DATABASE {name} TEMPLATE template_main STRATEGY file_copy")
    async with opened(server, name) as home:
        return Seeded(name, await seed(home))
