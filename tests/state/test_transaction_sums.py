"""The list of transactions adds up in one currency, each day at its own rate."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from fintrack.core.exchange import Rate, UnknownRate
from fintrack.services.ledger.totals import DayFlow
from fintrack.services.rates.dated import DatedRates
from fintrack.services.rates.lookup import Known, RateView
from fintrack.state.transaction_sums import day_sums
from fintrack.state.transactions import TransactionsState
from tests.books import Books, money
from tests.services.rates.observing import observe
from tests.state.test_transactions import DAY, _list

LATER = DAY + timedelta(1)


def _rates(**known: str) -> DatedRates:
    """Into euros, the same on both days; TRY is unknown."""
    found: dict[tuple[str, date], RateView | UnknownRate] = {}
    for on in (DAY, LATER):
        for code, value in known.items():
            rate = Rate(code, "EUR", Decimal(value), on)
            found[code, on] = RateView(rate, Known.DIRECT, (), None)
        found["TRY", on] = UnknownRate("TRY", "EUR", on)
    return DatedRates("EUR", found)


def _flow(left: str, on: date = DAY) -> DayFlow:
    amount = money(left)
    return DayFlow(amount, amount - amount, on)


def test_day_is_one_sum_and_what_no_rate_brings_there_stands_beside() -> None:
    days = [_flow("1 EUR"), _flow("2 USD"), _flow("3 TRY"), _flow("5 TRY", LATER)]
    assert day_sums(days, _rates(USD="0.50")) == {
        DAY: (money("2 EUR"), money("3 TRY")),
        LATER: (money("5 TRY"),),
    }


@pytest.mark.database
async def test_summary_is_in_the_currency_of_the_books(books: Books) -> None:
    bank, food = await books.open("Bank"), await books.category("Food")
    dollars = await books.open("Dollars", "0 USD")
    liras = await books.open("Liras", "0 TRY")
    await books.spend(bank.id, food, "10 EUR", DAY)
    await books.spend(dollars.id, food, "10 USD", DAY)
    await books.spend(liras.id, food, "7 TRY", LATER)
    await observe(books.home, "EUR", {DAY: "0.80"})
    state: TransactionsState = await _list(books)
    assert state.summary.is_shown
    assert state.summary.went_out.major == "18"
    assert "₺7.00" in state.summary.missing
    today, before = state.days
    assert [one.major for one in today.sums] == ["7"]
    assert [one.major for one in before.sums] == ["18"]


@pytest.mark.database
async def test_old_rate_in_a_sum_is_told(books: Books) -> None:
    dollars, food = await books.open("Dollars", "0 USD"), await books.category("Food")
    await books.spend(dollars.id, food, "10 USD", DAY)
    await observe(books.home, "EUR", {DAY - timedelta(8): "0.80"})
    told = (await _list(books)).summary.oldest
    assert told == "Oldest rate: USD of Nov 9, 2026, used for Nov 17, 2026"
