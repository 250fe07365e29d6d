"""Whole books that came in are told, and taken back by their Undo."""

import json

from fintrack.services.commands import perform
from fintrack.services.moving.bringing import bring_books
from fintrack.state.importing import ImportState
from tests.books import Books
from tests.core.test_whole_books import file
from tests.services.moving.house import keep
from tests.state.desk import sit_down
from tests.state.import_desk import store

__all__ = ["store"]


async def test_books_that_came_in_are_told_and_taken_back(books: Books) -> None:
    state = await (await sit_down(books)).state(ImportState)
    await state.load()
    assert state.accounts == []
    brought = await keep(json.dumps(file()), "mine.json")
    done = await perform(books.actor, bring_books, brought)
    await state.books_brought(str(done.change_id))
    assert state.notice.text == "The books came in."
    assert [one.filename for one in state.past] == ["mine.json"]
    await state.undo(state.notice.change)
    assert (state.accounts, state.past) == ([], [])


async def test_change_that_cannot_be_is_not_told(books: Books) -> None:
    state = await (await sit_down(books)).state(ImportState)
    await state.books_brought("x")
    assert state.notice.text == ""
