"""What Ctrl+Z takes back: the newest of one's own changes that stands."""

from fintrack.services.changes import PAGE
from fintrack.services.commands import ask
from fintrack.services.last_deed import find_last_deed
from tests.books import Books
from tests.conftest import Clock


async def _take_back_last(books: Books) -> str:
    """Takes the last deed back; the name of what it was about."""
    deed = await ask(books.actor, find_last_deed)
    assert deed is not None
    await books.undo(deed.change_id)
    (name,) = deed.about
    return str(name)


async def test_all_changes_are_taken_back_one_by_one(books: Books) -> None:
    for number in range(PAGE + 1):
        await books.open(f"Account {number}")
    for number in reversed(range(PAGE + 1)):
        assert await _take_back_last(books) == f"Account {number}"
    assert await ask(books.actor, find_last_deed) is None


async def test_what_was_brought_again_is_the_last_deed(books: Books) -> None:
    await books.open("First")
    first = await ask(books.actor, find_last_deed)
    assert first is not None
    await books.open("Second")
    undone = await books.undo(first.change_id)
    await books.undo(undone.id)
    assert await _take_back_last(books) == "First"
    assert await _take_back_last(books) == "Second"
    assert await ask(books.actor, find_last_deed) is None


async def test_redo_that_was_taken_back_otherwise_is_no_deed(books: Books) -> None:
    await books.open("First")
    await books.open("Second")
    opened = await ask(books.actor, find_last_deed)
    assert opened is not None
    # As the history does it: both undos are of the change itself.
    undone = await books.undo(opened.change_id)
    await books.undo(undone.id)
    await books.undo(opened.change_id)
    assert await _take_back_last(books) == "First"
    assert await ask(books.actor, find_last_deed) is None


async def test_old_change_is_no_deed(books: Books, clock: Clock) -> None:
    await books.open("Cash")
    clock.advance(days=31)
    assert await ask(books.actor, find_last_deed) is None
