"""Who said a rate, in the words of one reader."""

from datetime import UTC, date, datetime
from decimal import Decimal

from fintrack.core.exchange import Rate
from fintrack.core.rate_runs import Source
from fintrack.services.rates.lookup import Known, RateView
from fintrack.state.amounts import Reader
from fintrack.state.currency_rows import rate_said

DAY = date(2026, 11, 18)


def test_the_bank_is_called_as_the_reader_calls_it() -> None:
    rate = Rate("EUR", "USD", Decimal("1.1"), DAY)
    seen_at = datetime(2026, 11, 18, 15, tzinfo=UTC)
    view = RateView(rate, Known.DIRECT, (Source.EUROPE,), seen_at)
    for language, name in (
        ("en", "European Central Bank, "),
        ("tr", "Avrupa Merkez Bankası, "),
    ):
        assert rate_said(view, Reader(language, today=DAY)).startswith(name)
