"""What a total lacks is said with its count and its amounts."""

from dataclasses import replace
from datetime import UTC, date, datetime

from fintrack.services.ledger.totals import Flow
from fintrack.services.rates.dated import SeenRate
from fintrack.state.amounts import Reader
from fintrack.state.missing_rates import (
    flow_text,
    missing_flows_text,
    missing_text,
    oldest_flow_text,
    oldest_text,
)
from tests.books import money

READER = Reader(today=date(2026, 11, 18))


def _plain(text: str) -> str:
    """Without the marks that keep amounts together in other scripts."""
    return text.translate({0x2068: None, 0x2069: None})


def test_nothing_is_said_of_nothing() -> None:
    assert missing_text([], "EUR", READER) == ""
    assert missing_text([money("0 TRY")], "EUR", READER) == ""
    nothing = Flow(money("0 TRY"), money("0 TRY"))
    assert missing_flows_text([nothing], "EUR", READER) == ""


def test_amounts_stand_beside_their_count() -> None:
    said = missing_text([money("1200 TRY"), money("0 USD")], "EUR", READER)
    assert _plain(said) == (
        "1 currency is not counted, no rate into EUR is known: ₺1,200.00"
    )
    many = [money(f"1 {code}") for code in ("AUD", "CHF", "NOK", "TRY")]
    said = missing_text(many, "EUR", READER)
    assert said.startswith("4 currencies are not counted")
    assert _plain(said).endswith("NOK 1.00; …".replace(" ", "\u00a0", 1))


def test_flows_are_said_both_ways() -> None:
    flow = Flow(money("300 TRY"), money("1200 TRY"))
    assert _plain(flow_text(flow, READER)) == "₺300.00 in, ₺1,200.00 out"
    assert "₺1,200.00" in missing_flows_text([flow], "EUR", READER)


def test_age_of_a_rate_is_said_once_it_is_older_than_a_week() -> None:
    today, seen_at = READER.today, datetime(2026, 10, 30, 20, tzinfo=UTC)
    old = SeenRate("BTC", today, seen_at)
    assert oldest_text(old, READER) == "Oldest rate: BTC, Oct 30, 2026"
    assert oldest_flow_text(old, READER) == (
        "Oldest rate: BTC of Oct 30, 2026, used for Nov 18, 2026"
    )
    # On the last day of October it was new, and of a day to come nobody knows a rate.
    for fresh in (
        SeenRate("BTC", today, datetime(2026, 11, 11, tzinfo=UTC)),
        SeenRate("BTC", date(2026, 10, 31), seen_at),
        SeenRate("BTC", date(2027, 5, 1), datetime(2026, 11, 18, tzinfo=UTC)),
        None,
    ):
        assert oldest_text(fresh, READER) == oldest_flow_text(fresh, READER) == ""


def test_day_of_an_old_rate_is_that_on_the_readers_clock() -> None:
    """20:00 in UTC is on the next day in Tokyo; an own rate is of its day anywhere."""
    reader = replace(READER, time_zone="Asia/Tokyo")
    old = SeenRate("BTC", reader.today, datetime(2026, 10, 30, 20, tzinfo=UTC))
    assert oldest_text(old, reader) == "Oldest rate: BTC, Oct 31, 2026"
    assert oldest_flow_text(old, reader).startswith("Oldest rate: BTC of Oct 31, 2026")
    reader = replace(READER, time_zone="America/Lima")
    set_on = datetime(2026, 10, 30, tzinfo=UTC)
    own = SeenRate("BTC", reader.today, set_on, is_own=True)
    assert oldest_text(own, reader) == "Oldest rate: BTC, your own of Oct 30, 2026"
    assert oldest_flow_text(own, reader) == (
        "Oldest rate: BTC, your own of Oct 30, 2026, used for Nov 18, 2026"
    )
