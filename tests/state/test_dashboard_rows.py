"""The cards of the dashboard say what they lack, and never that nothing was spent."""

from datetime import date

import pytest

from fintrack.core.entries import Entry, pay
from fintrack.core.period import month_of
from fintrack.services.commands import ask
from fintrack.services.dashboard.overview import build_dashboard
from fintrack.state.amounts import Reader
from fintrack.state.dashboard_rows import Board, board
from tests.books import Books, money
from tests.services.rates.observing import observe

pytestmark = pytest.mark.database
TODAY = date(2026, 11, 18)


async def _board(books: Books, currency: str = "") -> Board:
    view = await ask(books.actor, build_dashboard, period=month_of(TODAY), as_of=TODAY)
    return board(view, currency, Reader(today=TODAY, base_currency="EUR"))


async def test_spending_without_a_rate_is_not_nothing(books: Books) -> None:
    """
    2026-11-02  Food    Units   -200.00 CHE   nobody knows
    2026-11-03  Salary  Dollars   50.00 USD   nobody knows
    """
    units, food = await books.open("Units", "300 CHE"), await books.category("Food")
    assert (await _board(books)).nothing_spent == "Nothing was spent in this period."
    await books.spend(units.id, food, "200 CHE", date(2026, 11, 2))
    dollars = await books.open("Dollars", "9 USD")
    salary, came = await books.category("Salary", "income"), money("50 USD")
    parts = pay(dollars.id, came, ((salary, came),))
    await books.record(Entry(on_date=date(2026, 11, 3), parts=parts))
    shown = await _board(books)
    assert (shown.spending, shown.nothing_spent) == ([], "")
    assert shown.spending_missing.startswith("1 currency is not counted")
    assert "CHE\u00a0200.00" in shown.spending_missing
    # What only came in is no spending.
    assert "$" not in shown.spending_missing
    alone = await _board(books, "USD")
    assert alone.nothing_spent == "Nothing was spent in USD in this period."
    assert alone.spending_missing == ""


async def test_rest_is_said_beside_what_is_counted(books: Books) -> None:
    await observe(books.home, "EUR", {date(2026, 11, 1): "1"})
    bank, units = await books.open("Bank"), await books.open("Units", "300 CHE")
    food = await books.category("Food")
    await books.spend(bank.id, food, "20 EUR", date(2026, 11, 2))
    await books.spend(units.id, food, "200 CHE", date(2026, 11, 2))
    shown = await _board(books)
    assert [row.amount.major for row in shown.spending] == ["20"]
    assert "CHE\u00a0200.00" in shown.spending_missing
