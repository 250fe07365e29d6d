"""A LogDB that comes without tables, or with old ones, gets them before the trail."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from fintrack.core.errors import NotAllowed
from fintrack.services import database, migrations, security_events
from fintrack.services.database import Database
from fintrack.services.trail.heads import sign_head
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.trail.tables import ensure_tables
from tests.books import Books
from tests.conftest import TestServer
from tests.services.trail.log_rows import Log

NEWER = "9999"


@pytest.fixture
async def bare(books: Books, server: TestServer) -> AsyncIterator[Books]:
    """Books whose LogDB is an empty database."""
    name = server.clone("template0")
    main = books.home.main.url.render_as_string(hide_password=False)
    home = database.connect(main, server.url(name), books.home.clock)
    database.install(home)
    yield Books(home, books.actor)
    database.install(books.home)
    await home.dispose()
    server.drop(name)


def _drift(home: Database) -> list[object]:
    url = home.log.url.render_as_string(hide_password=False)
    return migrations.find_drift(migrations.LOG, url)


async def test_trail_is_shipped_to_a_database_that_was_empty(bare: Books) -> None:
    await security_events.note_refusal(bare.actor, "x", NotAllowed())
    shipped = await ship_trail()
    assert shipped == len(await Log(bare.home).rows()) > 0
    assert _drift(bare.home) == []


async def test_head_is_signed_in_a_database_that_was_empty(bare: Books) -> None:
    assert await sign_head() == 0
    assert _drift(bare.home) == []


async def test_database_of_a_newer_program_is_left_alone(log: Log) -> None:
    log.tamper(f"UPDATE alembic_version SET version_num = '{NEWER}'")  # noqa: S608 - a constant
    await ensure_tables(log.home)
    async with log.home.log_reading() as session:
        found = await session.scalar(text("SELECT version_num FROM alembic_version"))
    assert found == NEWER


def test_only_older_revisions_are_behind() -> None:
    assert migrations.is_behind(migrations.LOG, None)
    assert migrations.is_behind(migrations.LOG, "0001")
    assert not migrations.is_behind(migrations.LOG, NEWER)
