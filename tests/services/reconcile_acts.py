"""Marks and reconciliations as the registry's test does them, undoes and redoes."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, Protocol

from fintrack.services.commands import Done, perform
from fintrack.services.ledger.clearing import Clearing, clear_transactions
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import (
    Balancing,
    balance_statement,
    finish_reconciliation,
    reopen_reconciliation,
)
from tests.books import Books, money

DAY = date(2026, 3, 5)
Act = Callable[[], Awaitable[Done[Any]]]


class Places(Protocol):
    """An account, a category and a transaction between them."""

    @property
    def cash(self) -> int: ...

    @property
    def food(self) -> int: ...

    @property
    def spent(self) -> int: ...


async def clearing(books: Books, at: Places) -> Act:
    seen = Clearing((at.spent,), cleared=True)
    return lambda: perform(books.actor, clear_transactions, seen)


async def _statement(books: Books, at: Places) -> Statement:
    """What is cleared on Cash: its opening balance and the transaction."""
    await (await clearing(books, at))()
    return Statement(at.cash, DAY, money("90 EUR"))


async def finishing(books: Books, at: Places) -> Act:
    statement = await _statement(books, at)
    return lambda: perform(books.actor, finish_reconciliation, statement)


async def balancing(books: Books, at: Places) -> Act:
    statement = Statement(at.cash, DAY, money("95 EUR"))
    lacking = Balancing(statement, money("-5 EUR"), at.food)
    return lambda: perform(books.actor, balance_statement, lacking)


async def reopening_reconciliation(books: Books, at: Places) -> Act:
    done = await (await finishing(books, at))()
    return lambda: perform(books.actor, reopen_reconciliation, done.value.id)


RECONCILE_ACTS = {
    "reconciliation.balance": balancing,
    "reconciliation.finish": finishing,
    "reconciliation.reopen": reopening_reconciliation,
    "transaction.clear": clearing,
}
