"""What somebody types to convert, and what is meant otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.conversion_text import ConversionText, read_conversion


@pytest.mark.parametrize(
    ("text", "language", "amount", "source", "target"),
    [
        ("100 usd in try", "en", "100", "USD", "TRY"),
        ("100 $ to eur", "en", "100", "USD", "EUR"),
        ("€20 to $", "en", "20", "EUR", "USD"),
        ("100usd try", "en", "100", "USD", "TRY"),
        ("usd try", "en", "1", "USD", "TRY"),
        ("USD/TRY", "en", "1", "USD", "TRY"),
        ("usd -> eur", "en", "1", "USD", "EUR"),
        ("1 EUR = ? USD", "en", "1", "EUR", "USD"),
        ("1,000.50 chf to jpy?", "en", "1,000.50", "CHF", "JPY"),
        ("2*(3+4) eur try", "en", "2*(3+4)", "EUR", "TRY"),
        ("100 dollars in lira", "en", "100", "USD", "TRY"),
        ("10 us dollars to swiss francs", "en", "10", "USD", "CHF"),
        ("100 usd kaç try", "tr", "100", "USD", "TRY"),
        ("100 USD KAÇ TL EDER", "tr", "100", "USD", "TRY"),
        ("100 dolar ne kadar euro", "tr", "100", "USD", "EUR"),
        ("12,50 abd doları türk lirası", "tr", "12,50", "USD", "TRY"),
        ("100 usd avro", "tr", "100", "USD", "EUR"),
        ("100 avro lira", "tr", "100", "EUR", "TRY"),
        ("100 avro", "tr", "100", "EUR", ""),
        ("100 usd", "en", "100", "USD", ""),
        ("100 usd in usd", "en", "100", "USD", "USD"),
        ("-5 usd in try", "en", "-5", "USD", "TRY"),
        ("1e999999 usd in try", "en", "1e999999", "USD", "TRY"),
        ("1,5 eur in usd", "en", "1,5", "EUR", "USD"),
    ],
)
def test_amount_of_one_currency_in_another(
    text: str, language: str, amount: str, source: str, target: str
) -> None:
    assert read_conversion(text, language) == ConversionText(amount, source, target)


@pytest.mark.parametrize(
    "text",
    [
        *("", "100", "usd", "usd in", "to in", "holiday fund", "market in city"),
        *("12 monkeys", "3 to 4", "2024 in review", "100 eur eur"),
        # The crowns of four countries, and two dollars without an amount.
        *("5 kr to eur", "dollars lira", "100 market in nothing"),
    ],
)
def test_anything_else_is_no_conversion(text: str) -> None:
    assert read_conversion(text, "en") is None


@given(st.text(max_size=120))
def test_whatever_is_typed_is_read_or_is_none(text: str) -> None:
    found = read_conversion(text, "en")
    assert found is None or found.source


def test_what_is_no_currency_is_named() -> None:
    found = read_conversion("100 usd in zzz", "en")
    assert found == ConversionText("100", "USD", "", unknown="zzz")
