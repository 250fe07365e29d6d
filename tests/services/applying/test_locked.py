"""A preview marks what a rule would leave because of a reconciled period."""

from fintrack.services.applying.applying import apply_rule
from fintrack.services.applying.previewing import Sketch, preview_rule
from fintrack.services.commands import ask, perform
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from tests.books import Books, money
from tests.services.applying.shelf import DAY, Shelf, fill_shelf
from tests.services.arranging import keep, mark, new_rule


async def _reconciled_pot(books: Books) -> tuple[Shelf, int]:
    """A shop on the last day that is locked on Pot, and one on the day after."""
    shelf, pot = await fill_shelf(books), await books.open("Pot")
    await shelf.spend("Shop A")
    await shelf.spend("Shop B", day=1)
    statement = Statement(pot.id, DAY, money("0 EUR"))
    await perform(books.actor, finish_reconciliation, statement)
    return shelf, pot.id


async def test_locked_rows_are_marked_counted_and_stay(books: Books) -> None:
    _, pot = await _reconciled_pot(books)
    new = new_rule("shop", transfer=pot, tags=("moved",))
    seen = await ask(books.actor, preview_rule, Sketch(new))
    assert (seen.count, seen.locked) == (1, 1)
    later, locked = seen.items
    assert (later.is_locked, later.after.category, later.tags) == (
        False,
        "Pot",
        ("moved",),
    )
    assert locked.is_locked
    assert (locked.after, locked.tags) == (locked.before, ())
    done = await perform(books.actor, apply_rule, mark(await keep(books, new)))
    assert (done.value.changed, done.value.locked) == (seen.count, seen.locked)


async def test_category_may_change_in_a_locked_period(books: Books) -> None:
    shelf, _ = await _reconciled_pot(books)
    seen = await ask(books.actor, preview_rule, Sketch(new_rule("shop", shelf.food)))
    assert (seen.count, seen.locked) == (2, 0)
