"""Writes transactions by COPY, a batch at a time, inside the unit of work."""

import asyncio
import hashlib
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import psycopg
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from fintrack.core.entries import MAX_TEXT
from fintrack.core.folding import search_words
from fintrack.core.statements.rows import StatementRow
from fintrack.services import database
from fintrack.services.commands import Work
from fintrack.services.imports.parsing import ParsedRow
from fintrack.services.imports.payees import Categories

COPY_TRANSACTIONS = (
    "COPY transaction (id, version, ledger_id, on_date, payee, description, note, "
    "search_text, category_source, import_id, import_key, created_at) FROM STDIN"
)
COPY_POSTINGS = (
    "COPY posting (ledger_id, transaction_id, on_date, account_id, currency, "
    "amount_minor, memo, position) FROM STDIN"
)
_TAKE_IDS = text(
    "SELECT array_agg(nextval(pg_get_serial_sequence('transaction', 'id'))) "
    "FROM generate_series(1, :count)"
)
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class CopyText(NamedTuple):
    """The input of one COPY for each table."""

    transactions: bytes
    postings: bytes


class Copier:
    """Writes the rows of one import into one account."""

    def __init__(
        self, work: Work, account_id: int, import_id: int, categories: Categories
    ) -> None:
        self._work = work
        self._account_id = account_id
        self._import_id = import_id
        self._categories = categories

    async def copy(self, batch: Sequence[ParsedRow]) -> None:
        """Writes a batch: transactions first, then two postings for each."""
        if not batch:
            return
        amounts = (
            parsed.row.amount_minor
            for parsed in batch
            if isinstance(parsed.row, StatementRow)
        )
        await self._categories.prepare(self._work, amounts)
        ids = await self._work.session.scalar(_TAKE_IDS, {"count": len(batch)})
        lines = await asyncio.to_thread(self._encode, batch, ids)
        await copy_in(self._work, COPY_TRANSACTIONS, lines.transactions)
        await copy_in(self._work, COPY_POSTINGS, lines.postings)

    def _encode(self, batch: Sequence[ParsedRow], ids: Sequence[int]) -> CopyText:
        """The text format of COPY: one line a row, a tab between values."""
        work, account = self._work, self._account_id
        end = f"{work.now.isoformat()}\n"
        transactions, postings = [], []
        for (row, key, words), id_ in zip(batch, ids, strict=True):
            if not isinstance(row, StatementRow):
                raise TypeError(row)
            category, source = self._category(row)
            day = row.on_date.isoformat()
            transactions.append(
                f"{id_}\t1\t{work.ledger_id}\t{day}\t{words}"
                f"\t{source}\t{self._import_id}\t{key}\t{end}"
            )
            leg = f"{work.ledger_id}\t{id_}\t{day}"
            minor, currency = row.amount_minor, row.currency
            postings.append(
                f"{leg}\t{account}\t{currency}\t{minor}\t\t0\n"
                f"{leg}\t{category}\t{currency}\t{-minor}\t\t1\n"
            )
        return CopyText("".join(transactions).encode(), "".join(postings).encode())

    def _category(self, row: StatementRow) -> tuple[int, str]:
        learned = self._categories.learned(row.payee, row.description)
        if learned is None:
            return self._categories.uncategorised(row.amount_minor), "import"
        return learned, "learned"


def encode_words(row: StatementRow) -> str:
    """Payee, description, note and folded words of a row in the text format of COPY."""
    payee, description = row.payee[:MAX_TEXT], row.description[:MAX_TEXT]
    words = search_words(payee, description)
    return f"{payee.translate(_ESCAPED)}\t{description.translate(_ESCAPED)}\t\t{words}"


async def copy_in(work: Work, statement: str, lines: bytes) -> None:
    """One COPY in the transaction of ``work``.

    Raises:
        DBAPIError: as every other statement, so that ``perform`` can tell the fault.
    """
    driver = await database.driver_connection(work.session)
    try:
        async with driver.cursor() as cursor, cursor.copy(statement) as copy:
            await copy.write(lines)
    except psycopg.Error as error:
        raise DBAPIError(statement, None, error) from error


def key_of_repetition(key: UUID, import_id: int) -> UUID:
    """The key of a row that a person takes although it is in the books already."""
    content = key.bytes + import_id.to_bytes(8, "big")
    return UUID(bytes=hashlib.blake2b(content, digest_size=16).digest())
