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
    "SELECT nextval(pg_get_serial_sequence('transaction', 'id')) "
    "FROM generate_series(1, :count)"
)
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class KeyedRow(NamedTuple):
    """A row to be written, with the key that tells it when it comes again."""

    row: StatementRow
    key: UUID


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

    async def copy(self, batch: Sequence[KeyedRow]) -> None:
        """Writes a batch: transactions first, then two postings for each."""
        if not batch:
            return
        await self._categories.prepare(
            self._work, (keyed.row.amount_minor for keyed in batch)
        )
        found = await self._work.session.scalars(_TAKE_IDS, {"count": len(batch)})
        lines = await asyncio.to_thread(self._encode, batch, found.all())
        await copy_in(self._work, COPY_TRANSACTIONS, lines.transactions)
        await copy_in(self._work, COPY_POSTINGS, lines.postings)

    def _encode(self, batch: Sequence[KeyedRow], ids: Sequence[int]) -> CopyText:
        """The text format of COPY: one line a row, a tab between values."""
        ledger, account, origin = (
            self._work.ledger_id,
            self._account_id,
            self._import_id,
        )
        created = self._work.now.isoformat()
        transactions, postings = [], []
        for (row, key), id_ in zip(batch, ids, strict=True):
            payee, description = row.payee[:MAX_TEXT], row.description[:MAX_TEXT]
            learned = self._categories.learned(payee, description)
            source = "import" if learned is None else "learned"
            category = learned or self._categories.uncategorised(row.amount_minor)
            words = search_words(payee, description)
            day = row.on_date.isoformat()
            transactions.append(
                f"{id_}\t1\t{ledger}\t{day}\t{payee.translate(_ESCAPED)}"
                f"\t{description.translate(_ESCAPED)}\t\t{words}\t{source}\t{origin}"
                f"\t{key}\t{created}\n"
            )
            leg = f"{ledger}\t{id_}\t{day}"
            postings.append(
                f"{leg}\t{account}\t{row.currency}\t{row.amount_minor}\t\t0\n"
                f"{leg}\t{category}\t{row.currency}\t{-row.amount_minor}\t\t1\n"
            )
        return CopyText("".join(transactions).encode(), "".join(postings).encode())


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
