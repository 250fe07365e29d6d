"""Old images go after shipping and after the undo window, and not before."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from fintrack.core.actor import SYSTEM
from fintrack.core.errors import UndoRefused
from fintrack.services.commands import ask
from fintrack.services.trail import pruning
from fintrack.services.trail.pruning import prune_images
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.trail.verifying import verify_trail
from tests.books import Books
from tests.conftest import Clock
from tests.services.trail.log_rows import Log


async def _images(books: Books) -> int:
    (row,) = await books.rows("SELECT count(*) AS n FROM change_row")
    return int(row.n)


async def test_old_shipped_images_go_and_the_rest_stays(
    books: Books, log: Log, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I25: young ones stay for undo, unshipped ones for the trail."""
    monkeypatch.setattr(pruning, "BATCH", 2)
    await books.open("Old", "5 EUR")
    old = await _images(books)
    await ship_trail()
    clock.advance(days=31)
    young = await books.open("Young")
    food = await books.category("Food")
    done = await books.spend(young.id, food, "1 EUR", date(2026, 3, 5))
    before = await _images(books)

    assert await prune_images() == old
    assert await _images(books) == before - old
    assert "Old" in str(await log.opened())
    assert (await ask(SYSTEM, verify_trail)).breach is None
    await books.undo(done.change_id)


async def test_what_may_be_undone_keeps_its_images(books: Books, clock: Clock) -> None:
    account = await books.open("Cash", "5 EUR")
    food = await books.category("Food")
    done = await books.spend(account.id, food, "1 EUR", date(2026, 3, 5))
    await ship_trail()
    clock.advance(days=30)
    query = "SELECT count(*) AS n FROM change_row WHERE change_set_id = :id"
    before = await books.rows(query, id=done.change_id)
    assert await prune_images() > 0, "the person was made months ago"
    assert await books.rows(query, id=done.change_id) == before
    await books.undo(done.change_id)


async def test_old_images_that_are_not_shipped_stay(books: Books, clock: Clock) -> None:
    await books.open("Cash")
    clock.advance(days=400)
    before = await _images(books)
    assert await prune_images() == 0
    assert await _images(books) == before


async def test_database_refuses_to_lose_unshipped_images(books: Books) -> None:
    """I25: raw SQL too."""
    with pytest.raises(DBAPIError, match="before it is shipped"):
        async with books.home.unit_of_work() as session:
            await session.execute(text("DELETE FROM change_row"))


async def test_pruned_change_is_not_undone(books: Books, clock: Clock) -> None:
    account = await books.open("Cash", "5 EUR")
    food = await books.category("Food")
    done = await books.spend(account.id, food, "1 EUR", date(2026, 3, 5))
    await ship_trail()
    clock.advance(days=31)
    await prune_images()
    with pytest.raises(UndoRefused):
        await books.undo(done.change_id)
