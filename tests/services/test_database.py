"""One place begins and commits; a reading cannot write."""

from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from fintrack.services import database
from fintrack.services.database import Database
from tests.books import Books


async def test_unit_of_work_leaves_no_mark_when_it_fails(books: Books) -> None:
    insert = text(
        "INSERT INTO security_event (at, kind, address, detail) "
        "VALUES (now(), 'test', '', '{}')"
    )
    with pytest.raises(RuntimeError):
        async with books.home.unit_of_work() as session:
            await session.execute(insert)
            raise RuntimeError
    assert not await books.rows("SELECT FROM security_event")
    async with books.home.unit_of_work() as session:
        await session.execute(insert)
    assert len(await books.rows("SELECT FROM security_event")) == 1


async def test_failed_attempt_leaves_no_mark_and_its_unit_goes_on(books: Books) -> None:
    insert = text(
        "INSERT INTO security_event (at, kind, address, detail) "
        "VALUES (now(), :kind, '', '{}')"
    )
    async with books.home.unit_of_work() as session:
        with pytest.raises(DBAPIError):
            async with database.attempt(session):
                await session.execute(insert, {"kind": "tried"})
                await session.execute(text("SELECT 1 / 0"))
        await session.execute(insert, {"kind": "done"})
    found = await books.rows("SELECT kind FROM security_event")
    assert [row.kind for row in found] == ["done"]


async def test_reading_sees_one_snapshot_and_cannot_write(books: Books) -> None:
    async with books.home.reading() as session:
        before = await session.scalar(text("SELECT count(*) FROM account"))
        await books.open("Cash")
        assert await session.scalar(text("SELECT count(*) FROM account")) == before
        with pytest.raises(DBAPIError, match="read-only"):
            await session.execute(text("DELETE FROM account"))


async def test_instants_are_utc_and_numbers_of_json_are_decimals(
    home: Database,
) -> None:
    async with home.reading() as session:
        assert await session.scalar(text("SHOW timezone")) == "UTC"
        found = await session.scalar(text("SELECT cast('{\"a\": 1.10}' AS jsonb)"))
    assert found == {"a": Decimal("1.10")}
    assert isinstance(found["a"], Decimal)


def test_nothing_is_installed_by_itself() -> None:
    database.install(None)
    with pytest.raises(RuntimeError, match="no database"):
        database.current()


async def test_traceback_of_the_database_repeats_nothing_that_was_entered(
    home: Database,
) -> None:
    with pytest.raises(DBAPIError) as broken:
        async with home.reading() as session:
            await session.execute(
                text("SELECT 1 / :zero, :said"), {"zero": 0, "said": "hunter2"}
            )
    assert "hunter2" not in str(broken.value)
