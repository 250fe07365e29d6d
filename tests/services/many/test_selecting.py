"""A selection is what its reader saw: by ids with versions, or a filter with a seal."""

from dataclasses import replace
from datetime import date

import pytest

from fintrack.core.errors import InvalidInput, NotFound, StaleVersion, TooLarge
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.listing import Filter
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from fintrack.services.many import selecting
from fintrack.services.many.selecting import Selection, select_transactions
from tests.books import Books
from tests.services.many.shelf import DAY, Shelf

MARCH = Filter(since=DAY, until=DAY)


async def sealed(shelf: Shelf, wanted: Filter = MARCH) -> Selection:
    found = await ask(shelf.books.actor, select_transactions, wanted)
    return Selection(wanted=wanted, seal=found.seal)


async def test_filter_changes_all_that_it_keeps(shelf: Shelf) -> None:
    found = await ask(shelf.books.actor, select_transactions, MARCH)
    assert found.count == 5
    done = await shelf.change(await sealed(shelf), add_tags=("spring",))
    assert done.value.changed == 5
    assert (await shelf.view("opening")).tags == ()


async def test_what_was_taken_out_by_hand_stays(shelf: Shelf) -> None:
    selection = replace(await sealed(shelf), without=(shelf.ids["plain"],))
    await shelf.change(selection, on_date=date(2026, 4, 1))
    assert (await shelf.view("plain")).on_date == DAY
    assert (await shelf.view("split")).on_date == date(2026, 4, 1)


async def test_filter_that_keeps_others_meanwhile_changes_nothing(shelf: Shelf) -> None:
    """A new transaction, a change and a void one each break the seal."""
    books = shelf.books
    old = await sealed(shelf)
    await books.spend(shelf.cash, shelf.food, "1 EUR", DAY)
    with pytest.raises(StaleVersion):
        await shelf.change(old, void=True)
    old = await sealed(shelf)
    mark = TransactionMark(shelf.ids["plain"], 1)
    await perform(books.actor, void_transaction, mark)
    before = await books.snapshot()
    with pytest.raises(StaleVersion):
        await shelf.change(old, void=True)
    assert await books.snapshot() == before


async def test_filter_that_nobody_looked_at_needs_no_seal(shelf: Shelf) -> None:
    done = await shelf.change(Selection(wanted=MARCH), add_tags=("spring",))
    assert done.value.changed == 5
    nothing = await shelf.change(
        Selection(wanted=Filter(words="nowhere")), add_tags=("x",)
    )
    assert (nothing.value.changed, nothing.value.left) == (0, ())
    assert await shelf.books.rows("SELECT FROM tag WHERE name = 'x'") == []


async def test_too_many_are_refused(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selecting, "MAX_MANY", 4)
    with pytest.raises(TooLarge, match="At most 4"):
        await ask(shelf.books.actor, select_transactions, MARCH)
    for selection in (Selection(wanted=MARCH), shelf.everything):
        with pytest.raises(TooLarge):
            await shelf.change(selection, void=True)


async def test_selection_of_nothing_or_of_two_kinds_is_refused(shelf: Shelf) -> None:
    both = replace(shelf.everything, wanted=MARCH)
    for selection in (Selection(), both):
        with pytest.raises(InvalidInput, match="by ids or by a filter"):
            await shelf.change(selection, void=True)


async def test_ids_of_somebody_else_are_not_there(
    shelf: Shelf, stranger: Books
) -> None:
    theirs = TransactionMark(shelf.ids["plain"], 1)
    cash = await stranger.open("Cash", "5 EUR")
    food = await stranger.category("Food")
    own = (await stranger.spend(cash.id, food, "1 EUR", DAY)).value
    thief = replace(shelf, books=stranger)
    with pytest.raises(NotFound):
        await thief.change(Selection((theirs,)), void=True)
    mixed = Selection((theirs, TransactionMark(own.id, 1)))
    done = await thief.change(mixed, void=True)
    assert done.value.changed == 1
    assert done.value.left[0].reason == "not-found"
    assert (await shelf.view("plain")).voided_at is None
