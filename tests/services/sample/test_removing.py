"""Removing the sample data takes exactly that and keeps what is one's own."""

from datetime import date

import pytest

from fintrack.core.entries import Entry, pay
from fintrack.core.errors import NotFound
from fintrack.services.commands import ask, perform
from fintrack.services.first_run import Beginning, Start, find_ledger, start_with
from fintrack.services.ledger.account_rows import AccountView
from fintrack.services.ledger.accounts import AccountMark, close_account, list_accounts
from fintrack.services.ledger.categories import (
    Kind,
    NewCategory,
    add_category,
    list_categories,
)
from fintrack.services.ledger.transactions import (
    TransactionChange,
    edit_transaction,
)
from fintrack.services.sample.adding import NewSample, add_sample
from fintrack.services.sample.removing import SampleRemoved, remove_sample
from tests.books import Books, money

UNTIL = date(2026, 11, 18)


async def _add(books: Books) -> dict[str, AccountView]:
    await perform(books.actor, add_sample, NewSample(UNTIL, "en"))
    return {a.name: a for a in await ask(books.actor, list_accounts)}


async def _remove(books: Books) -> SampleRemoved:
    return (await perform(books.actor, remove_sample)).value


async def test_ledger_is_as_it_was_before(books: Books) -> None:
    bank = await books.open("Cash", "100 EUR")
    food = await books.category("Food")
    await books.spend(bank.id, food, "5 EUR", date(2026, 3, 5))
    before = await books.snapshot()
    await _add(books)
    removed = await _remove(books)
    assert removed.kept == 0
    assert removed.transactions > 500
    assert await books.snapshot() == before
    assert await books.findings() == []


async def test_own_transaction_keeps_its_account_and_category(books: Books) -> None:
    """
    (sample)    Credit card
    2026-11-17  Tea (own, below Food)  Credit card  -4.00 EUR
    """
    accounts = await _add(books)
    (food,) = (c for c in await ask(books.actor, list_categories) if c.name == "Food")
    tea = NewCategory("Tea", Kind.EXPENSE, food.id)
    tea_id = (await perform(books.actor, add_category, tea)).value.id
    card = accounts["Credit card"]
    own = await books.spend(card.id, tea_id, "4 EUR", date(2026, 11, 17))

    removed = await _remove(books)
    assert removed.kept == 2
    assert [a.name for a in await ask(books.actor, list_accounts)] == ["Credit card"]
    assert await books.balance(card.id) == money("-4 EUR")
    categories = {c.name for c in await ask(books.actor, list_categories)}
    assert categories == {"Food", "Tea"}
    (row,) = await books.rows("SELECT id FROM transaction")
    assert row.id == own.value.id
    assert await books.findings() == []


async def test_account_closed_at_zero_with_the_sample_is_open_without(
    books: Books,
) -> None:
    """The card is paid to zero by oneself and closed; without the sample it is not."""
    card = (await _add(books))["Credit card"]
    food = await books.category("Drinks")
    owed = -card.balance
    await books.record(Entry(UNTIL, pay(card.id, owed, ((food, owed),))))
    mark = AccountMark(card.id, card.version)
    await perform(books.actor, close_account, mark, UNTIL)
    await _remove(books)
    (kept,) = await ask(books.actor, list_accounts)
    assert (kept.name, kept.balance, kept.closed_on) == ("Credit card", owed, None)
    assert await books.findings() == []


async def test_edited_sample_transaction_is_still_of_the_sample(
    books: Books,
) -> None:
    bank, food = await books.open("Bank"), await books.category("Drinks")
    await _add(books)
    before = await books.balance(bank.id)
    (row,) = await books.rows("SELECT id, version FROM transaction LIMIT 1")
    entry = Entry(
        UNTIL, pay(bank.id, money("-3 EUR"), ((food, money("3 EUR")),)), payee="Bar"
    )
    change = TransactionChange(row.id, row.version, entry)
    await perform(books.actor, edit_transaction, change)
    await _remove(books)
    assert await books.balance(bank.id) == before
    assert await books.rows("SELECT 1 FROM transaction") == []


async def test_removal_is_undone_and_redone(books: Books) -> None:
    await _add(books)
    before = await books.snapshot()
    done = await perform(books.actor, remove_sample)
    after = await books.snapshot()
    undone = await books.undo(done.change_id)
    assert await books.snapshot() == before
    await books.undo(undone.id)
    assert await books.snapshot() == after


async def test_ledger_that_began_with_it_can_begin_again(books: Books) -> None:
    start = Start(Beginning.SAMPLE, UNTIL, "en")
    await perform(books.actor, start_with, start)
    categories = await ask(books.actor, list_categories)
    await _remove(books)
    assert (await ask(books.actor, find_ledger)).started_with is None
    assert len(await ask(books.actor, list_categories)) == len(categories)
    await perform(books.actor, start_with, start)


async def test_without_sample_there_is_nothing_to_remove(books: Books) -> None:
    with pytest.raises(NotFound):
        await _remove(books)


async def test_other_peoples_sample_stays(books: Books, stranger: Books) -> None:
    await _add(books)
    await _add(stranger)
    await _remove(stranger)
    assert len(await ask(books.actor, list_accounts)) == 7
