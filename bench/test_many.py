"""Many transactions changed by one command, beside the same rows updated bare."""

from datetime import date
from time import perf_counter

from sqlalchemy import text

from bench.seeding import statement
from bench.test_import import show, timed, vacuum
from fintrack.services import change_sets
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.listing import Filter
from fintrack.services.many.changing import ManyChange, change_many
from fintrack.services.many.selecting import (
    MAX_MANY,
    Selection,
    select_transactions,
)
from tests.books import Books
from tests.services.imports.conftest import Desk

ROWS = 1_000
MAX_SECONDS = 3
_BARE = (
    text("UPDATE posting SET account_id = :category WHERE account_id = :former"),
    text("UPDATE transaction SET version = version + 1"),
)


async def change(books: Books, what: ManyChange) -> tuple[int, float, float]:
    """How many changed, the seconds that took, and those of taking it back."""
    seen = await ask(books.actor, select_transactions, Filter())
    selection = Selection(wanted=Filter(), seal=seen.seal)
    done, seconds = await timed(perform(books.actor, change_many, selection, what))
    _, undo_seconds = await timed(books.undo(done.change_id))
    await vacuum(books)
    return done.value.changed, seconds, undo_seconds


async def bare_update(books: Books, former: int, category: int) -> float:
    """Seconds for two statements over the same rows through all triggers."""
    began = perf_counter()
    async with books.home.unit_of_work() as session:
        now = books.home.clock()
        await change_sets.open_change_set(
            session, books.actor, "bench.update", now, None, None
        )
        await session.execute(_BARE[0], {"former": former, "category": category})
        await session.execute(_BARE[1])
    return perf_counter() - began


async def test_a_thousand_are_changed_at_once(books: Books, desk: Desk) -> None:
    bank, food = await books.open("Bank"), await books.category("Food")
    other = await books.open("Other")
    await desk.bring(bank.id, statement(ROWS))
    await vacuum(books)
    deeds = {
        "category": ManyChange(category_id=food),
        "account": ManyChange(account_id=other.id),
        "day": ManyChange(on_date=date(2026, 10, 1)),
        "tags": ManyChange(add_tags=("bench", "more")),
        "cleared": ManyChange(cleared=False),
        "void": ManyChange(void=True),
    }
    figures = []
    worst = 0.0
    for name, what in deeds.items():
        changed, seconds, undo_seconds = await change(books, what)
        worst = max(worst, seconds)
        figures += [
            (f"{name} of {changed:,}", seconds, "s", MAX_SECONDS),
            (f"{name} taken back", undo_seconds, "s"),
        ]
    show(figures)
    assert worst <= MAX_SECONDS


async def test_as_many_as_go_at_once(books: Books, desk: Desk) -> None:
    bank, food = await books.open("Bank"), await books.category("Food")
    await desk.bring(bank.id, statement(MAX_MANY))
    await vacuum(books)
    changed, seconds, undo_s = await change(books, ManyChange(category_id=food))
    _, day_s, _ = await change(books, ManyChange(on_date=date(2026, 10, 1)))
    (place,) = await books.rows(
        "SELECT id FROM account WHERE type = 'uncategorised' AND kind = 'expense'"
    )
    bare_s = await bare_update(books, place.id, food)
    assert changed == MAX_MANY
    show(
        [
            (f"category of {changed:,}", seconds, "s"),
            ("the same rows updated bare", bare_s, "s"),
            ("ratio", seconds / bare_s, ""),
            ("taken back", undo_s, "s"),
            (f"day of {changed:,}", day_s, "s"),
        ]
    )
