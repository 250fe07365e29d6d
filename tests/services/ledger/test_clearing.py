"""Postings that the bank has seen: marked, and the mark taken away."""

from datetime import date

import pytest

from fintrack.core.entries import Entry, transfer
from fintrack.core.errors import Conflict, NotFound
from fintrack.services.commands import Done, perform
from fintrack.services.ledger.clearing import Cleared, Clearing, clear_transactions
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from tests.books import Books, money

DAY = date(2026, 3, 5)


async def mark(
    books: Books, *ids: int, cleared: bool = True, account_id: int | None = None
) -> Done[Cleared]:
    wanted = Clearing(ids, cleared, account_id)
    return await perform(books.actor, clear_transactions, wanted)


async def marked(books: Books, transaction_id: int) -> set[str]:
    """The names of the accounts and categories whose postings are marked."""
    found = await books.rows(
        "SELECT a.name FROM posting p JOIN account a ON a.id = p.account_id "
        "WHERE p.transaction_id = :id AND p.cleared_at IS NOT NULL",
        id=transaction_id,
    )
    return {row.name for row in found}


async def spend(books: Books) -> int:
    cash = await books.open("Cash", "100 EUR")
    food = await books.category("Food")
    return (await books.spend(cash.id, food, "10 EUR", DAY)).value.id


async def move(books: Books) -> tuple[int, int]:
    """10 euros from Cash to Bank: the transaction and the id of Bank."""
    cash = await books.open("Cash", "100 EUR")
    bank = await books.open("Bank")
    ten = money("10 EUR")
    entry = Entry(on_date=DAY, parts=transfer(cash.id, bank.id, ten, ten))
    return (await books.record(entry)).value.id, bank.id


async def test_payment_is_cleared_on_its_account_and_not_on_its_category(
    books: Books,
) -> None:
    spent = await spend(books)
    assert (await mark(books, spent)).value == Cleared(1)
    assert await marked(books, spent) == {"Cash"}


async def test_mark_is_taken_away_again(books: Books) -> None:
    spent = await spend(books)
    await mark(books, spent)
    assert (await mark(books, spent, cleared=False)).value == Cleared(1)
    assert await marked(books, spent) == set()


async def test_marking_twice_changes_nothing(books: Books) -> None:
    spent = await spend(books)
    await mark(books, spent)
    before = await books.snapshot()
    assert (await mark(books, spent)).value == Cleared(0)
    assert await books.snapshot() == before


async def test_transfer_is_cleared_on_one_of_its_accounts(books: Books) -> None:
    moved, bank = await move(books)
    await mark(books, moved, account_id=bank)
    assert await marked(books, moved) == {"Bank"}


async def test_transfer_without_an_account_is_cleared_on_both(books: Books) -> None:
    moved, _ = await move(books)
    assert (await mark(books, moved)).value == Cleared(2)
    assert await marked(books, moved) == {"Cash", "Bank"}


async def test_transaction_that_is_not_on_the_account_is_not_found(
    books: Books,
) -> None:
    spent = await spend(books)
    other = await books.open("Bank")
    with pytest.raises(NotFound):
        await mark(books, spent, account_id=other.id)


async def test_one_unknown_id_leaves_all_as_they_were(books: Books) -> None:
    spent = await spend(books)
    with pytest.raises(NotFound):
        await mark(books, spent, spent + 1000)
    assert await marked(books, spent) == set()


async def test_void_transaction_is_not_cleared(books: Books) -> None:
    spent = await spend(books)
    await perform(books.actor, void_transaction, TransactionMark(spent, 1))
    with pytest.raises(Conflict, match="void"):
        await mark(books, spent)


async def test_mark_leaves_version_and_balance_alone(books: Books) -> None:
    spent = await spend(books)
    before = await books.rows("SELECT * FROM balance_month ORDER BY 1, 2, 3, 4")
    await mark(books, spent)
    assert await books.rows("SELECT * FROM balance_month ORDER BY 1, 2, 3, 4") == before
    (row,) = await books.rows("SELECT version FROM transaction WHERE id = :i", i=spent)
    assert row.version == 1
