"""One command for many transactions: checked, told, undone in one step."""

from datetime import timedelta
from typing import Any

import pytest

from fintrack.core.errors import Conflict, InvalidInput, KeyReused, NotFound
from fintrack.services.commands import perform
from fintrack.services.ledger.accounts import AccountMark, close_account
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from fintrack.services.many.changing import ManyChange, change_many
from fintrack.services.many.selecting import Selection
from tests.services.many.shelf import DAY, Shelf


async def test_whole_change_is_one_step_of_the_history(shelf: Shelf) -> None:
    before = await shelf.books.snapshot()
    done = await shelf.change(shelf.everything, category_id=shelf.drinks)
    after = await shelf.books.snapshot()
    undone = await shelf.books.undo(done.change_id)
    assert await shelf.books.snapshot() == before
    await shelf.books.undo(undone.id)
    assert await shelf.books.snapshot() == after
    assert await shelf.books.findings() == []


async def test_what_is_void_or_was_changed_meanwhile_is_left(shelf: Shelf) -> None:
    mark = TransactionMark(shelf.ids["other"], 1)
    await perform(shelf.books.actor, void_transaction, mark)
    seen = Selection((TransactionMark(shelf.ids["other"], 2),))
    done = await shelf.change(seen, add_tags=("a",))
    assert shelf.left(done) == {"void": ["other"]}
    stale = await shelf.change(shelf.marked("plain", "other"), add_tags=("a",))
    assert (stale.value.changed, shelf.left(stale)) == (
        1,
        {"changed-meanwhile": ["other"]},
    )


@pytest.mark.parametrize(
    "what",
    [
        {},
        {"void": True, "on_date": DAY},
        {"add_tags": ("a",), "void": True},
        {"add_tags": ("a",), "remove_tags": ("A",)},
        {"add_tags": ("a,b",)},
    ],
)
async def test_anything_but_one_thing_to_do_is_refused(
    shelf: Shelf, what: dict[str, Any]
) -> None:
    before = await shelf.books.snapshot()
    with pytest.raises(InvalidInput):
        await shelf.change(shelf.everything, **what)
    assert await shelf.books.snapshot() == before


async def test_target_must_be_open_and_of_its_kind(shelf: Shelf) -> None:
    some = shelf.marked("plain")
    with pytest.raises(InvalidInput, match="not a category"):
        await shelf.change(some, category_id=shelf.cash)
    with pytest.raises(InvalidInput, match="not an account"):
        await shelf.change(some, account_id=shelf.food)
    with pytest.raises(InvalidInput, match="not an account"):
        await shelf.change(some, cleared=True, account_id=shelf.food)
    with pytest.raises(NotFound):
        await shelf.change(some, account_id=777_777)
    await shelf.change(shelf.marked("moved"), void=True)
    mark = AccountMark(shelf.bank, 1)
    await perform(shelf.books.actor, close_account, mark, DAY)
    with pytest.raises(Conflict, match="Bank is closed"):
        await shelf.change(some, account_id=shelf.bank)


async def test_closed_account_keeps_its_payments(shelf: Shelf) -> None:
    """Cash is emptied and closed; what it paid for may still be sorted."""
    out = shelf.marked("opening", "other", "split", "moved", "plain")
    emptied = await shelf.change(out, void=True)
    await shelf.books.undo(emptied.change_id)
    await shelf.books.spend(shelf.cash, shelf.food, "35 EUR", DAY)
    mark = AccountMark(shelf.cash, 1)
    await perform(shelf.books.actor, close_account, mark, DAY)
    seen = Selection((TransactionMark(shelf.ids["plain"], 3),))
    for what in ({"account_id": shelf.bank}, {"void": True}):
        done = await shelf.change(seen, **what)
        assert shelf.left(done) == {"closed-account": ["plain"]}
    late = await shelf.change(seen, on_date=DAY + timedelta(days=1))
    assert shelf.left(late) == {"closed-account": ["plain"]}
    assert (await shelf.change(seen, category_id=shelf.drinks)).value.changed == 1


async def test_repeated_key_changes_once(shelf: Shelf) -> None:
    actor = shelf.books.actor
    given = (shelf.marked("plain"), ManyChange(add_tags=("a",)))
    first = await perform(actor, change_many, *given, key="k")
    assert await perform(actor, change_many, *given, key="k") == first
    with pytest.raises(KeyReused):
        await perform(actor, change_many, given[0], ManyChange(void=True), key="k")
