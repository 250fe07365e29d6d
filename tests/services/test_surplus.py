"""What is beyond the plan is read, and nothing else happens to it."""

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from fintrack.core.entries import Entry, pay, transfer
from fintrack.core.errors import PlanLimit
from fintrack.services.commands import ask, perform
from fintrack.services.imports.taking_back import TakeBack, take_back_import
from fintrack.services.ledger.accounts import (
    AccountMark,
    close_account,
    find_account,
    list_accounts,
)
from fintrack.services.ledger.clearing import Clearing, clear_transactions
from fintrack.services.ledger.options import list_options
from fintrack.services.ledger.transactions import (
    TransactionChange,
    TransactionMark,
    edit_transaction,
    void_transaction,
)
from fintrack.services.many.changing import (
    LeftOut,
    ManyChange,
    ManyChanged,
    change_many,
)
from fintrack.services.many.deeds import Reason
from fintrack.services.many.selecting import Selection
from fintrack.services.recurring.item_rows import NewItem
from fintrack.services.recurring.items import add_item, find_item, list_items
from fintrack.services.recurring.settling import settle_all
from fintrack.services.rules.keeping import list_rules
from fintrack.services.sample.adding import NewSample, add_sample
from tests.books import Books, money
from tests.conftest import Clock
from tests.services.arranging import keep, new_rule
from tests.services.imports.conftest import Desk, desk, store
from tests.services.imports.statements import CURRENT
from tests.services.recurring.house import on_day
from tests.services.test_plans import write

__all__ = ["desk", "store"]

pytestmark = pytest.mark.usefixtures("billing")
DAY = date(2026, 3, 5)
READ_ONLY = "New is beyond your plan, so it can only be read"


async def allow(books: Books, accounts: int | None) -> None:
    """So many accounts has the plan from now on."""
    await write(books, "UPDATE plan SET accounts = :n WHERE name = 'free'", n=accounts)


@dataclass(frozen=True)
class Small:
    """Books of two accounts whose plan has become one of one."""

    books: Books
    old: int
    new: int
    food: int
    spent: int

    async def refuses(self, doing: Awaitable[Any]) -> None:
        before = await self.books.snapshot()
        with pytest.raises(PlanLimit, match=READ_ONLY):
            await doing
        assert await self.books.snapshot() == before


@pytest.fixture
async def small(books: Books) -> Small:
    await allow(books, None)
    old, new = await books.open("Old", "90 EUR"), await books.open("New", "90 EUR")
    food = await books.category("Food")
    spent = await books.spend(new.id, food, "5 EUR", DAY, "Café")
    await allow(books, 1)
    return Small(books, old.id, new.id, food, spent.value.id)


async def test_newest_beyond_the_limit_is_read_only(small: Small) -> None:
    found = await ask(small.books.actor, list_accounts)
    assert {one.name: one.read_only for one in found} == {"Old": False, "New": True}
    assert (await ask(small.books.actor, find_account, small.new)).read_only
    offered = (await ask(small.books.actor, list_options)).accounts
    assert {one.name: one.read_only for one in offered} == {"Old": False, "New": True}


async def test_nothing_comes_goes_or_changes_there(small: Small) -> None:
    books = small.books
    await small.refuses(books.spend(small.new, small.food, "1 EUR", DAY))
    moved = transfer(small.old, small.new, money("1 EUR"), money("1 EUR"))
    await small.refuses(books.record(Entry(DAY, moved)))
    await small.refuses(
        perform(books.actor, void_transaction, TransactionMark(small.spent, 1))
    )
    parts = pay(small.new, money("-6 EUR"), ((small.food, money("6 EUR")),))
    for entry in (
        Entry(DAY, parts, payee="Café"),
        Entry(date(2026, 3, 6), _five(small), payee="Café"),
    ):
        change = TransactionChange(small.spent, 1, entry)
        await small.refuses(perform(books.actor, edit_transaction, change))


def _five(small: Small) -> Any:
    return pay(small.new, money("-5 EUR"), ((small.food, money("5 EUR")),))


async def test_mark_of_the_bank_is_free_by_itself_and_for_many(small: Small) -> None:
    books, seen = small.books, (TransactionMark(small.spent, 1),)
    one = Clearing((small.spent,), cleared=True)
    done = await perform(books.actor, clear_transactions, one)
    await books.undo(done.change_id)
    many = ManyChange(cleared=True)
    told = await perform(books.actor, change_many, Selection(seen), many)
    assert told.value.changed == 1


async def test_change_of_many_leaves_what_is_there_and_says_so(small: Small) -> None:
    """Of two payments and a transfer only the one that is on Old alone moves."""
    books = small.books
    await allow(books, None)
    other = await books.spend(small.old, small.food, "1 EUR", DAY)
    moved = transfer(small.old, small.new, money("1 EUR"), money("1 EUR"))
    both = await books.record(Entry(DAY, moved))
    await allow(books, 1)
    held = (small.spent, both.value.id)
    ids = (other.value.id, *held)
    marks = Selection(tuple(TransactionMark(one, 1) for one in ids))
    for change in (ManyChange(on_date=date(2026, 4, 1)), ManyChange(void=True)):
        done = await perform(books.actor, change_many, marks, change)
        assert done.value == ManyChanged(1, (LeftOut(Reason.READ_ONLY, held),))
        await books.undo(done.change_id)
        ids = (other.value.id, *held)
        versions = await books.rows("SELECT id, version FROM transaction")
        seen = {row.id: row.version for row in versions}
        marks = Selection(tuple(TransactionMark(one, seen[one]) for one in ids))
    fun = await books.category("Fun")
    done = await perform(books.actor, change_many, marks, ManyChange(category_id=fun))
    assert done.value.changed == 2
    assert await books.findings() == []


