"""The net worth of the dashboard in words: what made the change, what is not in it."""

from datetime import date

import pytest

from fintrack.core.entries import Entry, transfer
from fintrack.core.period import month_of
from fintrack.services.commands import ask
from fintrack.services.dashboard.overview import build_dashboard
from fintrack.state.amounts import Reader
from fintrack.state.dashboard import DashboardState
from fintrack.state.worth_rows import WorthRow, worth_of
from tests.books import Books, money
from tests.services.rates.observing import observe
from tests.state.desk import sit_down

pytestmark = pytest.mark.database
TODAY = date(2026, 11, 18)
READER = Reader(today=TODAY)


async def _worth(books: Books, currency: str = "") -> WorthRow:
    period = month_of(TODAY)
    view = await ask(books.actor, build_dashboard, period=period, as_of=TODAY)
    return worth_of(view, currency, READER)


def _plain(text: str) -> str:
    """Without the marks that keep amounts together in other scripts."""
    return text.translate({0x2068: None, 0x2069: None})


async def test_what_the_rates_made_is_a_part_of_its_own(books: Books) -> None:
    """
    2026-10-01  open  Dollars  100.00 USD   0.80 €
    2026-11-18                              0.60 €
    """
    await books.open("Dollars", "100 USD", on=date(2026, 10, 1))
    await observe(books.home, "EUR", {date(2026, 10, 1): "0.80", TODAY: "0.60"})
    parts = (await _worth(books)).parts
    assert [_plain(one) for one in parts] == ["−€20.00 of it by exchange rates"]
    assert (await _worth(books, "USD")).parts == []


async def test_loss_of_an_exchange_and_opening_balances_are_parts(
    books: Books,
) -> None:
    """
    2026-11-03  transfer  Bank  100.00 EUR -> Dollars 110.00 USD   0.90 €
    """
    bank = await books.open("Bank", "1000 EUR", on=date(2026, 11, 2))
    dollars = await books.open("Dollars", "0 USD")
    moved = transfer(bank.id, dollars.id, money("100 EUR"), money("110 USD"))
    await books.record(Entry(date(2026, 11, 3), moved))
    await observe(books.home, "EUR", {date(2026, 11, 3): "0.90"})
    assert [_plain(one) for one in (await _worth(books)).parts] == [
        "−€1.00 in exchanges",
        "+€1,000.00 of opening balances",
    ]


async def test_what_became_known_is_not_in_the_change_and_says_so(books: Books) -> None:
    """
    2026-01-01  open  Liras   300.00 TRY   known from 10 November on
    2026-01-01  open  Pounds    5.00 GBP   nobody knows
    """
    await books.open("Liras", "300 TRY")
    await books.open("Pounds", "5 GBP")
    for code in ("TRY", "EUR"):
        await observe(books.home, code, {date(2026, 11, 10): "1"})
    shown = await _worth(books)
    assert _plain(shown.not_in_change) == (
        "Not in the change, the rate into EUR was not known all the time: ₺300.00"
    )
    assert "£5.00" in shown.missing
    assert (await _worth(books, "TRY")).not_in_change == ""


async def test_change_is_no_percentage_of_what_became_known_since(books: Books) -> None:
    """
    2026-10-01  open  Bank   100.00 EUR
    2026-11-02  open  Purse   10.00 EUR
    2026-10-01  open  Liras  300.00 TRY   known from 10 November on
    """
    await books.open("Bank", "100 EUR", on=date(2026, 10, 1))
    await books.open("Purse", "10 EUR", on=date(2026, 11, 2))
    assert (await _worth(books)).moved_text == "(10.0%) since Nov 1"
    await books.open("Liras", "300 TRY", on=date(2026, 10, 1))
    for code in ("TRY", "EUR"):
        await observe(books.home, code, {date(2026, 11, 10): "1"})
    assert (await _worth(books)).moved_text == "since Nov 1"


async def test_curve_says_from_when_on_it_counts_a_currency(books: Books) -> None:
    await books.open("Liras", "300 TRY")
    for code in ("TRY", "EUR"):
        await observe(books.home, code, {date(2026, 11, 10): "1"})
    state = await (await sit_down(books)).state(DashboardState)
    await state._read_again(books.actor, READER)
    await state.choose_span("1m")
    assert state.counted_from == "TRY is counted from Nov 10, 2026 on"
    await state.choose_currency("TRY")
    assert state.counted_from == ""


async def test_oldest_rate_is_told_where_it_is_old_and_needed(books: Books) -> None:
    await books.open("Dollars", "1 USD")
    await observe(books.home, "EUR", {date(2026, 11, 2): "0.80"})
    assert (await _worth(books)).oldest == "Oldest rate: USD, Nov 2, 2026"
    assert (await _worth(books, "USD")).oldest == ""
    await observe(books.home, "EUR", {TODAY: "0.80"})
    assert (await _worth(books)).oldest == ""
