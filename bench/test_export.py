"""A file of a year among a million transactions: one batch is held, and their ids."""

import tracemalloc
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest

from bench.books import LAST
from bench.conftest import TRANSACTIONS, Seeded, opened
from bench.table import print_table
from fintrack.core.actor import Actor
from fintrack.services.commands import ask
from fintrack.services.exporting.writing import write_csv, write_json
from fintrack.services.ledger.listing import Filter
from fintrack.services.ledger.totals import total_transactions
from tests.conftest import TestServer

MIB = 1024 * 1024
# Traced memory makes everything ten times slower: more would tell nothing more.
YEAR = Filter(since=LAST - timedelta(365))

Write = Callable[[Actor, Filter], AsyncIterator[str]]


@pytest.mark.parametrize("write", [write_json, write_csv])
async def test_file_of_a_year_holds_one_batch(
    server: TestServer, one: Seeded, write: Write
) -> None:
    actor, size = one.people[0].actor, 0
    async with opened(server, one.name):
        async for _ in write(actor, Filter(words="kiosk")):
            pass  # Whatever is loaded once is loaded now.
        number = (await ask(actor, total_transactions, YEAR, "EUR")).count
        tracemalloc.start()
        async for part in write(actor, YEAR):
            size += len(part.encode())
        peak = tracemalloc.get_traced_memory()[1] / MIB
        tracemalloc.stop()
    # A batch of 500 with its text, and 8 bytes for each transaction, held twice.
    most = 8 + 2 * 8 * number // MIB
    title = f"{write.__name__}: {number:,} of {TRANSACTIONS:,} transactions"
    size_row = ("size", f"{size / MIB:.0f} MiB")
    print_table(
        title, [size_row, (f"peak of memory (at most {most} MiB)", f"{peak:.1f} MiB")]
    )
    assert size > number * 50
    assert peak < most
