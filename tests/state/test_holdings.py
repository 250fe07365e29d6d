"""What one holds of the currency of a page."""

from datetime import date
from typing import Any

import pytest

from fintrack.core.chart import AccountType
from fintrack.core.money import Money
from fintrack.services.commands import perform
from fintrack.services.ledger.accounts import NewAccount, open_account
from fintrack.state import holdings
from fintrack.state.currency import CurrencyState
from fintrack.state.currency_address import read_address
from fintrack.state.holdings import HoldingsState
from tests.books import Books
from tests.services.rates.observing import observe
from tests.state.desk import sit_down

pytestmark = pytest.mark.database
TODAY = date(2026, 11, 18)


@pytest.fixture
async def visit(books: Books, monkeypatch: pytest.MonkeyPatch) -> Any:
    desk = await sit_down(books)

    async def open_page(code: str) -> HoldingsState:
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
