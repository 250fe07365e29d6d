"""A list of changes names what each was about."""

from datetime import date
from decimal import Decimal

from fintrack.core.exchange import Rate
from fintrack.services.change_fields import Name
from fintrack.services.changes import list_changes
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from fintrack.services.rates.own import OwnRateGiven, set_own_rate
from tests.books import Books
from tests.services.arranging import keep, new_rule

DAY = date(2026, 3, 5)


async def _abouts(books: Books) -> list[tuple[Name, ...]]:
    return [change.about for change in await ask(books.actor, list_changes)]


async def test_own_rate_is_its_own_name(books: Books) -> None:
    given = OwnRateGiven("USD", "TRY", DAY, Decimal(45))
    await perform(books.actor, set_own_rate, given)
    assert await _abouts(books) == [(Rate("USD", "TRY", Decimal(45), DAY),)]


async def test_each_change_names_its_things(books: Books, stranger: Books) -> None:
    cash = await books.open("Cash", "100 EUR")
    food = await books.category("Food")
    spent = await books.spend(cash.id, food, "2 EUR", DAY, "Café")
    await perform(books.actor, void_transaction, TransactionMark(spent.value.id, 1))
    await books.undo((await ask(books.actor, list_changes))[0].id)
    await keep(books, new_rule("café", food))
    assert await _abouts(books) == [
        (),
        ("Café",),
        ("Café",),
        ("Café",),
        ("Food",),
        ("Cash",),
    ]
    assert await _abouts(stranger) == []
