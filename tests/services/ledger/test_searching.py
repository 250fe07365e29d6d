"""Words are found by their beginnings, in one's own books only."""

from datetime import date

import pytest

from fintrack.services.commands import ask
from fintrack.services.ledger.listing import Filter, list_transactions
from fintrack.services.ledger.searching import with_words
from tests.books import Books

DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("payee", "typed"),
    [
        ("Café Ümlaut", "caf umlaut"),
        ("Кофейня Москва", "моск"),
        ("Καφές", "καφ"),
        ("コーヒー", "コー"),
        ("foo_bar GmbH", "foo_b"),
        ("Rent 2026-03", "2026"),
        ("x5l shop", "x5"),
        ("shop@example.org", "example"),
    ],
)
async def test_beginnings_of_words_are_found(
    books: Books, payee: str, typed: str
) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    await books.spend(cash.id, food, "4 EUR", DAY, payee)
    await books.spend(cash.id, food, "5 EUR", DAY, "Somebody else")
    page = await ask(books.actor, list_transactions, Filter(words=typed))
    assert [item.payee for item in page.items] == [payee]


async def test_ledgers_do_not_mix(books: Books, stranger: Books) -> None:
    for whose in (books, stranger):
        cash, food = await whose.open("Cash"), await whose.category("Food")
        await whose.spend(cash.id, food, "4 EUR", DAY, "Kiosk")
    page = await ask(books.actor, list_transactions, Filter(words="kiosk"))
    assert len(page.items) == 1
    # What the index holds of a ledger is no word that somebody could type.
    ledger = stranger.actor.ledger_id
    words = Filter(words=f"l{ledger}xkiosk")
    assert (await ask(books.actor, list_transactions, words)).items == ()


@pytest.mark.parametrize("typed", ["€", "!!!", "🍕", " -- "])
async def test_signs_alone_find_nothing(books: Books, typed: str) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    await books.spend(cash.id, food, "4 EUR", DAY, f"Pizza {typed}")
    page = await ask(books.actor, list_transactions, Filter(words=typed))
    assert page.items == ()


def test_nothing_typed_narrows_nothing() -> None:
    assert with_words(1, " \t") is None
