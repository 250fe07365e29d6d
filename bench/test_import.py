"""An import of 100,000 rows against the bare COPY of the same rows."""

import asyncio
import gc
import os
import time
from dataclasses import replace

import psutil
import pytest
from sqlalchemy import text

from bench.seeding import statement
from fintrack.services import change_sets
from fintrack.services.commands import Work, perform
from fintrack.services.imports import copying
from fintrack.services.imports.taking_back import TakeBack, take_back_import
from tests.books import Books
from tests.services.imports.conftest import Desk

ROWS = int(os.environ.get("ROWS", "100000"))
MAX_RATIO = 1.6
MAX_MEMORY_MB = 150
MAX_BLOCKED_MS = 50
MB = 1024 * 1024


class Watch:
    """The longest time the loop was blocked, and the most memory of the process."""

    def __init__(self) -> None:
        self.blocked_ms = 0.0
        self.peak = 0
        self._process = psutil.Process()

    async def __aenter__(self) -> "Watch":
        gc.collect()
        self._start = self._process.memory_info().rss
        self._task = asyncio.create_task(self._look())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()

    @property
    def extra_mb(self) -> float:
        return (self.peak - self._start) / MB

    async def _look(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.002)
            late = (time.perf_counter() - before - 0.002) * 1_000
            self.blocked_ms = max(self.blocked_ms, late)
            self.peak = max(self.peak, self._process.memory_info().rss)


async def bare_copy(books: Books, kept: dict[str, bytes]) -> float:
    """Seconds for one COPY of each table through all triggers, commit included."""
    began = time.perf_counter()
    async with books.home.unit_of_work() as session:
        now = books.home.clock()
        change_id = await change_sets.open_change_set(
            session, books.actor, "bench.copy", now, None, None
        )
        work = Work(session, books.actor, now, change_id)
        for sql, lines in kept.items():
            await copying.copy_in(work, sql, lines)
    return time.perf_counter() - began


async def copied_rows(books: Books, import_id: int) -> dict[str, bytes]:
    """The rows of an import as the input of a COPY."""
    kept = {}
    async with books.home.reading() as session:
        connection = await session.connection()
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        for sql in (copying.COPY_TRANSACTIONS, copying.COPY_POSTINGS):
            name, _, columns = sql.removesuffix(" FROM STDIN")[5:].partition(" ")
            key = "import_id" if name == "transaction" else "transaction_id"
            of = f"(SELECT id FROM transaction WHERE import_id = {import_id})"  # noqa: S608 - a number of ours
            where = f"= {import_id}" if key == "import_id" else f"IN {of}"
            query = (
                f"COPY (SELECT {columns.strip('()')} FROM {name} "  # noqa: S608 - constants only
                f"WHERE {key} {where} ORDER BY id) TO STDOUT"
            )
            async with driver.cursor() as cursor, cursor.copy(query) as copy:
                kept[sql] = b"".join([bytes(block) async for block in copy])
    return kept


async def test_import_against_bare_copy(books: Books, desk: Desk) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, statement(ROWS))
    async with Watch() as reading:
        began = time.perf_counter()
        view = await desk.read(head.id)
        read_s = time.perf_counter() - began
    assert view.to_add == ROWS
    assert view.balances[0].holds

    async with Watch() as importing:
        began = time.perf_counter()
        done = await desk.confirm(head.id)
        import_s = time.perf_counter() - began
    assert done.value.rows_added == ROWS

    began = time.perf_counter()
    second = await desk.bring(account.id, statement(ROWS))
    second_s = time.perf_counter() - began
    assert second.value.rows_added == 0

    kept = await copied_rows(books, done.value.id)
    began = time.perf_counter()
    taken = await perform(books.actor, take_back_import, TakeBack(done.value.id))
    back_s = time.perf_counter() - began
    assert taken.value.standing == 0
    await vacuum(books)
    copy_s = await bare_copy(books, kept)

    ratio = import_s / copy_s
    print(f"""
    import of {ROWS:,} rows                 {import_s:6.2f} s
    bare COPY through all triggers          {copy_s:6.2f} s
    ratio                                   {ratio:6.2f}    (at most {MAX_RATIO})
    extra memory while importing            {importing.extra_mb:6.0f} MB (at most {MAX_MEMORY_MB})
    loop blocked while importing            {importing.blocked_ms:6.0f} ms (at most {MAX_BLOCKED_MS})
    reading the preview                     {read_s:6.2f} s
    extra memory while reading              {reading.extra_mb:6.0f} MB
    loop blocked while reading              {reading.blocked_ms:6.0f} ms
    second import, adds 0 rows              {second_s:6.2f} s
    taking it back                          {back_s:6.2f} s""")
    assert ratio <= MAX_RATIO
    assert importing.extra_mb <= MAX_MEMORY_MB
    assert importing.blocked_ms <= MAX_BLOCKED_MS


async def vacuum(books: Books) -> None:
    """The COPY finds tables as empty as the import found them."""
    engine = books.home.main.execution_options(isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text("VACUUM (ANALYZE) transaction, posting"))
