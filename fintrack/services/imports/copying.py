"""Writes transactions by COPY, a batch at a time, inside the unit of work."""

from sqlalchemy import text

from fintrack.core.chart import Kind
from fintrack.services.bulk import copy_in
from fintrack.services.commands import Work
from fintrack.services.imports.copy_text import CopyText, Numbered
from fintrack.services.imports.judging import Question
from fintrack.services.imports.lookup import Lookup
from fintrack.services.imports.progress import Progress
from fintrack.services.ledger.uncategorised import uncategorised_account

COPY_TRANSACTIONS = (
    "COPY transaction (id, version, ledger_id, on_date, payee, description, note, "
    "search_text, category_source, rule_id, import_id, import_key, created_at) "
    "FROM STDIN"
)
COPY_POSTINGS = (
    "COPY posting (ledger_id, transaction_id, on_date, account_id, currency, "
    "amount_minor, memo, position, cleared_at) FROM STDIN"
)
COPY_TAGS = (
    "COPY transaction_tag (ledger_id, transaction_id, on_date, tag_id) FROM STDIN"
)
_TAKE_IDS = text(
    "SELECT array_agg(nextval(pg_get_serial_sequence('transaction', 'id'))) "
    "FROM generate_series(1, :count)"
)


class Copier:
    """Writes one file and answers the process that reads it."""

    def __init__(
        self, work: Work, lookup: Lookup, running: Progress, *, repeated: int
    ) -> None:
        self.rows_read = 0
        self.rows_added = 0
        self.clears: list[int] = []
        self._work = work
        self._lookup = lookup
        self._running = running
        self._repeated = repeated

    async def answer(self, asked: Question | Kind) -> Numbered | int:
        """What the reading process asks."""
        if isinstance(asked, Kind):
            return await uncategorised_account(self._work, asked)
        known = await self._lookup.answer(asked)
        # As many ids as rows may be taken; those that a person repeats come on top.
        rows = asked.keys.count(",") + 1
        fresh = rows - (known.keys.count(",") + 1 if known.keys else 0)
        return Numbered(known, await self._ids(min(rows, fresh + self._repeated)))

    async def take(self, batch: CopyText) -> None:
        """Writes a batch and counts it.

        Raises:
            Conflict: a person stopped the import.
        """
        await self.copy(batch)
        self.rows_read += batch.rows_read
        self.rows_added += batch.rows_added
        self.clears += batch.clears
        self._running.advance(batch.rows_read)

    async def copy(self, batch: CopyText) -> None:
        """Writes a batch: transactions first, then their postings and tags."""
        if batch.rows_added:
            await copy_in(self._work.session, COPY_TRANSACTIONS, batch.transactions)
            await copy_in(self._work.session, COPY_POSTINGS, batch.postings)
        if batch.tags:
            await copy_in(self._work.session, COPY_TAGS, batch.tags)

    async def _ids(self, count: int) -> list[int]:
        if not count:
            return []
        ids = await self._work.session.scalar(_TAKE_IDS, {"count": count})
        return ids or []
