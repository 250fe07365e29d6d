"""What a rule leaves because its money would come to days that are settled."""

from datetime import timedelta

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


async def test_no_transfer_comes_to_days_before_an_opening_balance(
    books: Books,
) -> None:
    """
    Visa  is opened with -500.00 on 6 March, which knows of all that was before
    Cash  5 March  -10.00 to Visa   stays open
          6 March  -10.00 to Visa
    """
    shelf = await fill_shelf(books)
    visa = await books.open("Visa", "-500 EUR", on=DAY + timedelta(1))
    await shelf.spend("Visa payment")
    await shelf.spend("Visa payment", day=1)
    category = new_rule("visa payment", shelf.food)
    assert (await ask(books.actor, preview_rule, Sketch(category))).count == 2
    new = new_rule("visa payment", transfer=visa.id)
    seen = await ask(books.actor, preview_rule, Sketch(new))
    assert [one.is_locked for one in seen.items] == [False, True]
    done = await perform(books.actor, apply_rule, mark(await keep(books, new)))
    assert (done.value.changed, done.value.locked) == (1, 1)
    assert (seen.count, seen.locked) == (1, 1)
    assert await books.balance(visa.id) == money("-490 EUR")


async def test_category_may_change_in_a_locked_period(books: Books) -> None:
    shelf, _ = await _reconciled_pot(books)
    seen = await ask(books.actor, preview_rule, Sketch(new_rule("shop", shelf.food)))
    assert (seen.count, seen.locked) == (2, 0)
