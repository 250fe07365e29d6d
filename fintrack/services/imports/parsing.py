"""Reads a statement in a thread, some batches ahead of whoever uses its rows.

While the database takes one batch the thread understands the next, and neither the
event loop nor the memory sees the whole file.
"""

import asyncio
import hashlib
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import cache
from typing import NamedTuple
from uuid import UUID

from fintrack.core.currency import all_currencies
from fintrack.core.statements.balance import BalanceProof, prove_balances
from fintrack.core.statements.duplicates import DIGEST_BYTES, dedupe_key
from fintrack.core.statements.encoding import Opener
from fintrack.core.statements.mapping import Mapping
from fintrack.core.statements.reader import read_statement
from fintrack.core.statements.rows import Row, StatementRow

# What is done with a batch between two waits must not hold up the event loop.
BATCH_ROWS = 2_000
BATCH_CHARACTERS = 1_000_000
BATCHES_AHEAD = 3
READERS = 2


@cache
def _readers() -> ThreadPoolExecutor:
    """Threads that read files, made at first use: the process may still fork.

    Not those of ``asyncio.to_thread``: a reader waits for its consumer, and consumers
    use that pool; six files at once would have held up each other for good.
    """
    return ThreadPoolExecutor(READERS, "statements")


class Source(NamedTuple):
    """A file, how it is read, and the account it is for."""

    open_file: Opener
    mapping: Mapping
    account_id: int


class ParsedRow(NamedTuple):
    """A record of the file; only what is understood has a key and prepared words."""

    row: Row
    key: UUID | None = None
    words: str = ""


Prepare = Callable[[StatementRow], str]


class Parsing:
    """A file that is being read; ``proofs`` are there when all batches were taken."""

    def __init__(self, source: Source, prepare: Prepare) -> None:
        self.proofs: list[BalanceProof] = []
        self._source = source
        self._prepare = prepare
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Queue[list[ParsedRow] | None] = asyncio.Queue()
        self._room = threading.Semaphore(BATCHES_AHEAD)
        self._stopped = False
        self._work = self._loop.run_in_executor(_readers(), self._run)

    async def batches(self) -> AsyncIterator[list[ParsedRow]]:
        """The records in the order of the file.

        Raises:
            InvalidInput: the file breaks the limits, or the mapping lacks a column.
        """
        while (batch := await self._ready.get()) is not None:
            yield batch
            self._room.release()
        await self._work

    async def end(self) -> None:
        """Waits until the thread has ended, wherever in the file it is."""
        self._stopped = True
        self._room.release()
        await asyncio.wait({self._work})
        # An error that nobody was waiting for any more.
        self._work.exception()

    def _run(self) -> None:
        try:
            self.proofs = prove_balances(self._rows())
        except _Stopped:
            pass
        finally:
            self._loop.call_soon_threadsafe(self._ready.put_nowait, None)

    def _rows(self) -> Iterator[Row]:
        """All records, handed over in batches on their way to the balance proof."""
        batch: list[ParsedRow] = []
        characters = 0
        source = self._source
        rows = read_statement(source.open_file, source.mapping, exponents())
        for parsed in with_keys(rows, source.account_id, self._prepare):
            batch.append(parsed)
            characters += sum(map(len, parsed.row.raw))
            if len(batch) >= BATCH_ROWS or characters >= BATCH_CHARACTERS:
                self._hand_over(batch)
                batch, characters = [], 0
            yield parsed.row
        self._hand_over(batch)

    def _hand_over(self, batch: list[ParsedRow]) -> None:
        self._room.acquire()
        if self._stopped:
            raise _Stopped
        self._loop.call_soon_threadsafe(self._ready.put_nowait, batch)


@asynccontextmanager
async def parse(
    source: Source, prepare: Prepare = lambda _: ""
) -> AsyncIterator[Parsing]:
    """Starts reading; the thread has ended when the block is left.

    ``prepare`` runs in the thread for each transaction and gives its ``words``.
    """
    parsing = Parsing(source, prepare)
    try:
        yield parsing
    finally:
        await parsing.end()


def with_keys(
    rows: Iterable[Row], account_id: int, prepare: Prepare
) -> Iterator[ParsedRow]:
    """Every row in its order; a transaction with its key in this account.

    Two identical coffees on a day are the first and the second of their kind.
    """
    seen: Counter[str] = Counter()
    for row in rows:
        if isinstance(row, StatementRow):
            key = dedupe_key(row)
            seen[key] += 1
            unique = import_key(account_id, key, seen[key])
            yield ParsedRow(row, unique, prepare(row))
        else:
            yield ParsedRow(row)


def import_key(account_id: int, key: str, ordinal: int) -> UUID:
    """What makes a row of a bank one and the same, however often its file comes."""
    content = f"{account_id}\x1f{key}\x1f{ordinal}".encode()
    return UUID(bytes=hashlib.blake2b(content, digest_size=DIGEST_BYTES).digest())


@cache
def exponents() -> dict[str, int]:
    """The decimals of each currency."""
    return {currency.code: currency.exponent for currency in all_currencies()}


class _Stopped(Exception):
    """Ends the thread where nobody wants its rows any more."""
