"""Words are found by their beginnings, in one's own books only."""

from datetime import date

import pytest
from sqlalchemy import text

from fintrack.services.commands import Work, ask, command, perform
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
        ("INV_2026", "2026"),
        ("INV_2027", "_inv"),
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


async def test_a_letter_with_an_underscore_is_a_word_of_one_letter(
    books: Books,
) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    for payee in ("Plan A", "Plan B"):
        await books.spend(cash.id, food, "4 EUR", DAY, payee)
    page = await ask(books.actor, list_transactions, Filter(words="a_"))
    assert [item.payee for item in page.items] == ["Plan A"]


async def test_word_stored_with_an_underscore_is_found_by_its_end(
    books: Books,
) -> None:
    """Before 0028 INV_2026 was kept as one word; so it may still stand there."""
    cash, food = await books.open("Cash"), await books.category("Food")
    await books.spend(cash.id, food, "4 EUR", DAY, "INV_2026")
    await perform(books.actor, store_as_before, "inv_2026")
    for typed in ("2026", "inv_2", "INV_2026"):
        page = await ask(books.actor, list_transactions, Filter(words=typed))
        assert [item.payee for item in page.items] == ["INV_2026"]


@command("test.store_as_before")
async def store_as_before(work: Work, words: str) -> None:
    await work.session.execute(
        text("UPDATE transaction SET search_text = :words"), {"words": words}
    )


@pytest.mark.parametrize("typed", ["€", "!!!", "🍕", " -- ", "_", "__ _"])
async def test_signs_alone_find_nothing(books: Books, typed: str) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    await books.spend(cash.id, food, "4 EUR", DAY, f"Pizza {typed}")
    page = await ask(books.actor, list_transactions, Filter(words=typed))
    assert page.items == ()


def test_nothing_typed_narrows_nothing() -> None:
    assert with_words(1, " \t") is None
