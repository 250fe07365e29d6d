"""The net worth of the dashboard in words: what made the change, what is not in it."""

from datetime import date

import pytest

from fintrack.core.period import month_of
from fintrack.services.commands import ask
from fintrack.services.dashboard.overview import build_dashboard
from fintrack.state.amounts import Reader
from fintrack.state.worth_rows import WorthRow, worth_of
from tests.books import Books
from tests.services.rates.observing import observe

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
