"""The days on which an account may open and close."""

from datetime import UTC, date, datetime

import pytest

from fintrack.core.errors import Conflict, InvalidInput
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.accounts import (
    AccountMark,
    AccountView,
    close_account,
    find_account,
)
from fintrack.services.ledger.transactions import (
    TransactionMark,
    void_transaction,
)
from tests.books import START, Books
from tests.conftest import Clock

PAID = date(2026, 3, 5)
TODAY = date(2026, 11, 18)


async def _moved(books: Books) -> AccountView:
    """
    2026-01-01  open    Giro            10.00 EUR
    2026-03-05  spend   Giro            10.00 EUR
    """
    account = await books.open("Giro", "10 EUR")
    await books.spend(account.id, await books.category("Food"), "10 EUR", PAID)
    return account


async def _close(books: Books, account: AccountView, on: date) -> date | None:
    mark = AccountMark(account.id, 1)
    return (await perform(books.actor, close_account, mark, on)).value.closed_on


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2026, 11, 20), "closes today or on a day before"),
        (date(2199, 1, 1), "closes today or on a day before"),
        (date(2025, 12, 31), "opened on 2026-01-01"),
        (date(2026, 3, 4), "last transaction of this account is of 2026-03-05"),
    ],
)
async def test_impossible_closing_day_is_refused(
    books: Books, on: date, told: str
) -> None:
    account = await _moved(books)
    with pytest.raises(InvalidInput, match=told) as caught:
        await _close(books, account, on)
    assert caught.value.problems[0].field == "on"
    assert (await ask(books.actor, find_account, account.id)).closed_on is None


@pytest.mark.parametrize("on", [PAID, date(2026, 4, 1), TODAY])
async def test_account_closes_between_its_last_transaction_and_today(
    books: Books, on: date
) -> None:
    assert await _close(books, await _moved(books), on) == on


async def test_account_without_transactions_closes_on_the_day_it_was_opened(
    books: Books,
) -> None:
    assert await _close(books, await books.open("Giro"), START) == START


async def test_what_is_void_does_not_hold_an_account_open(books: Books) -> None:
    account = await books.open("Giro")
    food = await books.category("Food")
    spent = (await books.spend(account.id, food, "10 EUR", PAID)).value
    await perform(books.actor, void_transaction, TransactionMark(spent.id, 1))
    assert await _close(books, account, START) == START


async def test_day_that_has_begun_further_east_is_today(
    books: Books, clock: Clock
) -> None:
    clock.now = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)
    east = date(2026, 11, 19)
    assert await _close(books, await books.open("Giro"), east) == east


async def test_nothing_happens_on_an_account_after_it_was_closed(books: Books) -> None:
    account, closed = await books.open("Giro", "10 EUR"), date(2026, 1, 20)
    food = await books.category("Food")
    spent = (await books.spend(account.id, food, "10 EUR", START)).value.id
    late = await books.move(spent, PAID)
    undone = await books.undo(late.change_id)
    await _close(books, account, closed)
    with pytest.raises(Conflict, match="Giro was closed on 2026-01-20"):
        await books.move(spent, PAID)
    with pytest.raises(Conflict, match="Giro was closed on 2026-01-20"):
        await books.undo(undone.id)
    assert (await books.move(spent, closed)).value.on_date == closed
