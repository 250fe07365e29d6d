"""A payee brings the category it had last; others go to the uncategorised account."""

from datetime import date

from fintrack.services.commands import perform
from fintrack.services.ledger.categories import Merge, merge_category
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from tests.books import Books
from tests.services.imports.conftest import Desk
from tests.services.imports.statements import as_csv


async def _categories(books: Books) -> list[tuple[str, str]]:
    found = await books.rows(
        "SELECT a.name, t.category_source FROM transaction t JOIN posting p "
        "ON p.transaction_id = t.id JOIN account a ON a.id = p.account_id "
        "WHERE a.kind IN ('income', 'expense') AND t.import_id IS NOT NULL "
        "ORDER BY t.id"
    )
    return [(row.name, row.category_source) for row in found]


async def test_payee_keeps_the_category_it_had_last(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    food, fun = await books.category("Food"), await books.category("Fun")
    await books.spend(account.id, fun, "3 EUR", date(2026, 1, 9), "CAFÉ  Central")
    await books.spend(account.id, food, "3 EUR", date(2026, 1, 5), "Café Central")
    rows = (("2026-02-03", "cafe central", "-2.50"), ("2026-02-04", "Lidl", "-9.00"))
    await desk.bring(account.id, as_csv(*rows))
    assert await _categories(books) == [
        ("Fun", "learned"),
        ("Other spending", "import"),
    ]


async def test_void_teaches_nothing_and_a_merge_teaches_its_target(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    food, fun = await books.category("Food"), await books.category("Fun")
    await books.spend(account.id, food, "3 EUR", date(2026, 1, 5), "Lidl")
    void = await books.spend(account.id, fun, "3 EUR", date(2026, 1, 9), "Lidl")
    await perform(books.actor, void_transaction, TransactionMark(void.value.id, 1))
    into = await books.category("Groceries")
    await perform(books.actor, merge_category, Merge(food, 1, into))
    await desk.bring(account.id, as_csv(("2026-02-03", "Lidl", "-2.50")))
    assert await _categories(books) == [("Groceries", "learned")]
