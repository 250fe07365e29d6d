"""Tells a row that was imported before from one that happened twice."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fintrack.core.statements.rows import StatementRow

DIGEST_BYTES = 16


class NumberedRow(NamedTuple):
    """A row with its key and the how-manieth of its kind it is in this file, from 1.

    The pair is unique in a file and the same in every file that overlaps it: two
    identical coffees are 1 and 2 both times.
    """

    row: StatementRow
    key: str
    ordinal: int


def dedupe_key(row: StatementRow) -> str:
    """Day, amount, currency, folded texts and reference, as 32 hex digits."""
    payee = " ".join(row.payee.casefold().split())
    text = " ".join(row.description.casefold().split())
    content = (
        f"{row.on_date}\x1f{row.amount_minor}\x1f{row.currency}"
        f"\x1f{payee}\x1f{text}\x1f{row.reference}"
    )
    data = content.encode("utf-8", "backslashreplace")
    return hashlib.blake2b(data, digest_size=DIGEST_BYTES).hexdigest()


def number_rows(rows: Iterable[StatementRow]) -> Iterator[NumberedRow]:
    """Each row with its key and ordinal, in the order given."""
    seen: Counter[str] = Counter()
    for row in rows:
        key = dedupe_key(row)
        seen[key] += 1
        yield NumberedRow(row, key, seen[key])
