"""What is on an account today, apart from what days to come bring."""

from datetime import date

import pytest

from fintrack.core.errors import Conflict
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.accounts import (
    AccountMark,
    close_account,
    find_account,
    list_accounts,
)
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from tests.books import START, Books, money

TODAY, LATER = date(2026, 11, 18), date(2199, 12, 31)


async def test_days_to_come_are_told_apart_from_today(books: Books) -> None:
    cash, food = await books.open("Cash", "20 EUR"), await books.category("Food")
    await books.spend(cash.id, food, "5 EUR", TODAY)
    await books.spend(cash.id, food, "12.50 EUR", LATER)
    (listed,) = await ask(books.actor, list_accounts)
    assert listed == await ask(books.actor, find_account, cash.id)
    assert (listed.balance, listed.planned) == (money("15 EUR"), money("-12.50 EUR"))


async def test_account_that_days_to_come_move_is_not_closed(books: Books) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    await books.spend(cash.id, food, "12.50 EUR", LATER)
    assert not (await ask(books.actor, find_account, cash.id)).balance.minor
    with pytest.raises(Conflict, match="zero"):
        await perform(books.actor, close_account, AccountMark(cash.id, 1), TODAY)


async def test_books_of_an_account_begin_with_its_first_transaction(
    books: Books,
) -> None:
    cash, food = await books.open("Cash", "20 EUR"), await books.category("Food")
    assert cash.begins_on == cash.opened_on == START
    early = (await books.spend(cash.id, food, "5 EUR", date(2025, 6, 1))).value
    seen = await ask(books.actor, find_account, cash.id)
    assert (seen.begins_on, seen.opened_on) == (date(2025, 6, 1), START)
    await perform(books.actor, void_transaction, TransactionMark(early.id, 1))
    assert (await ask(books.actor, find_account, cash.id)).begins_on == START
    assert (await books.open("Empty")).begins_on == START
