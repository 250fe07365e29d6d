"""Undo and redo: the reverse of the rows, or a clear refusal."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from fintrack.core.chart import Kind
from fintrack.core.entries import Entry, pay, transfer
from fintrack.core.errors import Conflict, NotFound, UndoRefused
from fintrack.services.change_sets import open_change_set
from fintrack.services.changes import list_changes
from fintrack.services.commands import Done, ask, perform
from fintrack.services.ledger.accounts import (
    AccountChange,
    AccountMark,
    close_account,
    edit_account,
)
from fintrack.services.ledger.categories import (
    CategoryChange,
    NewCategory,
    add_category,
    edit_category,
)
from fintrack.services.ledger.reading import TransactionView
from fintrack.services.ledger.transactions import (
    TransactionMark,
    record_transaction,
    void_transaction,
)
from fintrack.services.people import choose_appearance
from fintrack.services.trail.own import list_own_trail
from tests.books import START, Books, money
from tests.conftest import Clock

DAY = date(2026, 3, 5)


async def test_recorded_transaction_is_undone_and_redone(books: Books) -> None:
    account = await books.open("Cash", "100 EUR")
    food = await books.category("Food")
    before = await books.snapshot()
    done = await books.spend(account.id, food, "12.50 EUR", DAY, "Café")
    after = await books.snapshot()

    undone = await books.undo(done.change_id)
    assert await books.snapshot() == before
    assert undone.undo_of == done.change_id

    await books.undo(undone.id)
    assert await books.snapshot() == after
    assert await books.findings() == []


async def _arranged(books: Books) -> tuple[int, int, int, int, int]:
    """Cash, Bank, Food, Drinks and one transaction of Cash on Food."""
    cash = await books.open("Cash", "100 EUR")
    bank = await books.open("Bank")
    food, drinks = await books.category("Food"), await books.category("Drinks")
    spent = await books.spend(cash.id, food, "10 EUR", DAY)
    return cash.id, bank.id, food, drinks, spent.value.id


async def test_change_of_a_row_since_then_refuses_the_undo(books: Books) -> None:
    cash, *_ = await _arranged(books)
    mark = AccountChange(cash, 1, "Purse")
    first = await perform(books.actor, edit_account, mark)
    await perform(books.actor, edit_account, replace(mark, version=2, name="Box"))
    before = await books.snapshot()
    with pytest.raises(UndoRefused):
        await books.undo(first.change_id)
    assert await books.snapshot() == before


async def test_something_newer_that_depends_on_it_refuses_the_undo(
    books: Books,
) -> None:
    cash, _, food, *_ = await _arranged(books)
    (opened,) = await books.rows(
        "SELECT change_set_id FROM change_row WHERE table_name = 'account' "
        "AND op = 'I' AND row_id = :id",
        id=food,
    )
    with pytest.raises(UndoRefused):
        await books.undo(opened.change_set_id)
    assert await books.balance(cash) == money("90.00 EUR")


async def test_second_undo_of_one_change_is_refused(books: Books) -> None:
    account = await books.open("Cash", "100 EUR")
    done = await books.spend(account.id, await books.category("Food"), "1 EUR", DAY)
    undone = await books.undo(done.change_id)
    with pytest.raises(UndoRefused, match="already"):
        await books.undo(done.change_id)
    redone = await books.undo(undone.id)
    again = await books.undo(redone.id)
    assert again.undo_of == redone.id
    turns = [one.brings_again for one in (undone, redone, again)]
    assert turns == [False, True, False]
    assert {one.origin for one in (undone, redone, again)} == {done.change_id}


async def test_key_of_an_undone_change_gives_its_first_answer_and_books_nothing(
    books: Books,
) -> None:
    """I15: who repeats a lost request brings back nothing that was taken back."""
    cash, _, food, *_ = await _arranged(books)
    entry = Entry(DAY, pay(cash, money("-5 EUR"), ((food, money("5 EUR")),)))

    async def record(key: str) -> Done[TransactionView]:
        return await perform(books.actor, record_transaction, entry, key=key)

    first = await record("once")
    undone = await books.undo(first.change_id)
    before = await books.snapshot()
    assert await record("once") == first
    assert await books.snapshot() == before
    await books.undo(undone.id)
    assert await record("once") == first
    assert await books.balance(cash) == money("85 EUR")
    assert (await record("twice")).value.id != first.value.id
    assert await books.balance(cash) == money("80 EUR")


async def test_undo_ends_after_thirty_days(books: Books, clock: Clock) -> None:
    account = await books.open("Cash", "100 EUR")
    done = await books.spend(account.id, await books.category("Food"), "1 EUR", DAY)
    clock.advance(days=31)
    with pytest.raises(UndoRefused, match="30 days"):
        await books.undo(done.change_id)


async def test_change_before_a_migration_of_its_tables_is_not_undone(
    books: Books,
) -> None:
    account = await books.open("Cash", "100 EUR")
    done = await books.spend(account.id, await books.category("Food"), "1 EUR", DAY)
    async with books.home.unit_of_work() as session:
        await session.execute(text("CALL trail_reshape('posting')"))
    with pytest.raises(UndoRefused, match="updated"):
        await books.undo(done.change_id)


async def test_step_that_changed_nothing_is_not_listed_and_not_undone(
    books: Books,
) -> None:
    await books.open("Cash")
    async with books.home.unit_of_work() as session:
        empty = await open_change_set(
            session, books.actor, "account.edit", books.home.clock(), None, None
        )
    listed = await ask(books.actor, list_changes)
    assert [change.command for change in listed] == ["account.open"]
    with pytest.raises(UndoRefused, match="Nothing was changed"):
        await books.undo(empty)


async def test_how_pages_look_is_no_change_of_the_books(
    books: Books, clock: Clock
) -> None:
    await perform(books.actor, choose_appearance, "dark")
    clock.advance(days=31)
    assert await ask(books.actor, list_changes) == []
    (first, *_) = (await ask(books.actor, list_own_trail)).traces
    assert first.what == "person.choose_appearance"


async def test_undo_names_who_took_it_back(books: Books) -> None:
    await books.open("Cash")
    (opened,) = await ask(books.actor, list_changes)
    undone = await books.undo(opened.id)
    assert undone.person_name == opened.person_name != ""


async def test_versions_only_rise(books: Books) -> None:
    """I16: also by undo and redo."""
    cash, *_ = await _arranged(books)
    done = await perform(books.actor, edit_account, AccountChange(cash, 1, "Purse"))
    undone = await books.undo(done.change_id)
    await books.undo(undone.id)
    (row,) = await books.rows("SELECT version FROM account WHERE id = :id", id=cash)
    assert row.version == 4


async def test_stranger_cannot_undo(books: Books, stranger: Books) -> None:
    account = await books.open("Cash", "100 EUR")
    done = await books.spend(account.id, await books.category("Food"), "1 EUR", DAY)
    with pytest.raises(NotFound):
        await stranger.undo(done.change_id)


async def test_history_is_paged_and_says_what_was_undone(books: Books) -> None:
    account = await books.open("Cash", "100 EUR")
    done = await books.spend(account.id, await books.category("Food"), "1 EUR", DAY)
    undone = await books.undo(done.change_id)
    first = await ask(books.actor, list_changes, limit=2)
    assert [c.command for c in first] == ["change.undo", "transaction.record"]
    assert first[1].undone_by == undone.id
    assert not first[1].can_undo
    rest = await ask(books.actor, list_changes, before=first[-1].id)
    assert [c.command for c in rest] == ["category.add", "account.open"]


async def test_transfer_between_currencies_is_undone(books: Books) -> None:
    euro = await books.open("Bank", "100 EUR")
    dollar = await books.open("Dollars", "0 USD")
    before = await books.snapshot()
    parts = transfer(euro.id, dollar.id, money("50 EUR"), money("54 USD"))
    done = await books.record(Entry(START, parts))
    assert await books.findings() == []
    await books.undo(done.change_id)
    assert await books.snapshot() == before


async def test_closed_account_gets_no_money_back_by_undo(books: Books) -> None:
    cash = await books.open("Cash", "10 EUR")
    done = await books.spend(cash.id, await books.category("Food"), "10 EUR", DAY)
    await perform(books.actor, close_account, AccountMark(cash.id, 1), DAY)
    before = await books.snapshot()
    with pytest.raises(UndoRefused, match="Cash is closed"):
        await books.undo(done.change_id)
    with pytest.raises(Conflict, match="Cash is closed"):
        mark = TransactionMark(done.value.id, 1)
        await perform(books.actor, void_transaction, mark)
    assert await books.snapshot() == before
    assert await books.findings() == []


async def test_undo_makes_no_third_level_of_categories(books: Books) -> None:
    top, middle = await books.category("Top"), await books.category("Middle")
    into = CategoryChange(middle, 1, "Middle", top)
    await perform(books.actor, edit_category, into)
    out = await perform(books.actor, edit_category, CategoryChange(middle, 2, "Middle"))
    low = NewCategory("Low", Kind.EXPENSE, middle)
    await perform(books.actor, add_category, low)
    with pytest.raises(UndoRefused, match="third level"):
        await books.undo(out.change_id)
    assert await books.findings() == []
