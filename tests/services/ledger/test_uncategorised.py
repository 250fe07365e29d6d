from fintrack.services.commands import ask
from fintrack.services.ledger.categories import list_categories
from tests.books import Books
from tests.services.imports.conftest import Desk, desk, store
from tests.services.imports.statements import as_csv

__all__ = ["desk", "store"]


async def test_uncategorised_accounts_are_made_once_when_they_are_needed(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    await desk.bring(account.id, as_csv(("2026-02-03", "Lidl", "-2.50")))
    views = await ask(books.actor, list_categories)
    assert [view.name for view in views if view.uncategorised] == ["Other spending"]
    rows = (("2026-02-04", "Lidl", "-3.50"), ("2026-02-05", "Salary", "100.00"))
    await desk.bring(account.id, as_csv(*rows))
    views = await ask(books.actor, list_categories)
    names = sorted(view.name for view in views if view.uncategorised)
    assert names == ["Other income", "Other spending"]


async def test_category_of_a_person_is_not_taken_for_what_waits(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    await books.category("other  spending")
    await desk.bring(account.id, as_csv(("2026-02-03", "Lidl", "-2.50")))
    views = await ask(books.actor, list_categories)
    names = [view.name for view in views if view.uncategorised]
    assert names == ["Other spending 2"]
    assert await books.findings() == []
