"""A small house of statements: Cash in euros, and short names for what one does."""

from dataclasses import dataclass
from datetime import date

from fintrack.core.entries import Entry, Unlock, pay
from fintrack.services.commands import Done, ask, perform
from fintrack.services.ledger.clearing import Clearing, clear_transactions
from fintrack.services.ledger.reading import TransactionView
from fintrack.services.ledger.transactions import (
    TransactionChange,
    TransactionMark,
    edit_transaction,
    void_transaction,
)
from fintrack.services.reconciling.comparing import (
    Comparison,
    Statement,
    compare_statement,
)
from fintrack.services.reconciling.finishing import (
    Balancing,
    balance_statement,
    finish_reconciliation,
    reopen_reconciliation,
)
from fintrack.services.reconciling.listing import (
    ReconciliationView,
    list_reconciliations,
)
from tests.books import Books, money

MARCH, APRIL, MAY = date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)


@dataclass(frozen=True)
class Desk:
    """Somebody with Cash (100 EUR, cleared) and Food before them."""

    books: Books
    cash: int
    food: int

    async def spend(
        self, amount: str, on: date, *, cleared: bool = True, unlock: bool = False
    ) -> int:
        done = await self.books.record(self.entry(amount, on, unlock=unlock))
        if cleared:
            await self.clear(done.value.id)
        return done.value.id

    def entry(self, amount: str, on: date, *, unlock: Unlock = False) -> Entry:
        spent = money(amount)
        parts = pay(self.cash, -spent, ((self.food, spent),))
        return Entry(on, parts, unlock=unlock)

    async def clear(self, *ids: int, cleared: bool = True) -> None:
        wanted = Clearing(ids, cleared, self.cash)
        await perform(self.books.actor, clear_transactions, wanted)

    async def edit(
        self, transaction_id: int, entry: Entry, version: int = 1
    ) -> Done[TransactionView]:
        change = TransactionChange(transaction_id, version, entry)
        return await perform(self.books.actor, edit_transaction, change)

    async def void(self, transaction_id: int, *, unlock: bool = False) -> None:
        mark = TransactionMark(transaction_id, 1, unlock)
        await perform(self.books.actor, void_transaction, mark)

    async def compare(self, on: date, balance: str = "") -> Comparison:
        said = money(balance) if balance else None
        return await ask(self.books.actor, compare_statement, self.cash, on, said)

    async def finish(self, on: date, balance: str) -> Done[ReconciliationView]:
        statement = Statement(self.cash, on, money(balance))
        return await perform(self.books.actor, finish_reconciliation, statement)

    async def balance(
        self, on: date, balance: str, difference: str, category_id: int = 0
    ) -> TransactionView:
        statement = Statement(self.cash, on, money(balance))
        lacking = Balancing(statement, money(difference), category_id or self.food)
        done = await perform(self.books.actor, balance_statement, lacking)
        return done.value

    async def reopen(self, reconciliation_id: int) -> Done[ReconciliationView]:
        return await perform(self.books.actor, reopen_reconciliation, reconciliation_id)

    async def standing(self) -> list[date]:
        """The days of the statements that stand, the newest first."""
        found = await self.history()
        return [one.statement_on for one in found if one.opened_at is None]

    async def history(self) -> list[ReconciliationView]:
        return await ask(self.books.actor, list_reconciliations, self.cash)

    async def locked(self) -> int:
        """How many postings a reconciliation holds."""
        query = "SELECT count(*) AS n FROM posting WHERE reconciliation_id IS NOT NULL"
        (row,) = await self.books.rows(query)
        return int(row.n)
