"""What a file would bring is told before, and nothing is written."""

from datetime import date

import pytest

from fintrack.core.errors import Conflict
from fintrack.services import blobs
from fintrack.services.moving.receiving import survey_file
from fintrack.services.moving.surveying import BooksSurvey
from tests.books import Books
from tests.conftest import Clock
from tests.services.moving.habit_house import set_up
from tests.services.moving.house import DAY, furnish, write


async def _survey(books: Books, text: str) -> BooksSurvey:
    return await survey_file(books.actor, blobs.whole(text.encode()))


async def test_survey_counts_what_would_come_and_writes_nothing(
    books: Books, stranger: Books
) -> None:
    await furnish(books)
    await stranger.open("Pot")
    before = await books.snapshot()
    found = await _survey(stranger, await write(books))
    assert [(one.name, one.is_new) for one in found.accounts] == [
        ("Bank", True),
        ("Pot", False),
        ("Dollars", True),
        ("Old", True),
    ]
    assert (found.categories, found.tags, found.transactions) == (2, 2, 6)
    assert (found.transfers, found.splits, found.void) == (2, 1, 1)
    assert (found.since, found.until) == (date(2026, 1, 1), DAY)
    assert (found.rules, found.recurring, found.templates) == (0, 0, 0)
    assert await books.snapshot() == before


async def test_survey_counts_habits(
    books: Books, stranger: Books, clock: Clock
) -> None:
    await set_up(books, clock)
    found = await _survey(stranger, await write(books))
    assert (found.rules, found.recurring, found.templates) == (4, 5, 2)


async def test_books_with_transactions_are_told_so(books: Books) -> None:
    await furnish(books)
    with pytest.raises(Conflict, match="already"):
        await _survey(books, await write(books))
