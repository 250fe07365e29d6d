from datetime import date

import pytest

from fintrack.services.commands import ask, perform
from fintrack.services.first_run import Beginning, Start, start_with
from fintrack.services.ledger.accounts import list_accounts
from fintrack.services.ledger.categories import list_categories
from fintrack.services.sample.adding import NewSample, add_sample
from tests.books import Books

UNTIL = date(2026, 11, 18)


async def _add(books: Books, language: str = "en") -> None:
    await perform(books.actor, add_sample, NewSample(UNTIL, language))


async def test_taken_name_gets_a_number(books: Books) -> None:
    await books.open("CASH")
    await books.open("Cash 2")
    await _add(books)
    names = {account.name for account in await ask(books.actor, list_accounts)}
    assert {"CASH", "Cash 2", "Cash 3"} <= names


@pytest.mark.parametrize("language", ["en", "tr"])
async def test_default_categories_are_used_where_they_are(
    books: Books, language: str
) -> None:
    start = Start(Beginning.IMPORT, UNTIL, language)
    await perform(books.actor, start_with, start)
    before = {c.id for c in await ask(books.actor, list_categories)}
    await _add(books, language)
    assert {c.id for c in await ask(books.actor, list_categories)} == before


async def test_missing_categories_are_made_below_their_parents(books: Books) -> None:
    food = await books.category("Food")
    await _add(books)
    categories = {c.name: c for c in await ask(books.actor, list_categories)}
    assert categories["Groceries"].parent_id == food
    rent = categories["Rent or mortgage"]
    assert rent.parent_id == categories["Housing"].id
    assert categories["Other spending"].uncategorised
    assert "Taxes" not in categories
