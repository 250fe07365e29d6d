"""The reconciliations of an account as people see them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.errors import NotFound
from fintrack.core.money import Money
from fintrack.models.ledger import Account
from fintrack.models.people import Person
from fintrack.models.reconciling import Reconciliation
from fintrack.models.trail import ChangeSet
from fintrack.services.commands import Work, question

PAGE = 50
# One more than a page may be asked for: it tells whether another page follows.
MOST = PAGE + 1
_OPENER = aliased(Person)


@dataclass(frozen=True, slots=True)
class ReconciliationView:
    """An account that agreed with its statement, and whether that still stands.

    One that was opened says when, by whom, and which command did it.
    """

    id: int
    account_id: int
    account_name: str
    statement_on: date
    balance: Money
    closed_at: datetime
    closed_by: str
    opened_at: datetime | None
    opened_by: str
    opened_by_command: str
    is_newest: bool


@question("reconciliation.list", ledger=LedgerRole.VIEWER)
async def list_reconciliations(
    work: Work,
    account_id: int | None = None,
    *,
    before: int | None = None,
    limit: int = PAGE,
) -> list[ReconciliationView]:
    """Reconciliations of an account or of all, newest first; those opened too.

    ``before`` is the last id of a page.
    """
    query = (
        _viewed(work)
        .order_by(col(Reconciliation.id).desc())
        .limit(max(1, min(limit, MOST)))
    )
    if account_id is not None:
        query = query.where(col(Reconciliation.account_id) == account_id)
    if before is not None:
        query = query.where(col(Reconciliation.id) < before)
    return [_to_view(row) for row in (await work.session.execute(query)).all()]


@question("reconciliation.find", ledger=LedgerRole.VIEWER)
async def find_reconciliation(work: Work, reconciliation_id: int) -> ReconciliationView:
    """One reconciliation.

    Raises:
        NotFound: it is not in this ledger.
    """
    return await view(work, reconciliation_id)


async def view(work: Work, reconciliation_id: int) -> ReconciliationView:
    """One reconciliation, for verbs that have just written it.

    Raises:
        NotFound: it is not in this ledger.
    """
    query = _viewed(work).where(col(Reconciliation.id) == reconciliation_id)
    found = (await work.session.execute(query)).one_or_none()
    if found is None:
        raise NotFound
    return _to_view(found)


def _viewed(work: Work) -> Any:  # noqa: ANN401 - a statement of SQL
    newer = aliased(Reconciliation)
    newest = (
        select(func.max(col(newer.id)))
        .where(
            col(newer.ledger_id) == col(Reconciliation.ledger_id),
            col(newer.account_id) == col(Reconciliation.account_id),
            col(newer.opened_at).is_(None),
        )
        .scalar_subquery()
    )
    return (
        select(
            Reconciliation,
            col(Account.name),
            col(Account.currency),
            _name_of(Person),
            _name_of(_OPENER),
            col(ChangeSet.command),
            newest,
        )
        .join(
            Account,
            (col(Account.ledger_id) == col(Reconciliation.ledger_id))
            & (col(Account.id) == col(Reconciliation.account_id)),
        )
        .outerjoin(Person, col(Person.id) == col(Reconciliation.closed_by))
        .outerjoin(_OPENER, col(_OPENER.id) == col(Reconciliation.opened_by))
        .outerjoin(ChangeSet, col(ChangeSet.id) == col(Reconciliation.opened_change_id))
        .where(col(Reconciliation.ledger_id) == work.ledger_id)
    )


def _name_of(person: type[Person]) -> Any:  # noqa: ANN401 - an expression of SQL
    return func.trim(func.concat(col(person.first_name), " ", col(person.last_name)))


def _to_view(found: Row[*tuple[Any, ...]]) -> ReconciliationView:
    row, name, currency, closer, opener, command, newest = found
    return ReconciliationView(
        id=row.id,
        account_id=row.account_id,
        account_name=name,
        statement_on=row.statement_on,
        balance=Money(row.balance_minor, currency),
        closed_at=row.closed_at,
        closed_by=closer or "",
        opened_at=row.opened_at,
        opened_by=opener or "",
        opened_by_command=command or "",
        is_newest=row.id == newest,
    )
