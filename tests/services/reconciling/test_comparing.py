"""The books beside a statement."""

from datetime import date

import pytest

from fintrack.core.errors import InvalidInput, NotFound
from fintrack.services.commands import ask
from fintrack.services.reconciling.comparing import compare_statement
from tests.books import Books, money
from tests.services.reconciling.house import APRIL, MARCH, Desk


async def test_only_what_is_cleared_up_to_the_day_counts(desk: Desk) -> None:
    """
    2026-01-01  opening            100.00  cleared
    2026-03-05  shop               -10.00  cleared
    2026-03-06  shop                -1.00  not cleared
    2026-04-01  shop                -5.00  cleared, after the day
    """
    await desk.spend("10 EUR", date(2026, 3, 5))
    await desk.spend("1 EUR", date(2026, 3, 6), cleared=False)
    await desk.spend("5 EUR", date(2026, 4, 1))
    found = await desk.compare(MARCH, "89 EUR")
    assert found.cleared == money("90 EUR")
    assert found.difference == money("-1 EUR")
    assert found.open_count == 1
    assert found.locked_until is None


async def test_without_a_balance_it_is_what_is_cleared(desk: Desk) -> None:
    found = await desk.compare(MARCH)
    assert (found.balance, found.difference) == (money("100 EUR"), money("0 EUR"))


async def test_void_transaction_is_not_counted(desk: Desk) -> None:
    await desk.void(await desk.spend("10 EUR", date(2026, 3, 5)))
    found = await desk.compare(MARCH)
    assert (found.cleared, found.open_count) == (money("100 EUR"), 0)


async def test_day_that_is_reconciled_is_named(desk: Desk) -> None:
    await desk.finish(MARCH, "100 EUR")
    assert (await desk.compare(MARCH)).is_locked
    later = await desk.compare(APRIL)
    assert (later.locked_until, later.is_locked) == (MARCH, False)


async def test_balance_in_another_currency_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="Cash is kept in EUR"):
        await desk.compare(MARCH, "100 USD")


async def test_statement_of_a_day_to_come_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="between 1900 and today"):
        await desk.compare(date(2026, 11, 20))


async def test_category_has_no_statement(desk: Desk) -> None:
    with pytest.raises(NotFound):
        await ask(desk.books.actor, compare_statement, desk.food, MARCH)


async def test_account_of_somebody_else_is_not_found(
    desk: Desk, stranger: Books
) -> None:
    with pytest.raises(NotFound):
        await ask(stranger.actor, compare_statement, desk.cash, MARCH)
