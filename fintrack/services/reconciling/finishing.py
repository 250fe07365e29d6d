"""A period locked once it agrees with its statement, balanced, and opened again."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import CATEGORY_KINDS
from fintrack.core.entries import Entry, pay
from fintrack.core.errors import Conflict, NotFound
from fintrack.core.money import Money
from fintrack.core.text import message_id
from fintrack.models.ledger import Account, Posting
from fintrack.models.reconciling import Reconciliation
from fintrack.services.commands import Work, command
from fintrack.services.ledger import reading, rows, writing
from fintrack.services.ledger.chain import find_last, open_again
from fintrack.services.ledger.clearing import mark_cleared
from fintrack.services.ledger.reading import TransactionView
from fintrack.services.reconciling.comparing import (
    Statement,
    begin,
    standing_postings,
    sum_cleared,
)
from fintrack.services.reconciling.listing import ReconciliationView, view

DIFFERS = message_id(
    "What is cleared differs from the statement by {amount} {currency}."
)
BALANCING = message_id("Balancing transaction")


@dataclass(frozen=True, slots=True)
class Balancing:
    """A transaction that makes the books say what the statement says.

    ``difference`` is what the person saw and agreed to; ``category_id`` is where it
    comes from or goes.
    """

    statement: Statement
    difference: Money
    category_id: int


@command("reconciliation.finish", ledger=LedgerRole.EDITOR)
async def finish_reconciliation(work: Work, statement: Statement) -> ReconciliationView:
    """Locks what is cleared up to the day of a statement that it agrees with.

    Raises:
        NotFound: the account is not in this ledger, or is a category.
        InvalidInput: the balance is in another currency, or the day has yet to come.
        Conflict: something differs, or the day is reconciled already.
    """
    account, last = await begin(work, statement)
    difference = statement.balance - await sum_cleared(work, statement)
    if difference.minor:
        raise Conflict(
            DIFFERS, amount=difference.text, currency=statement.balance.currency
        )
    done = Reconciliation(
        ledger_id=work.ledger_id,
        account_id=account.id,
        previous_id=last.id if last else None,
        statement_on=statement.statement_on,
        balance_minor=statement.balance.minor,
        closed_at=work.now,
        closed_by=work.person_id,
    )
    work.session.add(done)
    await work.session.flush()
    await work.session.execute(
        update(Posting)
        .where(
            *standing_postings(work, statement),
            col(Posting.cleared_at).is_not(None),
            col(Posting.reconciliation_id).is_(None),
        )
        .values(reconciliation_id=done.id)
    )
    return await view(work, done.id)


@command("reconciliation.balance", ledger=LedgerRole.EDITOR)
async def balance_statement(work: Work, balancing: Balancing) -> TransactionView:
    """Records what the books lack as a cleared transaction on the statement's day.

    Raises:
        NotFound: the account or category is not in this ledger.
        InvalidInput: the balance is in another currency, or the day has yet to come.
        Conflict: the difference is another by now, or the day is reconciled already.
    """
    statement = balancing.statement
    account, _ = await begin(work, statement)
    category = await rows.find(work, Account, balancing.category_id)
    if category.kind not in CATEGORY_KINDS:
        raise NotFound
    difference = statement.balance - await sum_cleared(work, statement)
    if not difference.minor or difference != balancing.difference:
        raise Conflict("The difference is another by now. Please look again.")
    share = difference if difference.minor > 0 else -difference
    parts = pay(account.id, difference, ((category.id, share),))
    entry = Entry(statement.statement_on, parts, description=BALANCING)
    row = await writing.write_transaction(work, entry)
    await mark_cleared(work, row.id, account.id)
    return await reading.view(work, row.id)


@command("reconciliation.reopen", ledger=LedgerRole.EDITOR)
async def reopen_reconciliation(
    work: Work, reconciliation_id: int
) -> ReconciliationView:
    """Unlocks the newest reconciliation of an account; its postings stay cleared.

    Raises:
        NotFound: it is not in this ledger.
        Conflict: it is open already, or a newer one stands on it.
    """
    found = await rows.find(work, Reconciliation, reconciliation_id)
    if found.opened_at is not None:
        raise Conflict("This reconciliation is open already.")
    last = await find_last(work, found.account_id)
    if last is None or last.id != found.id:
        raise Conflict("Open the newer reconciliations of this account first.")
    await open_again(work, [found])
    return await view(work, found.id)
