"""The page of tags: their use, and what is done with one."""

from datetime import date

import pytest

from fintrack.core.entries import Entry, pay
from fintrack.services.commands import ask, perform
from fintrack.services.tags.keeping import TagName, list_tags, rename_tag
from fintrack.state.tags import TagsState
from tests.books import Books, money
from tests.services.arranging import keep, new_rule
from tests.state.desk import sit_down

pytestmark = pytest.mark.database
DAY = date(2026, 11, 17)


async def page(books: Books, *groups: tuple[str, ...]) -> TagsState:
    cash, food = await books.open("Cash"), await books.category("Food")
    parts = pay(cash.id, money("-5 EUR"), ((food, money("5 EUR")),))
    for tags in groups:
        await books.record(Entry(DAY, parts, tags=tags))
    state = await (await sit_down(books)).state(TagsState)
    await state.load()
    return state


async def edit(state: TagsState, name: str) -> None:
    await state.start_edit(next(row.id for row in state.rows if row.name == name))


async def names(books: Books) -> list[tuple[str, int]]:
    return [(view.name, view.count) for view in await ask(books.actor, list_tags)]


async def test_rows_say_how_often_and_when_last(books: Books) -> None:
    state = await page(books, ("a", "b"), ("a",))
    await keep(books, new_rule("shop", tags=("b", "never")))
    await state.load()
    assert [(row.name, row.detail) for row in state.rows] == [
        ("#a", "2 transactions · last: Yesterday"),
        ("#b", "1 transaction · 1 rule · last: Yesterday"),
        ("#never", "0 transactions · 1 rule"),
    ]
    assert state.rows[0].href.startswith("/transactions?tag=")


async def test_tag_is_renamed_and_a_taken_name_is_said_beside_the_field(
    books: Books,
) -> None:
    state = await page(books, ("a", "b"))
    await edit(state, "#a")
    await state.rename({"name": "B"})
    assert (state.form, list(state.errors)) == ("edit", ["name"])
    await state.rename({"name": "x,y"})
    assert list(state.errors) == ["name"]
    await state.rename({"name": "c"})
    assert (state.form, state.notice.text) == ("", "The tag is called #c now.")
    assert [row.name for row in state.rows] == ["#b", "#c"]
    await state.rename({"name": "d"})
    assert [row.name for row in state.rows] == ["#b", "#c"]


async def test_merge_and_removal_say_what_they_touch_and_are_undone(
    books: Books,
) -> None:
    state = await page(books, ("a",), ("b",), ("a", "b"))
    await edit(state, "#a")
    assert state.touched == "2 transactions"
    state.start_merge()
    await state.merge()
    assert list(state.errors) == ["into_id"]
    state.choose_target(next(one.value for one in state.targets if one.label == "#b"))
    await state.merge()
    assert await names(books) == [("b", 3)]
    await state.undo(state.notice.change)
    assert await names(books) == [("a", 2), ("b", 2)]
    await edit(state, "#a")
    state.start_remove()
    await state.remove()
    assert state.notice.text == "#a was removed."
    assert await names(books) == [("b", 2)]
    await state.undo_last()
    assert await names(books) == [("a", 2), ("b", 2)]


async def test_rule_that_is_off_without_its_tag_is_told(books: Books) -> None:
    state = await page(books, ("a",))
    await keep(books, new_rule("shop", tags=("a",)))
    await edit(state, "#a")
    state.start_remove()
    await state.remove()
    assert state.notice.text == (
        "#a was removed. 1 rule did nothing else and is off now."
    )


async def test_tag_that_somebody_else_renamed_is_shown_as_it_is_now(
    books: Books,
) -> None:
    state = await page(books, ("a",))
    await edit(state, "#a")
    (view,) = await ask(books.actor, list_tags)
    await perform(books.actor, rename_tag, TagName(view.id, 1, "theirs"))
    await state.rename({"name": "mine"})
    assert (state.form, state.notice.tone) == ("", "bad")
    assert [row.name for row in state.rows] == ["#theirs"]
