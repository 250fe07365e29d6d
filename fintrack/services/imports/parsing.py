"""Cuts a statement into batches of rows with the keys that make them unique.

It runs in a process of its own (``reading.py``) and knows no database.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

from fintrack.core.currency import all_currencies
from fintrack.core.statements.balance import Balances
from fintrack.core.statements.duplicates import DIGEST_BYTES, dedupe_key
from fintrack.core.statements.encoding import Opener
from fintrack.core.statements.files import read_file, sniff_file
from fintrack.core.statements.mapping import Mapping
from fintrack.core.statements.rows import Row, StatedBalance, StatementRow
from fintrack.core.statements.sniffing import Sniffed
from fintrack.services.imports.reading import Asker

# What is done with a batch between two waits must not hold up the event loop.
BATCH_ROWS = 2_000
BATCH_CHARACTERS = 1_000_000


class Source(NamedTuple):
    """A file, how it is read, and the account it is for."""

    open_file: Opener
    mapping: Mapping
    account_id: int


@dataclass(frozen=True)
class SniffJob:
    """A file of which it is not known yet how it is read."""

    open_file: Opener
    part: str = ""

    def __call__(self, _: Asker) -> Sniffed:
        """Looks at it."""
        return sniff_file(self.open_file, self.part)


class ParsedRow(NamedTuple):
    """A record of the file; only what is understood has a key, 32 hex digits."""

    row: Row
    key: str = ""


@dataclass(frozen=True)
class Parsing:
    """A file that is being read; ``balances`` are whole when all batches were taken."""

    source: Source
    batch_rows: int
    balances: Balances = field(default_factory=Balances)

    def batches(self) -> Iterator[list[ParsedRow]]:
        """The records in the order of the file.

        Raises:
            InvalidInput: the file breaks the limits, or the mapping lacks a column.
        """
        batch: list[ParsedRow] = []
        characters = 0
        for parsed in with_keys(self._rows(self.balances), self.source.account_id):
            batch.append(parsed)
            characters += sum(map(len, parsed.row.raw))
            if len(batch) >= self.batch_rows or characters >= BATCH_CHARACTERS:
                yield batch
                batch, characters = [], 0
        yield batch

    def holds(self, key: str) -> bool:
        """Whether a row of the whole file has this key, be it read already or not.

        The first time the file is read once more for that: most files are never asked,
        and to keep all rows until the last one was read takes too much memory.

        Raises:
            InvalidInput: as for ``batches``.
        """
        return bytes.fromhex(key) in self._keys

    @cached_property
    def _keys(self) -> frozenset[bytes]:
        rows = with_keys(self._rows(Balances()), self.source.account_id)
        return frozenset(bytes.fromhex(parsed.key) for parsed in rows if parsed.key)

    def _rows(self, balances: Balances) -> Iterator[Row]:
        """The rows; what else the file says of its balances is kept aside."""
        for row in read_file(self.source.open_file, self.source.mapping, exponents()):
            balances.add(row)
            if not isinstance(row, StatedBalance):
                yield row


def with_keys(rows: Iterable[Row], account_id: int) -> Iterator[ParsedRow]:
    """Every row in its order; a transaction with its key in this account.

    Two identical coffees on a day are the first and the second of their kind.
    """
    seen: Counter[str] = Counter()
    for row in rows:
        if isinstance(row, StatementRow):
            key = dedupe_key(row)
            seen[key] += 1
            yield ParsedRow(row, import_key(account_id, key, seen[key]))
        else:
            yield ParsedRow(row)


def import_key(account_id: int, key: str, ordinal: int) -> str:
    """What makes a row of a bank one and the same, however often its file comes."""
    content = f"{account_id}\x1f{key}\x1f{ordinal}".encode()
    return hashlib.blake2b(content, digest_size=DIGEST_BYTES).hexdigest()


@cache
def exponents() -> dict[str, int]:
    """The decimals of each currency; an account may outlive the money it is kept in."""
    return {currency.code: currency.exponent for currency in all_currencies()}
