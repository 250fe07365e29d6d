"""Looks at the page of one currency, by its address."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest

from fintrack.state.currency import CurrencyState
from fintrack.state.currency_address import read_address
from tests.books import Books
from tests.services.rates.observing import observe
from tests.state.desk import sit_down

TODAY = date(2026, 11, 18)
WEEK_AGO = TODAY - timedelta(7)
Visit = Callable[..., Awaitable[CurrencyState]]


@pytest.fixture
async def visit(books: Books, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Opens a path with its query, and waits for the charts."""
    state = await (await sit_down(books)).state(CurrencyState)

    async def open_page(path: str, **query: str) -> CurrencyState:
        monkeypatch.setattr(
            CurrencyState, "_address", lambda _, own: read_address(path, query, own)
        )
        await state.load()
        await state.load_charts()
        return state

    return open_page


@pytest.fixture
async def observed(books: Books) -> None:
    """
    2026-11-11  1 EUR is 1.25 USD, 50 TRY, 1 CHF
    2026-11-17  1 EUR is 1.25 USD, 55 TRY
    2026-11-18  1 EUR is 1.25 USD, 60 TRY, 1.5 CHF
    """
    before = TODAY - timedelta(1)
    same = {WEEK_AGO: "0.8", before: "0.8", TODAY: "0.8"}
    await observe(books.home, "EUR", same)
    await observe(books.home, "TRY", {WEEK_AGO: "40", before: "44", TODAY: "48"})
    await observe(books.home, "CHF", {WEEK_AGO: "0.8", TODAY: "1.2"})
