"""Accounts as they are read: each with what is on it today."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Row, Select, func, select
from sqlmodel import col

from fintrack.core.chart import ACCOUNT_KINDS, AccountType
from fintrack.core.errors import NotFound
from fintrack.core.folding import fold
from fintrack.core.money import Money
from fintrack.models.ledger import POSTINGS, Account, BalanceMonth
from fintrack.services.commands import Work
from fintrack.services.ledger import rows
from fintrack.services.ledger.days import ledger_today

_P = POSTINGS.c
_BALANCE = (
    select(func.coalesce(func.sum(col(BalanceMonth.amount_minor)), 0))
    .where(
        col(BalanceMonth.ledger_id) == col(Account.ledger_id),
        col(BalanceMonth.account_id) == col(Account.id),
    )
    .scalar_subquery()
)
_FIRST = (
    select(func.min(_P.on_date))
    .where(
        _P.ledger_id == col(Account.ledger_id),
        _P.account_id == col(Account.id),
        _P.voided_at.is_(None),
    )
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as people see it.

    ``balance`` is what is there at the end of today, and ``planned`` what days to come
    bring on top; what is void counts nowhere. Its books begin on ``begins_on``: a
    statement may reach further back than ``opened_on``. One that is beyond the plan is
    ``read_only``: it takes no postings, and can be closed.
    """

    id: int
    name: str
    type: AccountType
    kind: str
    currency: str
    balance: Money
    planned: Money
    opened_on: date
    begins_on: date
    closed_on: date | None
    note: str
    version: int
    read_only: bool = False


async def read_accounts(work: Work, *, closed: bool) -> list[AccountView]:
    """Accounts with their balances, open ones first, by kind and name."""
    query = _viewed(work, await ledger_today(work))
    if not closed:
        query = query.where(col(Account.closed_on).is_(None))
    found = (await work.session.execute(query)).all()
    surplus = await rows.find_surplus(work)
    views = [_to_view(*row, surplus) for row in found]
    return sorted(views, key=lambda v: (v.closed_on is not None, v.kind, fold(v.name)))


async def read_account(work: Work, account_id: int) -> AccountView:
    """One account.

    Raises:
        NotFound: it does not exist in this ledger, or is a category.
    """
    found = await _viewed_one(work, account_id, await ledger_today(work))
    return _to_view(*found, await rows.find_surplus(work))


async def read_balance(work: Work, account_id: int, on: date) -> Money:
    """What is on the account at the end of a day.

    Raises:
        NotFound: it does not exist in this ledger, or is a category.
    """
    account, total, to_come, _ = await _viewed_one(work, account_id, on)
    return Money(int(total - to_come), account.currency or "")


async def _viewed_one(
    work: Work, account_id: int, on: date
) -> Row[Account, Decimal, Decimal, date | None]:
    query = _viewed(work, on).where(col(Account.id) == account_id)
    found = (await work.session.execute(query)).one_or_none()
    if found is None:
        raise NotFound
    return found


def _viewed(work: Work, on: date) -> Select[Account, Decimal, Decimal, date | None]:
    """The accounts: what is on each, what of it comes after a day, its first day."""
    to_come = (
        select(func.coalesce(func.sum(_P.amount_minor), 0))
        .where(
            _P.ledger_id == col(Account.ledger_id),
            _P.account_id == col(Account.id),
            _P.on_date > on,
            _P.voided_at.is_(None),
        )
        .scalar_subquery()
    )
    return select(Account, _BALANCE, to_come, _FIRST).where(
        col(Account.ledger_id) == work.ledger_id, col(Account.kind).in_(ACCOUNT_KINDS)
    )


def _to_view(
    account: Account,
    total: Decimal,
    to_come: Decimal,
    first: date | None,
    surplus: frozenset[int],
) -> AccountView:
    currency = account.currency or ""
    return AccountView(
        id=account.id,
        name=account.name,
        type=AccountType(account.type),
        kind=account.kind,
        currency=currency,
        balance=Money(int(total - to_come), currency),
        planned=Money(int(to_come), currency),
        opened_on=account.opened_on,
        begins_on=min(account.opened_on, first or account.opened_on),
        closed_on=account.closed_on,
        note=account.note,
        version=account.version,
        read_only=account.id in surplus,
    )
