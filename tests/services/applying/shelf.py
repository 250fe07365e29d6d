"""A ledger with open spending at shops, for rules to be applied to."""

from dataclasses import dataclass
from datetime import date, timedelta

from fintrack.core.entries import Entry, pay
from tests.books import Books, money
from tests.services.arranging import open_places

DAY = date(2026, 3, 5)


@dataclass(frozen=True)
class Shelf:
    """Cash, Food, Fun, and the place for what is open."""

    books: Books
    cash: int
    food: int
    fun: int
    open: int

    async def spend(
        self, payee: str, category: int = 0, amount: str = "10 EUR", day: int = 0
    ) -> int:
        """Open unless a category is given; ``day`` counts from the fifth of March."""
        spent = money(amount)
        parts = pay(self.cash, -spent, ((category or self.open, spent),))
        on_date = DAY + timedelta(day)
        return (await self.books.record(Entry(on_date, parts, payee=payee))).value.id

    async def categories(self) -> list[tuple[str, str, str]]:
        """Payee, category and source of each transaction, by id."""
        found = await self.books.rows(
            "SELECT t.payee, string_agg(a.name, '+' ORDER BY p.position) AS names, "
            "t.category_source FROM transaction t JOIN posting p "
            "ON p.transaction_id = t.id JOIN account a ON a.id = p.account_id "
            "WHERE a.id <> :cash AND a.kind <> 'equity' GROUP BY t.id ORDER BY t.id",
            cash=self.cash,
        )
        return [tuple(row) for row in found]


async def fill_shelf(books: Books) -> Shelf:
    cash = await books.open("Cash")
    return Shelf(
        books,
        cash.id,
        await books.category("Food"),
        await books.category("Fun"),
        await open_places(books),
    )
