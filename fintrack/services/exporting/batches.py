"""What a file of transactions is written from: batches of them, and the whole chart.

Each batch is a question of its own. No transaction of the database stays open while
somebody loads a large file slowly; what is changed meanwhile may come as it was or as
it is, but each transaction comes whole.
"""

from dataclasses import dataclass, fields
from typing import Final

from sqlalchemy import text

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import Kind
from fintrack.services.commands import Work, command, question
from fintrack.services.ledger.listing import Filter, TransactionPage, page_of
from fintrack.services.security_events import add_event

BATCH: Final = 500
EXPORTED: Final = "transactions-exported"


@dataclass(frozen=True, slots=True)
class Place:
    """An account or a category, closed ones and those that nobody sees as well."""

    id: int
    name: str
    kind: Kind
    type: str
    currency: str | None
    parent_id: int | None


_CHART = text(
    f"SELECT {', '.join(field.name for field in fields(Place))} FROM account "  # noqa: S608 - constants only
    "WHERE ledger_id = :ledger_id ORDER BY id"
)


@command(
    "transaction.note_export",
    ledger=LedgerRole.VIEWER,
    final="A file that was taken along cannot be taken back.",
)
async def note_export(work: Work, written_as: str) -> None:
    """Keeps that transactions were taken along as a file."""
    detail = {"format": written_as}
    await add_event(work.session, EXPORTED, work.now, work.actor, detail=detail)


@question("transaction.export", ledger=LedgerRole.VIEWER)
async def read_batch(
    work: Work, wanted: Filter, after: str | None = None
) -> TransactionPage:
    """The transactions of a filter below a place, newest first, ``BATCH`` at most."""
    return await page_of(work, wanted, after=after, limit=BATCH)


@question("account.chart", ledger=LedgerRole.VIEWER)
async def read_chart(work: Work) -> list[Place]:
    """All accounts and categories that a posting may be on."""
    rows = await work.session.execute(_CHART, {"ledger_id": work.ledger_id})
    return [Place(*row) for row in rows]
