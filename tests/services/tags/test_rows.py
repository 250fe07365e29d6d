"""Tags come with transactions: made once, kept, replaced, read in order."""

from dataclasses import replace
from datetime import date

import pytest

from fintrack.core.entries import Entry, pay
from fintrack.core.errors import InvalidInput
from fintrack.services.commands import perform
from fintrack.services.ledger.transactions import TransactionChange, edit_transaction
from fintrack.services.tags.rows import MAX_NAME, MAX_TAGS
from tests.books import Books, money


async def entry(books: Books, *tags: str) -> Entry:
    cash, food = await books.open("Cash"), await books.category("Food")
    parts = pay(cash.id, money("-5 EUR"), ((food, money("5 EUR")),))
    return Entry(date(2026, 3, 5), parts, payee="Shop", tags=tags)


async def test_two_spellings_are_one_tag_and_the_first_stays(books: Books) -> None:
    first = await entry(books, "#Trip", "Work")
    await books.record(first)
    done = await books.record(replace(first, tags=("trip ", "TRIP", "Away")))
    assert done.value.tags == ("Away", "Trip")
    found = await books.rows("SELECT name FROM tag ORDER BY name_folded")
    assert [row.name for row in found] == ["Away", "Trip", "Work"]


async def test_edit_that_says_no_tags_keeps_them_and_the_day_moves_along(
    books: Books,
) -> None:
    first = await entry(books, "Trip")
    done = await books.record(first)
    moved = replace(first, on_date=date(2026, 4, 6), tags=None)
    change = TransactionChange(done.value.id, 1, moved)
    edited = await perform(books.actor, edit_transaction, change)
    assert edited.value.tags == ("Trip",)
    bare = TransactionChange(done.value.id, 2, replace(moved, tags=()))
    assert (await perform(books.actor, edit_transaction, bare)).value.tags == ()
    await books.undo(edited.change_id + 1)
    await books.undo(edited.change_id)


@pytest.mark.parametrize(
    "tags",
    [
        ("",),
        ("#",),
        ("a,b",),
        ("x" * (MAX_NAME + 1),),
        ("a\u202eb",),
        tuple(map(str, range(MAX_TAGS + 1))),
    ],
)
async def test_tag_that_cannot_be_is_refused_and_nothing_is_written(
    books: Books, tags: tuple[str, ...]
) -> None:
    bad = await entry(books, *tags)
    before = await books.snapshot()
    with pytest.raises(InvalidInput) as caught:
        await books.record(bad)
    assert caught.value.problems[0].field == "tags"
    assert await books.snapshot() == before
