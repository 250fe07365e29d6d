"""What a file of transactions is written from: batches of them, and the whole chart.

What is in the file is asked once, and each batch is a question of its own. No
transaction of the database stays open while somebody loads a large file slowly; what
is changed meanwhile may come as it was or as it is, but each transaction comes whole
and once, also one whose day moves.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from sqlalchemy import select, text
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import Kind
from fintrack.models.ledger import Transaction
from fintrack.services.commands import Work, question
from fintrack.services.ledger.listing import Filter, Reach, in_order
from fintrack.services.ledger.reading import VIEWED, TransactionView, with_postings

BATCH: Final = 500
IDS: Final = 2_000
"""So many ids are taken at a time; more would hold up the event loop."""


@dataclass(frozen=True, slots=True)
class Place:
    """An account or a category, closed ones and those that nobody sees as well."""

    id: int
    name: str
    kind: Kind
    type: str
    currency: str | None
    parent_id: int | None
    opened_on: date
    closed_on: date | None
    note: str


_CHART = text(
    f"SELECT {', '.join(field.name for field in fields(Place))} FROM account "  # noqa: S608 - constants only
    "WHERE ledger_id = :ledger_id ORDER BY id"
)


@question("transaction.export", ledger=LedgerRole.VIEWER)
async def read_ids(work: Work, wanted: Filter) -> "array[int]":
    """The ids of the transactions of a filter, newest first: 8 bytes for each."""
    query = await in_order(work, wanted, Reach(wanted))
    found = await work.session.stream_scalars(
        query.with_only_columns(col(Transaction.id)),
        execution_options={"yield_per": IDS},
    )
    ids = array("q")
    async for some in found.partitions():
        ids.extend(some)
    return ids


@question("transaction.export_batch", ledger=LedgerRole.VIEWER)
async def read_batch(work: Work, ids: Sequence[int]) -> list[TransactionView]:
    """The transactions with these ids in their order, as they are now.

    One that is gone (an import was taken back) is left out.
    """
    rows = await work.session.execute(
        select(*VIEWED).where(
            col(Transaction.ledger_id) == work.ledger_id,
            col(Transaction.id).in_(list(ids)),
        )
    )
    found = {row.id: row for row in rows.all()}
    return await with_postings(work, [found[id_] for id_ in ids if id_ in found])


@question("account.chart", ledger=LedgerRole.VIEWER)
async def read_chart(work: Work) -> list[Place]:
    """All accounts and categories that a posting may be on."""
    rows = await work.session.execute(_CHART, {"ledger_id": work.ledger_id})
    return [Place(*row) for row in rows]
