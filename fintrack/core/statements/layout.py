"""Separator, quotation marks, header and first row, found in a sample of lines."""

from collections import Counter
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from fintrack.core.errors import InvalidInput
from fintrack.core.statements.cells import looks_like_amount
from fintrack.core.statements.column_names import Role
from fintrack.core.statements.columns import role_of_header
from fintrack.core.statements.dates import looks_like_date
from fintrack.core.statements.records import Limits, read_records
from fintrack.core.text import message_id

SEPARATORS = (";", ",", "\t", "|")
QUOTES = ('"', "")
NO_COLUMNS = message_id("No columns could be told apart in this file.")
MAX_HEADER_ROW = 60
MIN_HEADER_ROLES = 3
_LEAST = {Role.DATE, Role.AMOUNT}


class Layout(NamedTuple):
    """How the file is cut; ``skip_rows`` counts everything before the first row."""

    separator: str
    quote: str
    skip_rows: int
    header: tuple[str, ...]
    columns: int
    rows: list[list[str]]


class _Cut(NamedTuple):
    separator: str
    quote: str
    records: list[list[str]]
    transactions: list[int]
    header: int
    columns: int

    @property
    def rank(self) -> tuple[int, bool, bool, int]:
        quoted = bool(self.quote)
        return len(self.transactions), quoted, self.header >= 0, self.columns


def find_layout(lines: Sequence[str], limits: Limits | None = None) -> Layout:
    """The cut that shows the most rows with a date and an amount.

    Raises InvalidInput where no separator gives at least two columns.
    """
    tries = product(SEPARATORS, QUOTES)
    cuts = [cut for pair in tries if (cut := _cut(lines, *pair, limits))]
    best = max(cuts, key=lambda cut: cut.rank, default=None)
    return _layout_of(best)


def find_record_layout(records: list[list[str]]) -> Layout:
    """As ``find_layout`` for records that no separator has to cut."""
    return _layout_of(_cut_of(records, "", ""))


def _layout_of(best: "_Cut | None") -> Layout:
    if best is None or best.columns < len(("date", "amount")):
        raise InvalidInput(NO_COLUMNS, field="file")
    header = best.header if best.header >= 0 else _nameless_header(best)
    first = header + 1 if header >= 0 else _first(best)
    names = tuple(best.records[header]) if header >= 0 else ()
    rows = [row for row in best.records[first:] if row]
    return Layout(best.separator, best.quote, first, names, best.columns, rows)


def is_transaction(row: Sequence[str]) -> bool:
    """Whether a row shows both a date and an amount."""
    return any(map(looks_like_date, row)) and any(map(looks_like_amount, row))


def _cut(
    lines: Sequence[str], separator: str, quote: str, limits: Limits | None
) -> _Cut | None:
    try:
        records = list(read_records(lines, separator, quote, limits))
    except InvalidInput:
        return None
    return _cut_of(records, separator, quote)


def _cut_of(records: list[list[str]], separator: str, quote: str) -> _Cut:
    transactions = [i for i, row in enumerate(records) if is_transaction(row)]
    header = _header(records)
    widths = Counter(len(records[i]) for i in transactions) or Counter(
        [len(records[header])] if header >= 0 else map(len, records)
    )
    columns = max(widths, key=lambda width: (widths[width], width), default=0)
    if header >= 0:
        columns = max(columns, len(_trimmed(records[header])))
    return _Cut(separator, quote, records, transactions, header, columns)


def _header(records: Sequence[Sequence[str]]) -> int:
    """The row that names the most columns, -1 if none names enough."""
    named = [
        {role_of_header(name) for name in row} - {Role.IGNORE}
        for row in records[:MAX_HEADER_ROW]
    ]
    enough = [
        roles if len(roles) >= MIN_HEADER_ROLES or roles == _LEAST else set[Role]()
        for roles in named
    ]
    most = max(map(len, enough), default=0)
    return [len(roles) for roles in enough].index(most) if most else -1


def _nameless_header(cut: _Cut) -> int:
    """The row above the first transaction if it is as wide and all words."""
    above = _first(cut) - 1
    if above < 0:
        return -1
    row = _trimmed(cut.records[above])
    words = all(cell.strip() and not looks_like_amount(cell) for cell in row)
    return above if words and len(row) >= cut.columns - 1 else -1


def _first(cut: _Cut) -> int:
    return cut.transactions[0] if cut.transactions else 0


def _trimmed(row: Sequence[str]) -> Sequence[str]:
    """Without the empty cells that a closing separator makes."""
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]
