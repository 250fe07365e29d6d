"""Nothing enters a reconciled period in a crowd without a word."""

from datetime import date

from fintrack.services.commands import ask, perform
from fintrack.services.ledger.transactions import TransactionMark
from fintrack.services.many.selecting import Selection
from fintrack.services.reconciling.comparing import Statement, compare_statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from tests.services.many.shelf import Shelf

LOCKED_UP_TO = date(2026, 2, 28)


async def _reconcile(shelf: Shelf, account_id: int, day: date) -> None:
    """The account agrees with a statement of what is cleared by then."""
    seen = await ask(shelf.books.actor, compare_statement, account_id, day)
    statement = Statement(account_id, day, seen.cleared)
    await perform(shelf.books.actor, finish_reconciliation, statement)


async def test_day_in_a_locked_period_is_left_for_whom_it_would_change(
    shelf: Shelf,
) -> None:
    await _reconcile(shelf, shelf.bank, LOCKED_UP_TO)
    some = shelf.marked("plain", "moved", "dollar")
    done = await shelf.change(some, on_date=LOCKED_UP_TO)
    assert done.value.changed == 2
    assert shelf.left(done) == {"locked-period": ["moved"]}
    after = await shelf.change(shelf.marked("moved"), on_date=date(2026, 3, 1))
    assert after.value.changed == 1


async def test_account_that_is_locked_on_its_day_does_not_get_it(shelf: Shelf) -> None:
    await _reconcile(shelf, shelf.bank, date(2026, 3, 31))
    done = await shelf.change(shelf.marked("plain"), account_id=shelf.bank)
    assert shelf.left(done) == {"locked-period": ["plain"]}
    await shelf.change(shelf.marked("other"), on_date=date(2026, 4, 1))
    again = Selection((TransactionMark(shelf.ids["other"], 2),))
    assert (await shelf.change(again, account_id=shelf.bank)).value.changed == 1


async def test_category_and_mark_are_free_in_a_locked_period(shelf: Shelf) -> None:
    await _reconcile(shelf, shelf.cash, date(2026, 3, 31))
    some = shelf.marked("plain")
    assert (await shelf.change(some, cleared=True)).value.changed == 1
    assert (await shelf.change(some, category_id=shelf.drinks)).value.changed == 1
