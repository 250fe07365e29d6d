"""Rows of the ledger at work: found by id, never another ledger's."""

from typing import TypeVar

from sqlalchemy import select, text
from sqlmodel import col

from fintrack.core.chart import ACCOUNT_KINDS, Equity, Kind
from fintrack.core.errors import Conflict, NotFound, PlanLimit, StaleVersion
from fintrack.core.text import message_id
from fintrack.models.imports import ImportBatch
from fintrack.models.ledger import Account, Transaction
from fintrack.models.reconciling import Reconciliation
from fintrack.models.recurring import RecurringItem
from fintrack.models.templates import Template
from fintrack.services import plans
from fintrack.services.commands import Work
from fintrack.services.ledger.account_days import check_afterwards

_CLOSED = text(
    "SELECT a.name, a.kind FROM account a WHERE a.ledger_id = :ledger_id "
    "AND a.closed_on IS NOT NULL AND CASE WHEN a.kind IN ('asset', 'liability') THEN "
    "(SELECT coalesce(sum(b.amount_minor), 0) FROM balance_month b "
    "WHERE b.ledger_id = a.ledger_id AND b.account_id = a.id) <> 0 "
    "ELSE EXISTS (SELECT FROM posting p WHERE p.ledger_id = a.ledger_id "
    "AND p.account_id = a.id) END LIMIT 1"
)
_DEEP = text(
    "SELECT c.name FROM account c JOIN account p ON p.ledger_id = c.ledger_id "
    "AND p.id = c.parent_id WHERE c.ledger_id = :ledger_id AND c.closed_on IS NULL "
    "AND p.parent_id IS NOT NULL LIMIT 1"
)
# What stands on an account beyond the plan and was changed; words about it and the
# mark of the bank are free.
_MOVED = text(
    "SELECT a.name FROM change_row r JOIN account a ON a.ledger_id = :ledger_id "
    "AND a.id = ANY(:surplus) AND a.id IN (cast(r.before ->> 'account_id' AS bigint), "
    "cast(r.after ->> 'account_id' AS bigint)) WHERE r.change_set_id = :change_id "
    "AND r.table_name = 'posting' AND (r.before - cast(:free AS text[])) "
    "IS DISTINCT FROM (r.after - cast(:free AS text[])) LIMIT 1"
)
_FREE = [
    *("memo", "position", "original_currency", "original_minor"),
    *("cleared_at", "reconciliation_id"),
]

Row = TypeVar(
    "Row",
    Account,
    ImportBatch,
    Reconciliation,
    RecurringItem,
    Template,
    Transaction,
)


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
            col(Account.kind) == Kind.EQUITY,
            col(Account.type) == which,
        )
    )
    if found is None:
        raise NotFound
    return found


async def check_chart(work: Work) -> None:
    """Refuses a change that leaves the chart as no verb would have made it.

    Money on a closed account or on one beyond the plan, a payment after an account was
    closed, postings on a merged category, a third level: each verb checks what it
    writes, and voiding, undo and taking back move older rows.

    Raises:
        Conflict: names the account or category.
        PlanLimit: names the account that can only be read.
    """
    values = {"ledger_id": work.ledger_id}
    closed = (await work.session.execute(_CLOSED, values)).one_or_none()
    if closed is not None:
        raise Conflict(closed_message(closed.kind), name=closed.name)
    deep = await work.session.scalar(_DEEP, values)
    if deep is not None:
        raise Conflict("{name} would stand on a third level.", name=deep)
    await check_afterwards(work)
    await _check_surplus(work)


def closed_message(kind: str) -> str:
    """Why nothing moves there, and for an account where it is opened again."""
    if kind in ACCOUNT_KINDS:
        return message_id("{name} is closed. Open it again under Accounts first.")
    return message_id("{name} is closed.")


async def check_writable(work: Work, account: Account) -> None:
    """Refuses an account that takes no new postings.

    Raises:
        Conflict: it is closed.
        PlanLimit: it is beyond the plan.
    """
    if account.closed_on is not None:
        raise Conflict(closed_message(account.kind), name=account.name)
    if account.id in await find_surplus(work):
        raise PlanLimit(plans.READ_ONLY, name=account.name)


async def find_surplus(work: Work) -> frozenset[int]:
    """The accounts of the ledger at work that are beyond its plan: only read."""
    return await plans.find_surplus(work.session, work.ledger_id, "accounts")


def check_version(present: int, seen: int) -> None:
    """Refuses a change that was made looking at an older row.

    Raises:
        StaleVersion: the row was changed since it was read.
    """
    if present != seen:
        raise StaleVersion


async def _check_surplus(work: Work) -> None:
    surplus = await find_surplus(work)
    if not surplus:
        return
    values = {
        "ledger_id": work.ledger_id,
        "change_id": work.change_id,
        "surplus": list(surplus),
        "free": _FREE,
    }
    moved = await work.session.scalar(_MOVED, values)
    if moved is not None:
        raise PlanLimit(plans.READ_ONLY, name=moved)