async def test_many_neither_leave_nor_reach_it(small: Small) -> None:
    books = small.books
    seen = Selection((TransactionMark(small.spent, 1),))
    to_old = ManyChange(account_id=small.old)
    done = await perform(books.actor, change_many, seen, to_old)
    assert done.value == ManyChanged(0, (LeftOut(Reason.READ_ONLY, (small.spent,)),))
    other = await books.spend(small.old, small.food, "1 EUR", DAY)
    marks = Selection((TransactionMark(other.value.id, 1),))
    to_new = ManyChange(account_id=small.new)
    await small.refuses(perform(books.actor, change_many, marks, to_new))


async def test_words_and_category_of_what_stands_there_may_change(small: Small) -> None:
    fun = await small.books.category("Fun")
    parts = pay(small.new, money("-5 EUR"), ((fun, money("5 EUR")),))
    parts = tuple(replace(part, memo="cake") for part in parts)
    entry = Entry(DAY, parts, payee="Baker", note="birthday")
    change = TransactionChange(small.spent, 1, entry)
    done = await perform(small.books.actor, edit_transaction, change)
    assert (done.value.payee, done.value.note) == ("Baker", "birthday")


async def test_undo_moves_nothing_there(small: Small) -> None:
    await allow(small.books, None)
    done = await small.books.spend(small.new, small.food, "2 EUR", DAY)
    await allow(small.books, 1)
    await small.refuses(small.books.undo(done.change_id))


async def test_file_is_neither_read_into_it_nor_taken_back(
    small: Small, desk: Desk
) -> None:
    await small.refuses(desk.receive(small.new, CURRENT))
    await allow(small.books, None)
    done = await desk.bring(small.new, CURRENT)
    await allow(small.books, 1)
    take = TakeBack(done.value.id)
    await small.refuses(perform(small.books.actor, take_back_import, take))


async def test_closing_another_account_makes_room_for_it(small: Small) -> None:
    books = small.books
    await books.spend(small.old, small.food, "90 EUR", DAY)
    mark = AccountMark(small.old, 1)
    await perform(books.actor, close_account, mark, date(2026, 4, 1))
    assert not (await ask(books.actor, find_account, small.new)).read_only
    await books.spend(small.new, small.food, "1 EUR", DAY)


async def test_empty_one_is_closed_as_any_other(books: Books) -> None:
    await allow(books, None)
    await books.open("Old")
    new = await books.open("New")
    await allow(books, 1)
    mark = AccountMark(new.id, 1)
    done = await perform(books.actor, close_account, mark, date(2026, 4, 1))
    assert not done.value.read_only


async def test_larger_plan_and_no_billing_open_it_again(small: Small) -> None:
    await allow(small.books, 2)
    await small.books.spend(small.new, small.food, "1 EUR", DAY)
    await allow(small.books, None)
    await small.books.spend(small.new, small.food, "1 EUR", DAY)


async def test_sample_data_is_never_beyond_the_plan(books: Books) -> None:
    await perform(books.actor, add_sample, NewSample(date(2026, 11, 18), "en"))
    await allow(books, 0)
    assert not any(one.read_only for one in await ask(books.actor, list_accounts))


async def test_what_comes_again_there_waits_and_says_why(
    small: Small, clock: Clock
) -> None:
    books = small.books
    await allow(books, None)
    rule = on_day(20)
    new = NewItem("Rent", small.new, small.food, money("-5 EUR"), rule, True)  # noqa: FBT003 - booked by itself
    item = (await perform(books.actor, add_item, new)).value
    await allow(books, 1)
    clock.advance(days=3)
    assert await settle_all() == 1
    (found,) = await ask(books.actor, list_items)
    assert (found.is_blocked, found.is_read_only) == (True, True)
    (date_row,) = await books.rows("SELECT outcome FROM recurring_occurrence")
    assert date_row.outcome == "proposed"
    await small.refuses(perform(books.actor, add_item, replace(new, name="Other")))
    await allow(books, None)
    assert not (await ask(books.actor, find_item, item.id)).is_blocked


async def test_rule_that_moves_money_there_rests_and_is_not_kept(small: Small) -> None:
    books = small.books
    await allow(books, None)
    await keep(books, new_rule("save", transfer=small.new))
    await allow(books, 1)
    (rule,) = await ask(books.actor, list_rules)
    assert rule.is_resting
    await small.refuses(keep(books, new_rule("more", transfer=small.new)))
    await books.spend(small.old, small.food, "1 EUR", DAY, "Save")
    assert await books.balance(small.new) == money("85 EUR")
