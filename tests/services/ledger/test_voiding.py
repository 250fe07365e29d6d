"""Transactions made void stand in the books and in no sum."""

from datetime import date

from fintrack.services.commands import ask, perform
from fintrack.services.ledger.reading import find_transaction
from fintrack.services.ledger.transactions import TransactionMark
from fintrack.services.many.changing import ManyChange, change_many
from fintrack.services.many.selecting import Selection
from tests.books import Books, money


async def test_void_ones_leave_the_sums_and_stay_in_the_books(books: Books) -> None:
    account, food = await books.open("Bank"), await books.category("Food")
    day = date(2026, 2, 3)
    first, second, kept = [
        (await books.spend(account.id, food, amount, day)).value.id
        for amount in ("1 EUR", "2 EUR", "4 EUR")
    ]
    two = Selection(tuple(TransactionMark(id_, 1) for id_ in (first, second)))
    await perform(books.actor, change_many, two, ManyChange(void=True))
    assert await books.balance(account.id) == money("-4 EUR")
    views = [await ask(books.actor, find_transaction, one) for one in (first, kept)]
    assert [(view.voided_at is None, view.version) for view in views] == [
        (False, 2),
        (True, 1),
    ]
    assert await books.findings() == []
