"""One choice settles all open transactions of a payee."""

import pytest

from fintrack.core.chart import Kind
from fintrack.core.errors import InvalidInput, NotFound
from fintrack.services.commands import ask, perform
from fintrack.services.review.assigning import Assignment, assign_category
from fintrack.services.review.inbox import count_left
from tests.books import Books
from tests.services.applying.shelf import fill_shelf


async def test_all_of_the_payee_and_nothing_else_is_settled(books: Books) -> None:
    shelf = await fill_shelf(books)
    for payee in ("Bar", "BAR ", "Barber"):
        await shelf.spend(payee)
    before = await books.snapshot()
    given = Assignment("bar", Kind.EXPENSE, shelf.fun)
    done = await perform(books.actor, assign_category, given)
    assert (done.value.category, done.value.count) == ("Fun", 2)
    assert await shelf.categories() == [
        ("Bar", "Fun", "you"),
        ("BAR", "Fun", "you"),
        ("Barber", "Other spending", "you"),
    ]
    assert await ask(books.actor, count_left) == 1
    assert await books.findings() == []
    await books.undo(done.change_id)
    assert await books.snapshot() == before


async def test_choice_that_cannot_be_is_refused(books: Books, stranger: Books) -> None:
    shelf = await fill_shelf(books)
    await shelf.spend("Bar")
    theirs = await stranger.category("Theirs")
    before = await books.snapshot()
    for place, category_id, error in (
        ("nowhere", shelf.fun, NotFound),
        ("bar", theirs, NotFound),
        ("bar", shelf.cash, InvalidInput),
        ("bar", shelf.open, InvalidInput),
    ):
        with pytest.raises(error):
            await perform(
                books.actor,
                assign_category,
                Assignment(place, Kind.EXPENSE, category_id),
            )
    assert await books.snapshot() == before
