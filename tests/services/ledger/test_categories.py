"""Categories: a tree of two levels that people name, move and merge."""

from datetime import date

import pytest

from fintrack.core.chart import Kind
from fintrack.core.errors import Conflict, InvalidInput, NotFound, StaleVersion
from fintrack.services import change_sets
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.categories import (
    CategoryChange,
    Merge,
    NewCategory,
    add_category,
    edit_category,
    list_categories,
    merge_category,
    plant_tree,
)
from tests.books import START, Books

DAY = date(2026, 3, 5)


async def _add(books: Books, name: str, parent: int | None = None) -> int:
    new = NewCategory(name, Kind.EXPENSE, parent)
    return (await perform(books.actor, add_category, new)).value.id


async def _plant(books: Books, language: str) -> None:
    async with books.home.unit_of_work() as session:
        await change_sets.open_change_set(
            session, books.actor, "test", books.home.clock(), None, None
        )
        assert books.actor.ledger_id is not None
        await plant_tree(session, books.actor.ledger_id, language=language, today=START)


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Groceries"), ("tr", "Market alışverişi")]
)
async def test_default_tree_speaks_the_language(
    books: Books, language: str, name: str
) -> None:
    await _plant(books, language)
    views = await ask(books.actor, list_categories)
    assert name in {view.name for view in views}
    assert sorted(view.kind for view in views if view.uncategorised) == [
        Kind.EXPENSE,
        Kind.INCOME,
    ]
    assert await books.findings() == []


async def test_each_parent_stands_before_its_children(books: Books) -> None:
    food = await _add(books, "Food")
    await _add(books, "Apples", food)
    await _add(books, "Bananas", food)
    await _add(books, "Drinks")
    names = [view.name for view in await ask(books.actor, list_categories)]
    assert names == ["Drinks", "Food", "Apples", "Bananas"]


async def test_third_level_is_refused(books: Books) -> None:
    food = await _add(books, "Food")
    fruit = await _add(books, "Fruit", food)
    with pytest.raises(InvalidInput, match="two levels"):
        await _add(books, "Apples", fruit)
    other = await _add(books, "Other")
    with pytest.raises(InvalidInput, match="two levels"):
        await perform(
            books.actor, edit_category, CategoryChange(food, 1, "Food", other)
        )
    with pytest.raises(InvalidInput, match="below itself"):
        await perform(
            books.actor, edit_category, CategoryChange(other, 1, "Other", other)
        )


async def test_parent_of_another_kind_is_refused(books: Books) -> None:
    salary = await books.category("Salary", "income")
    with pytest.raises(InvalidInput):
        await _add(books, "Bonus", salary)


async def test_sibling_name_is_taken_once(books: Books) -> None:
    food = await _add(books, "Food")
    await _add(books, "Other", food)
    await _add(books, "Other")
    with pytest.raises(InvalidInput, match="already"):
        await _add(books, "OTHER")


async def test_asset_is_not_a_category(books: Books) -> None:
    with pytest.raises(InvalidInput):
        await perform(books.actor, add_category, NewCategory("X", Kind.ASSET))
    account = await books.open("Cash")
    with pytest.raises(NotFound):
        await perform(books.actor, edit_category, CategoryChange(account.id, 1, "X"))


async def test_merge_moves_postings_and_children_and_closes(books: Books) -> None:
    """
    Food (1 posting) > Fruit, merged into Eating
    """
    account = await books.open("Cash", "100 EUR")
    food, eating = await _add(books, "Food"), await _add(books, "Eating")
    fruit = await _add(books, "Fruit", food)
    await books.spend(account.id, food, "10 EUR", DAY)
    merged = await perform(books.actor, merge_category, Merge(food, 1, eating))
    assert merged.value.posting_count == 1
    views = {view.id: view for view in await ask(books.actor, list_categories)}
    assert food not in views
    assert views[fruit].parent_id == eating
    assert await books.findings() == []
    with pytest.raises(NotFound):
        await perform(books.actor, merge_category, Merge(food, 2, eating))


async def test_merge_into_a_child_lifts_the_child(books: Books) -> None:
    food = await _add(books, "Food")
    fruit = await _add(books, "Fruit", food)
    bread = await _add(books, "Bread", food)
    await perform(books.actor, merge_category, Merge(food, 1, fruit))
    views = {view.id: view for view in await ask(books.actor, list_categories)}
    assert views[fruit].parent_id is None
    assert views[bread].parent_id == fruit


async def test_merge_is_refused_into_itself_another_kind_or_when_stale(
    books: Books,
) -> None:
    food = await _add(books, "Food")
    salary = await books.category("Salary", "income")
    other = await _add(books, "Other")
    with pytest.raises(InvalidInput):
        await perform(books.actor, merge_category, Merge(food, 1, food))
    with pytest.raises(InvalidInput):
        await perform(books.actor, merge_category, Merge(food, 1, salary))
    with pytest.raises(StaleVersion):
        await perform(books.actor, merge_category, Merge(food, 9, other))


async def test_place_for_the_uncategorised_stays(books: Books) -> None:
    await _plant(books, "en")
    views = await ask(books.actor, list_categories)
    here = next(v for v in views if v.uncategorised and v.kind == Kind.EXPENSE)
    into = next(v for v in views if not v.uncategorised and v.kind == Kind.EXPENSE)
    with pytest.raises(Conflict):
        await perform(books.actor, merge_category, Merge(here.id, 1, into.id))


async def test_foreign_ids_are_refused_everywhere(
    books: Books, stranger: Books
) -> None:
    theirs = await _add(stranger, "Theirs")
    mine = await _add(books, "Mine")
    before = await stranger.snapshot()
    with pytest.raises(NotFound):
        await _add(books, "Below", theirs)
    with pytest.raises(NotFound):
        await perform(books.actor, edit_category, CategoryChange(theirs, 1, "X"))
    with pytest.raises(NotFound):
        await perform(books.actor, edit_category, CategoryChange(mine, 1, "X", theirs))
    with pytest.raises(NotFound):
        await perform(books.actor, merge_category, Merge(mine, 1, theirs))
    with pytest.raises(NotFound):
        await perform(books.actor, merge_category, Merge(theirs, 1, mine))
    assert await stranger.snapshot() == before
