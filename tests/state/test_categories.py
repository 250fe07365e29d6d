"""The trees of categories and their forms."""

from datetime import date

import pytest

from fintrack.services.commands import perform
from fintrack.services.ledger.categories import CategoryChange, edit_category
from fintrack.state.categories import CategoriesState
from tests.books import Books
from tests.state.desk import sit_down


@pytest.fixture
async def page(books: Books) -> CategoriesState:
    state = await (await sit_down(books)).state(CategoriesState)
    await state.load()
    return state


async def add(page: CategoriesState, name: str, parent: str = "") -> str:
    await page.start_new("expense")
    await page.save_new({"name": name, "parent_id": parent})
    return next(row.id for row in page.expenses if row.name == name)


async def test_child_stands_below_its_parent(page: CategoriesState) -> None:
    home = await add(page, "Home")
    await add(page, "Candles", home)
    names = [row.name for row in page.expenses]
    assert names.index("Candles") == names.index("Home") + 1
    assert page.expenses[names.index("Candles")].is_child


async def test_taken_name_is_said_beside_the_field(page: CategoriesState) -> None:
    await add(page, "Pets")
    await page.start_new("expense")
    await page.save_new({"name": "pets", "parent_id": ""})
    assert "name" in page.errors


async def test_category_is_renamed_and_moved(page: CategoriesState) -> None:
    home, pets = await add(page, "Home"), await add(page, "Pets")
    await page.start_edit(pets)
    await page.save_edit({"name": "Animals", "parent_id": home})
    row = next(row for row in page.expenses if row.id == pets)
    assert (row.name, row.is_child) == ("Animals", True)


async def test_merge_says_how_many_transactions_move(
    page: CategoriesState, books: Books
) -> None:
    account = await books.open("Everyday", "100 EUR")
    pets, animals = await add(page, "Pets"), await add(page, "Animals")
    await books.spend(account.id, int(pets), "5 EUR", date(2026, 11, 2))
    await books.spend(account.id, int(pets), "6 EUR", date(2026, 11, 3))
    await page.start_edit(pets)
    page.start_merge()
    await page.choose_target(animals)
    assert page.merge_text.startswith("2 transactions move from Pets to Animals")
    await page.merge()
    rows = {row.id: row.count for row in page.expenses}
    assert pets not in rows
    assert rows[animals] == "2 transactions"
    await page.undo(page.notice.change)
    assert pets in {row.id for row in page.expenses}


async def test_merge_without_a_target_is_refused(page: CategoriesState) -> None:
    await page.start_edit(await add(page, "Pets"))
    page.start_merge()
    await page.merge()
    assert "into_id" in page.errors


async def test_both_versions_are_shown_when_somebody_was_faster(
    page: CategoriesState, books: Books
) -> None:
    pets, home = await add(page, "Pets"), await add(page, "At home")
    await page.start_edit(pets)
    await perform(books.actor, edit_category, CategoryChange(int(pets), 1, "Animals"))
    await page.save_edit({"name": "Dogs", "parent_id": home})
    shown = [(one.label, one.mine, one.theirs) for one in page.differences]
    assert shown == [("Name", "Dogs", "Animals"), ("Below", "At home", "At the top")]
    await page.save_edit({"name": "Dogs", "parent_id": home})
    assert page.differences
    await page.keep_mine()
    await page.save_edit({"name": "Cats", "parent_id": home})
    assert ("Cats", True) in {(row.name, row.is_child) for row in page.expenses}


async def test_their_version_of_a_category_is_taken(
    page: CategoriesState, books: Books
) -> None:
    pets = await add(page, "Pets")
    await page.start_edit(pets)
    await perform(books.actor, edit_category, CategoryChange(int(pets), 1, "Animals"))
    await page.save_edit({"name": "Dogs", "parent_id": ""})
    await page.take_theirs()
    assert (page.draft.name, page.differences, page.form) == ("Animals", [], "edit")


async def test_same_words_in_two_tabs_are_no_clash(
    page: CategoriesState, books: Books
) -> None:
    pets = await add(page, "Pets")
    await page.start_edit(pets)
    await perform(books.actor, edit_category, CategoryChange(int(pets), 1, "Animals"))
    await page.save_edit({"name": "Animals", "parent_id": ""})
    assert (page.form, page.differences) == ("", [])
