"""What the bank has seen of an account beside what its statement says."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import ACCOUNT_KINDS
from fintrack.core.entries import FIRST_DAY
from fintrack.core.errors import Conflict, InvalidInput, NotFound
from fintrack.core.money import MAX_MINOR, Money
from fintrack.core.text import message_id
from fintrack.models.ledger import Account, Posting
from fintrack.models.reconciling import Reconciliation
from fintrack.services.commands import Work, question
from fintrack.services.ledger import rows
from fintrack.services.ledger.account_days import latest_day
from fintrack.services.ledger.chain import find_last

ALREADY = message_id("{name} is reconciled up to {day} already.")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a statement of the bank says: its day and the balance at its end.

    What is owed on a card or loan is a negative balance.
    """

    account_id: int
    statement_on: date
    balance: Money


@dataclass(frozen=True, slots=True)
class Comparison:
    """A statement beside the books; ``difference`` is what the books lack.

    ``cleared`` sums what is cleared up to the day, reconciled or not. ``open_count``
    counts what is not cleared up to the day. ``locked_until`` is the day of the last
    reconciliation.
    """

    account_id: int
    statement_on: date
    balance: Money
    cleared: Money
    difference: Money
    open_count: int
    locked_until: date | None

    @property
    def is_locked(self) -> bool:
        """Whether the day of the statement is reconciled already."""
        return self.locked_until is not None and self.statement_on <= self.locked_until


@question("reconciliation.compare", ledger=LedgerRole.VIEWER)
async def compare_statement(
    work: Work, account_id: int, statement_on: date, balance: Money | None = None
) -> Comparison:
    """How far the books are from a statement; without a balance what is cleared.

    Raises:
        NotFound: the account is not in this ledger, or is a category.
        InvalidInput: the balance is in another currency, or the day has yet to come.
    """
    account = await find_account(work, account_id)
    nothing = Money(0, account.currency or "")
    statement = Statement(account_id, statement_on, balance or nothing)
    check_statement(work, account, statement)
    cleared = await sum_cleared(work, statement)
    waiting = await work.session.scalar(
        select(func.count()).where(
            *standing_postings(work, statement), col(Posting.cleared_at).is_(None)
        )
    )
    last = await find_last(work, account_id)
    said = cleared if balance is None else balance
    return Comparison(
        account_id=account_id,
        statement_on=statement_on,
        balance=said,
        cleared=cleared,
        difference=said - cleared,
        open_count=waiting or 0,
        locked_until=last.statement_on if last else None,
    )


async def find_account(work: Work, account_id: int) -> Account:
    """The account that a statement is of.

    Raises:
        NotFound: it is not in this ledger, or is a category.
    """
    account = await rows.find(work, Account, account_id)
    if account.kind not in ACCOUNT_KINDS:
        raise NotFound
    return account


def check_statement(work: Work, account: Account, statement: Statement) -> None:
    """Refuses an impossible statement.

    Raises:
        InvalidInput: names the field.
    """
    if statement.balance.currency != account.currency:
        raise InvalidInput(
            "{name} is kept in {currency}.",
            field="balance",
            name=account.name,
            currency=account.currency,
        )
    if abs(statement.balance.minor) > MAX_MINOR:
        raise InvalidInput("This amount is too large.", field="balance")
    if not FIRST_DAY <= statement.statement_on <= latest_day(work.now):
        raise InvalidInput(
            "A statement is of a day between 1900 and today.", field="statement_on"
        )


async def begin(
    work: Work, statement: Statement
) -> tuple[Account, Reconciliation | None]:
    """The account of a statement, and the last reconciliation before it.

    Raises:
        NotFound: the account is not in this ledger, or is a category.
        InvalidInput: the statement is impossible.
        Conflict: its day is reconciled already.
    """
    account = await find_account(work, statement.account_id)
    check_statement(work, account, statement)
    last = await find_last(work, account.id)
    if last and statement.statement_on <= last.statement_on:
        raise Conflict(ALREADY, name=account.name, day=last.statement_on)
    return account, last


def standing_postings(work: Work, statement: Statement) -> list[ColumnElement[bool]]:
    """The condition for what a statement can have: not void, up to its day."""
    return [
        col(Posting.ledger_id) == work.ledger_id,
        col(Posting.account_id) == statement.account_id,
        col(Posting.on_date) <= statement.statement_on,
        col(Posting.voided_at).is_(None),
    ]


async def sum_cleared(work: Work, statement: Statement) -> Money:
    """The sum of what is cleared up to the day of the statement."""
    found = await work.session.scalar(
        select(func.sum(col(Posting.amount_minor))).where(
            *standing_postings(work, statement), col(Posting.cleared_at).is_not(None)
        )
    )
    return Money(int(found or Decimal()), statement.balance.currency)
