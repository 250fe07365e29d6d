"""A ledger with one transaction of each shape, for changes of many."""

from dataclasses import dataclass
from datetime import date

from fintrack.core.entries import Entry, Part, pay, transfer
from fintrack.services.commands import Done, ask, perform
from fintrack.services.ledger.listing import Filter, list_transactions
from fintrack.services.ledger.reading import TransactionView, find_transaction
from fintrack.services.ledger.transactions import TransactionMark
from fintrack.services.many.changing import ManyChange, ManyChanged, change_many
from fintrack.services.many.selecting import Selection
from tests.books import Books, money

DAY = date(2026, 3, 5)


@dataclass(frozen=True)
class Shelf:
    """
    2026-01-01  opening  Cash             100.00 EUR
    2026-03-05  plain    Cash -> Food      10.00 EUR
    2026-03-05  other    Cash -> Drinks     5.00 EUR
    2026-03-05  split    Cash -> both      30.00 EUR
    2026-03-05  moved    Cash -> Bank      20.00 EUR
    2026-03-05  dollar   Dollars -> Food    7.00 USD
    """

    books: Books
    cash: int
    bank: int
    dollars: int
    food: int
    drinks: int
    ids: dict[str, int]

    @property
    def everything(self) -> Selection:
        """All of it, as it was first written."""
        return self.marked(*self.ids)

    def marked(self, *names: str) -> Selection:
        return Selection(tuple(TransactionMark(self.ids[name], 1) for name in names))

    async def change(self, selection: Selection, **what: object) -> Done[ManyChanged]:
        change = ManyChange(**what)  # pyright: ignore[reportArgumentType] - its own fields
        return await perform(self.books.actor, change_many, selection, change)

    async def view(self, name: str) -> TransactionView:
        return await ask(self.books.actor, find_transaction, self.ids[name])

    def left(self, done: Done[ManyChanged]) -> dict[str, list[str]]:
        """Names of what was left, by reason."""
        names = {id_: name for name, id_ in self.ids.items()}
        return {
            one.reason: [names[id_] for id_ in one.transaction_ids]
            for one in done.value.left
        }


async def fill(books: Books) -> Shelf:
    cash = await books.open("Cash", "100 EUR")
    bank, dollars = await books.open("Bank"), await books.open("Dollars", "0 USD")
    food, drinks = await books.category("Food"), await books.category("Drinks")
    page = await ask(books.actor, list_transactions, Filter())
    ids = {"opening": page.items[0].id}
    both = ((food, money("20 EUR")), (drinks, money("10 EUR")))
    entries: dict[str, tuple[Part, ...]] = {
        "plain": pay(cash.id, money("-10 EUR"), ((food, money("10 EUR")),)),
        "other": pay(cash.id, money("-5 EUR"), ((drinks, money("5 EUR")),)),
        "split": pay(cash.id, money("-30 EUR"), both),
        "moved": transfer(cash.id, bank.id, money("20 EUR"), money("20 EUR")),
        "dollar": pay(dollars.id, money("-7 USD"), ((food, money("7 USD")),)),
    }
    for name, parts in entries.items():
        done = await books.record(Entry(DAY, parts, payee=name))
        ids[name] = done.value.id
    return Shelf(books, cash.id, bank.id, dollars.id, food, drinks, ids)
