"""What a rule leaves because its money would come to days that are settled."""

from datetime import date, timedelta

import pytest

from fintrack.core.entries import Entry, Part
from fintrack.services.applying.applying import Applied, apply_rule
from fintrack.services.applying.previewing import Sketch, preview_rule
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.categories import list_categories
from fintrack.services.ledger.reading import find_transaction
from fintrack.services.ledger.transactions import TransactionChange, edit_transaction
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from fintrack.services.rules.keeping import NewRule, remove_rule
from fintrack.services.rules.rulebook import KeptRule
from tests.books import Books, money
from tests.services.applying.shelf import DAY, Shelf, fill_shelf
from tests.services.arranging import keep, mark, new_rule
from tests.services.attachment_acts import attach
from tests.services.imports.conftest import Desk, desk, store
from tests.services.imports.statements import as_csv
from tests.services.ledger.two_banks import open_two, told_by

__all__ = ["desk", "store"]


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


async def _told_twice(desk: Desk, books: Books, *days: int) -> KeptRule:
    """Rows of Visa on days of November, of which the first is reconciled on Bank.

    A rule that is gone placed them; the one that this gives makes transfers of them.
    """
    bank, visa = await open_two(books)
    await desk.bring(bank.id, as_csv(("2026-10-31", "VISA PAYMENT", "-100.00")))
    ended = Statement(bank.id, date(2026, 10, 31), money("-100 EUR"))
    await perform(books.actor, finish_reconciliation, ended)
    gifts = await books.category("Gifts", "income")
    placed = await keep(books, new_rule("received", gifts))
    rows = [(f"2026-11-0{day}", f"RECEIVED {day}", "100.00") for day in days]
    await desk.bring(visa.id, as_csv(*rows))
    await perform(books.actor, remove_rule, mark(placed))
    new = new_rule("received", transfer=bank.id, payee="Visa", tags=("moved",))
    return await keep(books, new)


def _sketch(kept: KeptRule) -> Sketch:
    rule = kept.rule
    new = NewRule(rule.conditions, rule.actions, rule.needs_all, kept.tags)
    return Sketch(new, rule.id)


async def _moved(books: Books) -> list[str]:
    """What was made a transfer, and not what waits; the others are as they were."""
    found = await books.rows(
        "SELECT t.payee, t.version, t.category_source, a.name, "
        "(SELECT count(*) FROM transaction_tag g WHERE g.transaction_id = t.id) "
        "FROM transaction t JOIN import_batch b ON b.id = t.import_id "
        "JOIN account v ON v.id = b.account_id AND v.name = 'Visa' "
        "JOIN posting p ON p.transaction_id = t.id AND p.account_id <> v.id "
        "JOIN account a ON a.id = p.account_id ORDER BY t.on_date"
    )
    return [" ".join(map(str, row)) for row in found]


@pytest.mark.parametrize("has_bill", [False, True])
async def test_money_of_a_reconciled_row_stays_where_it_was_and_is_told(
    has_bill: bool,  # noqa: FBT001 - a parameter of the test
    desk: Desk,
    books: Books,
) -> None:
    kept = await _told_twice(desk, books, 2)
    if has_bill:
        bank = kept.rule.actions.transfer_account_id or 0
        await attach(books, await told_by(books, bank))
    before = await books.snapshot()
    for _ in range(2):
        done = await perform(books.actor, apply_rule, mark(kept))
        assert (done.value.changed, done.value.locked) == (0, 1)
    assert await _moved(books) == ["RECEIVED 2 1 rule Gifts 0"]
    assert await books.snapshot() == before
    names = {view.name for view in await ask(books.actor, list_categories)}
    assert "Other income" not in names


async def test_row_that_is_reconciled_stands_for_one_of_two(
    desk: Desk, books: Books
) -> None:
    kept = await _told_twice(desk, books, 1, 2, 9)
    seen = await ask(books.actor, preview_rule, _sketch(kept))
    assert [one.is_locked for one in seen.items] == [False, False, True]
    done = await perform(books.actor, apply_rule, mark(kept))
    assert (done.value.changed, done.value.locked) == (seen.count, seen.locked)
    again = await perform(books.actor, apply_rule, mark(kept))
    assert (again.value.changed, again.value.locked) == (0, 1)
    assert await _moved(books) == [
        "RECEIVED 1 1 rule Gifts 0",
        "Visa 2 rule Bank 1",
        "Visa 2 rule Bank 1",
    ]
    assert await books.findings() == []


async def test_row_that_was_moved_here_by_hand_is_nothing_that_arrives(
    desk: Desk, books: Books
) -> None:
    """Bank told of 1 November itself; a person moved that row to Visa."""
    kept = await _told_twice(desk, books, 2)
    bank = kept.rule.actions.transfer_account_id or 0
    await desk.bring(bank, as_csv(("2026-11-01", "BY MISTAKE", "100.00")))
    (row,) = await books.rows("SELECT id FROM transaction WHERE payee = 'BY MISTAKE'")
    seen = await ask(books.actor, find_transaction, row.id)
    (visa,) = await books.rows("SELECT id FROM account WHERE name = 'Visa'")
    parts = tuple(
        Part(visa.id if one.account_id == bank else one.account_id, one.money)
        for one in seen.postings
    )
    entry = Entry(seen.on_date, parts, "RECEIVED 1")
    change = TransactionChange(seen.id, seen.version, entry)
    await perform(books.actor, edit_transaction, change)
    shown = await ask(books.actor, preview_rule, _sketch(kept))
    assert [one.is_locked for one in shown.items] == [True, False]
    done = await perform(books.actor, apply_rule, mark(kept))
    assert (done.value.changed, done.value.locked) == (1, 1)
    assert await _moved(books) == ["RECEIVED 2 1 rule Gifts 0"]
    assert await books.balance(bank) == money("-200.00 EUR")


async def test_row_that_is_not_reconciled_ends_by_the_nearest_transfer(
    desk: Desk, books: Books
) -> None:
    """Bank told of 2 November too: that row is void, and the one of the 1st stays."""
    kept = await _told_twice(desk, books, 1, 2)
    bank = kept.rule.actions.transfer_account_id or 0
    await desk.bring(bank, as_csv(("2026-11-02", "VISA AGAIN", "-100.00")))
    done = await perform(books.actor, apply_rule, mark(kept))
    assert done.value == Applied(kept.rule.id, changed=1, locked=1, matched=1)
    assert await books.balance(bank) == money("-200.00 EUR")


async def test_category_may_change_in_a_locked_period(books: Books) -> None:
    shelf, _ = await _reconciled_pot(books)
    seen = await ask(books.actor, preview_rule, Sketch(new_rule("shop", shelf.food)))
    assert (seen.count, seen.locked) == (2, 0)
