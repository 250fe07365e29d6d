"""COPY is part of its unit of work, and a stop does not break it off."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from fintrack.services import bulk, faults
from tests.books import Books


async def test_copy_is_part_of_the_unit_of_work(books: Books) -> None:
    sql = "COPY security_event (at, kind, address, detail) FROM STDIN"
    line = b"2026-02-03 00:00:00+00\ttest\t\t{}\n"
    with pytest.raises(RuntimeError):
        async with books.home.unit_of_work() as session:
            await bulk.copy_in(session, sql, line)
            raise RuntimeError
    assert not await books.rows("SELECT FROM security_event")
    async with books.home.unit_of_work() as session:
        await bulk.copy_in(session, sql, line + line)
    assert len(await books.rows("SELECT FROM security_event")) == 2


async def test_fault_in_a_copy_has_its_state(books: Books) -> None:
    sql = "COPY security_event (at, kind, address, detail) FROM STDIN"
    with pytest.raises(DBAPIError) as caught:
        async with books.home.unit_of_work() as session:
            await bulk.copy_in(session, sql, b"\\N\ttest\t\t{}\n")
    assert faults.sqlstate(caught.value) == "23502"


async def test_copy_that_is_told_to_end_ends_whole_and_leaves_nothing(
    books: Books, caplog: pytest.LogCaptureFixture
) -> None:
    sql = "COPY security_event (at, kind, address, detail) FROM STDIN"
    lines = b"2026-02-03 00:00:00+00\ttest\t\t{}\n" * 50_000
    sends = asyncio.Event()

    async def load() -> None:
        async with books.home.unit_of_work() as session:
            await session.execute(text("SELECT 1"))
            asyncio.get_running_loop().call_later(0.02, sends.set)
            await bulk.copy_in(session, sql, lines)

    loading = asyncio.create_task(load())
    await sends.wait()
    loading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loading
    assert not await books.rows("SELECT FROM security_event")
    assert [record.message for record in caplog.records] == []
