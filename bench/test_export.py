"""A file of a million transactions: one batch is held, and their ids."""

import time
import tracemalloc
from collections.abc import AsyncIterator, Callable

import pytest

from bench.conftest import TRANSACTIONS, Seeded, opened
from bench.table import print_table
from fintrack.core.actor import Actor
from fintrack.services.exporting.writing import write_csv, write_json
from fintrack.services.ledger.listing import Filter
from tests.conftest import TestServer

MIB = 1024 * 1024
# A batch of 500 with its text, and 8 bytes for each transaction.
MAX_MIB = 8 + 2 * 8 * TRANSACTIONS // MIB

Write = Callable[[Actor, Filter], AsyncIterator[str]]


@pytest.mark.parametrize("write", [write_json, write_csv])
async def test_file_of_everything_holds_one_batch(
    server: TestServer, one: Seeded, write: Write
) -> None:
    actor, size = one.people[0].actor, 0
    async with opened(server, one.name):
        async for _ in write(actor, Filter(words="kiosk")):
            pass  # Whatever is loaded once is loaded now.
        tracemalloc.start()
        begun = time.perf_counter()
        async for part in write(actor, Filter()):
            size += len(part.encode())
        seconds = time.perf_counter() - begun
        peak = tracemalloc.get_traced_memory()[1] / MIB
        tracemalloc.stop()
    rows = [
        ("size", f"{size / MIB:.0f} MiB"),
        ("peak of memory", f"{peak:.1f} MiB"),
        ("time, memory being traced", f"{seconds:.0f} s"),
    ]
    print_table(f"{write.__name__}: {TRANSACTIONS:,} transactions", rows)
    assert size > TRANSACTIONS * 50
    assert peak < MAX_MIB
