"""What one holds of the currency of a page."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from fintrack.core.chart import AccountType
from fintrack.core.money import Money
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.accounts import NewAccount, open_account
from fintrack.services.people import configure, find_settings
from fintrack.services.rates.own import OwnRateGiven, set_own_rate
from fintrack.state import holdings
from fintrack.state.currency import CurrencyState
from fintrack.state.currency_address import read_address
from fintrack.state.holdings import HoldingsState
from fintrack.state.session import SessionState
from tests.books import Books
from tests.conftest import Clock
from tests.services.rates.observing import observe, observe_at
from tests.state.desk import sit_down

pytestmark = pytest.mark.database
TODAY = date(2026, 11, 18)


@pytest.fixture
async def visit(books: Books, monkeypatch: pytest.MonkeyPatch) -> Any:
    desk = await sit_down(books)

    async def open_page(code: str, time_zone: str = "UTC") -> HoldingsState:
        session = await desk.state(SessionState)
        session._time_zone = time_zone
        path = f"/currencies/{code}"
        monkeypatch.setattr(
            CurrencyState, "_address", lambda _, own: read_address(path, {}, own)
        )
        await (await desk.state(CurrencyState)).load()
        card = await desk.state(HoldingsState)
        await card.load()
        return card

    return open_page


async def _open(books: Books, name: str, minor: int, currency: str) -> None:
    new = NewAccount(
        name=name,
        type=AccountType.CHECKING,
        opening=Money(minor, currency),
        opened_on=date(2026, 1, 5),
    )
    await perform(books.actor, open_account, new)


async def test_accounts_of_the_currency_are_summed_and_worth_something(
    books: Books, visit: Any
) -> None:
    """
    2026-01-05  open  Vadesiz  100.00 TRY, Kasa 20.00 TRY, Bank 7.00 EUR
    2026-11-18  rate  EUR/TRY  50
    """
    for name, minor, code in (
        ("Vadesiz", 10000, "TRY"),
        ("Kasa", 2000, "TRY"),
        ("Bank", 700, "EUR"),
    ):
        await _open(books, name, minor, code)
    card = await visit("TRY")
    assert "No rate into EUR is known" in card.worth
    await observe(books.home, "EUR", {TODAY: "0.8"})
    await observe(books.home, "TRY", {TODAY: "40"})
    card = await visit("TRY")
    assert [row.name for row in card.rows] == ["Kasa", "Vadesiz"]
    assert (card.total.major, card.total.minor) == ("120", ".00")
    assert "€2.40" in card.worth
    assert card.worth.endswith("at the rate of today")
    card = await visit("EUR")
    assert ([row.name for row in card.rows], card.worth) == (["Bank"], "")


async def test_worth_at_an_old_rate_says_of_when_it_is(
    books: Books, visit: Any
) -> None:
    await _open(books, "Vadesiz", 10000, "TRY")
    await observe(books.home, "EUR", {date(2026, 10, 2): "1", TODAY: "1"})
    await observe(books.home, "TRY", {date(2026, 10, 2): "50"})
    assert (await visit("TRY")).worth.endswith("at the rate of Oct 2, 2026")


async def test_worth_at_an_own_rate_says_so(books: Books, visit: Any) -> None:
    await _open(books, "Vadesiz", 10000, "TRY")
    given = OwnRateGiven("EUR", "TRY", date(2026, 10, 2), Decimal(50))
    await perform(books.actor, set_own_rate, given)
    assert (await visit("TRY")).worth.endswith("at your own rate of Oct 2, 2026")
    await perform(books.actor, set_own_rate, replace(given, on_date=TODAY))
    assert (await visit("TRY")).worth.endswith("at your own rate of today")


async def test_day_of_the_rate_is_that_on_the_readers_clock(
    books: Books, visit: Any, clock: Clock
) -> None:
    """05:00 in UTC is 19:00 on the day before in Honolulu."""
    clock.now = datetime(2026, 11, 18, 5, tzinfo=UTC)
    await _open(books, "Vadesiz", 10000, "TRY")
    seen = await ask(books.actor, find_settings)
    await perform(books.actor, configure, replace(seen, time_zone="Pacific/Honolulu"))
    seen_at = datetime(2026, 11, 17, 5, tzinfo=UTC)
    for code, rate in (("EUR", "1"), ("TRY", "50")):
        await observe_at(books.home, code, {seen_at: rate})
    card = await visit("TRY", "Pacific/Honolulu")
    assert card.worth.endswith("at the rate of Nov 16, 2026")


async def test_who_holds_nothing_of_it_has_no_card(visit: Any) -> None:
    assert (await visit("TRY")).rows == []


async def test_card_stays_away_when_it_cannot_be_read(
    books: Books, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _open(books, "Vadesiz", 10000, "TRY")
    card = await visit("TRY")
    assert card.rows
    monkeypatch.setattr(holdings, "snapshot", None)
    await card.load()
    assert card.rows == []
