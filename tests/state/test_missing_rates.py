"""What a total lacks is said with its count and its amounts."""

from datetime import date

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
    today, seen_on = READER.today, date(2026, 10, 30)
    old = SeenRate("BTC", today, seen_on)
    assert oldest_text(old, READER) == "Oldest rate: BTC, Oct 30, 2026"
    assert oldest_flow_text(old, READER) == (
        "Oldest rate: BTC of Oct 30, 2026, used for Nov 18, 2026"
    )
    # On the last day of October it was new, and of a day to come nobody knows a rate.
    for fresh in (
        SeenRate("BTC", today, date(2026, 11, 11)),
        SeenRate("BTC", date(2026, 10, 31), seen_on),
        SeenRate("BTC", date(2027, 5, 1), today),
        None,
    ):
        assert oldest_text(fresh, READER) == oldest_flow_text(fresh, READER) == ""
