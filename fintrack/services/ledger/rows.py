"""Rows of the ledger at work: found by id, never another ledger's."""

from typing import TypeVar

from sqlalchemy import select
from sqlmodel import col

from fintrack.core.chart import Equity
from fintrack.core.errors import NotFound, StaleVersion
from fintrack.models.imports import ImportBatch
from fintrack.models.ledger import Account, Transaction
from fintrack.services.commands import Work

Row = TypeVar("Row", Account, Transaction, ImportBatch)


async def find(work: Work, table: type[Row], row_id: int) -> Row:
    """The row with this id in the ledger at work.

    Raises:
        NotFound: there is none, or it belongs to somebody else.
    """
    found: Row | None = await work.session.scalar(
        select(table).where(
            col(table.ledger_id) == work.ledger_id, col(table.id) == row_id
        )
    )
    if found is None:
        raise NotFound
    return found


async def equity_account(work: Work, which: Equity) -> int:
    """The id of one of the ledger's two equity accounts."""
    found: int | None = await work.session.scalar(
        select(col(Account.id)).where(
            col(Account.ledger_id) == work.ledger_id,
            col(Account.kind) == "equity",
            col(Account.type) == which,
        )
    )
    if found is None:
        raise NotFound
    return found


def check_version(present: int, seen: int) -> None:
    """Refuses a change that was made looking at an older row.

    Raises:
        StaleVersion: the row was changed since it was read.
    """
    if present != seen:
        raise StaleVersion
