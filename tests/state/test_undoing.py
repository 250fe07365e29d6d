"""Undo as pages drive it: which change it names, and what a second press says."""

from datetime import date

import pytest

from fintrack.core.chart import Kind
from fintrack.services.commands import perform
from fintrack.services.recurring.suggesting import dismiss_suggestion
from fintrack.services.review.assigning import Assignment, assign_category
from fintrack.state.history import HistoryState
from tests.books import Books
from tests.services.arranging import open_places
from tests.state.desk import sit_down

DAY = date(2026, 3, 5)


@pytest.fixture
async def page(books: Books) -> HistoryState:
    return await (await sit_down(books)).state(HistoryState)


async def test_last_change_is_named_as_the_history_does(
    books: Books, page: HistoryState
) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    for payee in ("Bar", "Kiosk"):
        await books.spend(cash.id, await open_places(books), "5 EUR", DAY, payee)
    for place in ("bar", "kiosk"):
        given = Assignment(place, Kind.EXPENSE, food)
        await perform(books.actor, assign_category, given)
    await page.undo_last()
    assert page.notice.text == "Taken back: Payee reviewed: Kiosk"
    await page.undo_last()
    assert page.notice.text == "Taken back: Payee reviewed: Bar"


async def test_last_change_after_a_redo_is_that_one(
    books: Books, page: HistoryState
) -> None:
    await books.open("First")
    await books.open("Second")
    await page.load()
    first = page.rows[-1].undo_id
    await page.undo(first)
    await page.undo(page.notice.change)
    await page.undo_last()
    assert page.notice.text == "Taken back: Account opened: First"
    assert page.notice.undone == first


async def test_undo_and_redo_read_differently(books: Books, page: HistoryState) -> None:
    await books.open("Cash")
    await page.load()
    for _ in range(2):
        await page.undo(page.rows[-1].undo_id)
        await page.undo(page.rows[-1].redo_id)
    assert [(row.name, row.about) for row in page.rows] == [
        ("Done again", "Cash"),
        ("Change taken back", "Cash"),
        ("Done again", "Cash"),
        ("Change taken back", "Cash"),
        ("Account opened", "Cash"),
    ]


async def test_dismissed_suggestion_has_a_name(
    books: Books, page: HistoryState
) -> None:
    await perform(books.actor, dismiss_suggestion, "out EUR corner shop")
    await page.load()
    (row,) = page.rows
    assert (row.name, row.about) == ("Suggestion dismissed", "corner shop")
    await page.toggle(row.id)
    assert page.things == []


async def test_second_press_of_undo_says_nothing(
    books: Books, page: HistoryState
) -> None:
    await books.open("Cash")
    await page.load()
    opened = page.rows[0].undo_id
    await page.undo(opened)
    undo = page.notice.change
    await page.undo(opened)
    assert (page.notice.text, page.notice.change) == ("Taken back.", undo)


async def test_what_was_undone_elsewhere_is_told(
    books: Books, page: HistoryState
) -> None:
    await books.open("Cash")
    await page.load()
    opened = page.rows[0].undo_id
    await books.undo(int(opened))
    await page.undo(opened)
    assert page.notice.text == "This was already undone."
