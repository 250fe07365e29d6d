"""Several tags are picked and become one."""

import pytest

from fintrack.services.commands import perform
from fintrack.services.tags.keeping import TagName, rename_tag
from fintrack.state.tags import TagsState
from tests.books import Books
from tests.state.test_tags import names, page

pytestmark = pytest.mark.database


def _id(state: TagsState, name: str) -> str:
    return next(row.id for row in state.merge_rows if row.name == name)


async def test_picked_tags_become_one_in_one_step(books: Books) -> None:
    state = await page(books, ("a",), ("b",), ("c", "d"))
    assert state.has_several
    await state.start_merging()
    for name in ("#a", "#b", "#c"):
        state.pick(_id(state, name))
    state.pick(_id(state, "#c"))
    await state.merge_picked()
    assert list(state.merge_errors) == ["into_id"]
    # The one that stays may be picked too.
    state.choose_into(_id(state, "#b"))
    await state.merge_picked()
    assert (state.is_merging, state.notice.text) == (False, "Everything has #b now.")
    assert await names(books) == [("b", 2), ("c", 1), ("d", 1)]
    await state.undo(state.notice.change)
    assert await names(books) == [("a", 1), ("b", 1), ("c", 1), ("d", 1)]


async def test_nothing_picked_is_said(books: Books) -> None:
    state = await page(books, ("a", "b"))
    await state.start_merging()
    state.choose_into(_id(state, "#b"))
    await state.merge_picked()
    assert state.merge_errors == {"tags": "Please choose 1 to 100 tags."}
    state.set_merging(False)
    await state.merge_picked()
    assert len(await names(books)) == 2


async def test_tag_that_somebody_else_renamed_closes_the_dialog(books: Books) -> None:
    state = await page(books, ("a", "b"))
    await state.start_merging()
    state.pick(_id(state, "#a"))
    state.choose_into(_id(state, "#b"))
    await perform(books.actor, rename_tag, TagName(int(_id(state, "#a")), 1, "new"))
    await state.merge_picked()
    assert (state.is_merging, state.notice.tone) == (False, "bad")
    assert [row.name for row in state.rows] == ["#b", "#new"]
