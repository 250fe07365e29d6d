"""Who said a rate, in the words of one reader."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from fintrack.core.currency import find_currency
from fintrack.core.exchange import Rate
from fintrack.core.rate_runs import Source
from fintrack.services.rates.lookup import Known, RateView
from fintrack.state.amounts import Reader
from fintrack.state.currency_rows import Badge, badge_of, rate_said

DAY = date(2026, 11, 18)
BEFORE, NEXT = DAY - timedelta(1), DAY + timedelta(1)


def test_day_of_a_source_is_that_on_the_readers_clock() -> None:
    """20:00 in UTC is on the next day in Tokyo, 02:00 on the day before in Lima."""
    rate = Rate("BTC", "USD", Decimal(90_000), DAY)
    for zone, hour, today in (
        ("UTC", 20, DAY),
        ("Asia/Tokyo", 20, NEXT),
        ("America/Lima", 2, BEFORE),
    ):
        seen_at = datetime(2026, 11, 18, hour, tzinfo=UTC)
        view = RateView(rate, Known.DIRECT, (Source.COIN_PAPRIKA,), seen_at)
        reader = Reader(time_zone=zone, today=today)
        assert reader.moment(seen_at).startswith("Today, ")
        assert rate_said(view, reader) == "CoinPaprika, Today", zone


def test_own_rate_is_of_its_day_wherever_the_reader_lives() -> None:
    rate = Rate("BTC", "USD", Decimal(90_000), DAY)
    set_on = datetime(2026, 11, 18, tzinfo=UTC)
    view = RateView(rate, Known.DIRECT, (), set_on, is_own=True)
    reader = Reader(time_zone="America/Lima", today=DAY)
    assert rate_said(view, reader) == "Your own rate, Today"


@pytest.mark.parametrize(
    ("code", "text", "size"),
    [
        ("EUR", "€", ""),
        ("CHF", "CHF", ""),
        ("DOGE", "DOGE", "mid"),
        ("10SET", "10SET", "long"),
        ("WHALES", "WHAL…", "long"),
    ],
)
def test_long_code_is_made_to_fit_its_badge(code: str, text: str, size: str) -> None:
    assert badge_of(find_currency(code), "en") == Badge(text, size)


def test_the_bank_is_called_as_the_reader_calls_it() -> None:
    rate = Rate("EUR", "USD", Decimal("1.1"), DAY)
    seen_at = datetime(2026, 11, 18, 15, tzinfo=UTC)
    view = RateView(rate, Known.DIRECT, (Source.EUROPE,), seen_at)
    for language, name in (
        ("en", "European Central Bank, "),
        ("tr", "Avrupa Merkez Bankası, "),
    ):
        assert rate_said(view, Reader(language, today=DAY)).startswith(name)
