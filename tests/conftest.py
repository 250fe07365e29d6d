"""One PostgreSQL server for the run; each test that writes has its own database."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
from passlib.handlers.argon2 import argon2

from fintrack.core.factor_demand import FactorDemand
from fintrack.services import (
    database,
    drawing,
    embedded,
    gate,
    master_key,
    migrations,
    passwords,
    plans,
)
from fintrack.services.database import Database
from fintrack.services.embedded.places import find_places
from fintrack.services.imports import readers
from fintrack.services.master_key import KEY_BYTES, MasterKey
from tests.books import Books, make_person
from tests.fast_disk import clones_in_memory
from tests.homes import Homes

# A busy machine is no defect: speed is measured by benches, never by a test.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

NUMBERS = count(1)
BINARIES = os.environ.get("FINTRACK_TEST_BINARIES")


@dataclass
class Clock:
    """A clock that stands until a test moves it."""

    now: datetime = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: int) -> None:
        self.now += timedelta(**span)


@dataclass(frozen=True)
class TestServer:
    """The server with migrated templates, and how to clone them."""

    __test__ = False
    embedded: embedded.EmbeddedServer
    admin: psycopg.Connection
    place: str = ""

    def execute(self, statement: str, within: str = "") -> None:
        if not within:
            self.admin.execute(statement.encode())
            return
        with psycopg.connect(self.embedded.conninfo(within)) as admin:
            admin.execute(statement.encode())

    def clone(self, template: str, name: str = "") -> str:
        name = name or f"clone_{next(NUMBERS)}"
        copied = f"TEMPLATE {template} STRATEGY file_copy{self.place}"
        self.execute(f"CREATE DATABASE {name} {copied}")
        return name

    def drop(self, name: str) -> None:
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def url(self, name: str) -> str:
        return self.embedded.url(name)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first, or one worker ends long after the others.

    On the floors of the database each test that has a server is one of ``database``.
    """
    items.sort(key=lambda item: "tests/soak" not in item.nodeid)
    for item in items:
        is_below = item.nodeid.startswith(("tests/models/", "tests/services/"))
        if is_below and "server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def in_memory() -> bool:
    """Whether clones may lie in memory; what is measured lies on a disk."""
    return True


@pytest.fixture(scope="session")
def server(
    tmp_path_factory: pytest.TempPathFactory, *, in_memory: bool
) -> Iterator[TestServer]:
    """A server without fsync, with both schemas migrated once into templates."""
    options = {"fsync": "off", "full_page_writes": "off", "max_connections": "60"}
    folder = tmp_path_factory.mktemp("postgres")
    with embedded.start(
        folder,
        binaries=Path(BINARIES) if BINARIES else None,
        options=options,
    ) as running:
        for name in ("template_main", "template_log"):
            embedded.ensure_database(running, name)
        migrations.migrate_all(
            running.url("template_main"), running.url("template_log")
        )
        with psycopg.connect(running.conninfo("postgres"), autocommit=True) as admin:
            made = TestServer(running, admin)
            disk = (
                clones_in_memory(running, made.execute)
                if in_memory
                else nullcontext("")
            )
            with disk as place:
                yield replace(made, place=place)
    # Root's cluster lies outside of the folders that pytest clears away.
    shutil.rmtree(find_places(folder).home)


@pytest.fixture(scope="session", autouse=True)
async def reading_processes() -> AsyncIterator[None]:
    """Ends the processes that read files and draw pictures when the run ends."""
    yield
    await readers.close()
    await drawing.close()


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hashes with little memory; ``test_passwords`` has the real ones."""
    quick: Any = argon2.using(type="ID", memory_cost=64, time_cost=1, parallelism=1)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passwords, "_argon2id", quick)
        patched.setattr(passwords, "_DUMMY", quick.hash("of nobody"))
        yield


@pytest.fixture
def clock() -> Clock:
    """Wednesday 18 November 2026, noon UTC."""
    return Clock()


@pytest.fixture(scope="session")
async def homes(server: TestServer, *, in_memory: bool) -> AsyncIterator[Homes]:
    """What is measured gets a new one each time."""
    made = Homes(server, is_reusing=in_memory)
    yield made
    await made.close()


@pytest.fixture
async def home(homes: Homes, clock: Clock) -> AsyncIterator[Database]:
    """A database of its own, installed for ``perform`` and ``ask``."""
    async with homes.take(clock) as opened:
        database.install(opened)
        master_key.install(MasterKey(bytes(KEY_BYTES)))
        yield opened
        master_key.install(None)
        database.install(None)


@pytest.fixture
def billing() -> Iterator[None]:
    """Plans limit, as with ``FINTRACK_BILLING=sandbox``."""
    plans.set_billing(is_on=True)
    yield
    plans.set_billing(is_on=False)


@pytest.fixture
def factor_for_all() -> Iterator[None]:
    """Everybody must have a second factor: ``FINTRACK_SECOND_FACTOR=everybody``."""
    gate.demand_factor(FactorDemand.EVERYBODY)
    yield
    gate.demand_factor(FactorDemand.OFFERED)


@pytest.fixture
async def books(home: Database) -> Books:
    """Ada's empty ledger in euros."""
    return await make_person(home, "ada@example.org")


@pytest.fixture
async def stranger(home: Database) -> Books:
    """Somebody else's ledger in the same database."""
    return await make_person(home, "bob@example.org")
