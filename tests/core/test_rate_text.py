"""Rates as people write them."""

from decimal import Decimal

import pytest

from fintrack.core.rate_text import format_move, format_rate, signed_percent, way_of


@pytest.mark.parametrize(
    ("rate", "locale", "text"),
    [
        ("48.62", "en", "48.6200"),
        ("48.62", "tr", "48,6200"),
        ("1", "en", "1.0000"),
        ("1512.3456", "en", "1,512.35"),
        ("0.9", "en", "0.9000"),
        ("0.020567", "en", "0.02057"),
        ("0.0000149301", "en", "0.00001493"),
    ],
)
def test_rate_has_as_many_decimals_as_say_something(
    rate: str, locale: str, text: str
) -> None:
    assert format_rate(Decimal(rate), locale) == text


@pytest.mark.parametrize(
    ("value", "rate", "text"),
    [
        ("6.7", "48.62", "+6.7000"),
        ("-0.1502", "48.62", "\N{MINUS SIGN}0.1502"),
        ("0", "48.62", "0.0000"),
        ("-0.00004", "48.62", "0.0000"),
        ("0.004", "1512.34", "0.00"),
        ("0.0001", "0.020567", "+0.00010"),
    ],
)
def test_move_has_a_sign_and_the_decimals_of_its_rate(
    value: str, rate: str, text: str
) -> None:
    assert format_move(Decimal(value), Decimal(rate), "en") == text


@pytest.mark.parametrize(
    ("ratio", "text", "way"),
    [
        ("0.0031", "+0.31%", "up"),
        ("-0.0031", "\N{MINUS SIGN}0.31%", "down"),
        ("0.000051", "+0.01%", "up"),
        ("0.00005", "0.00%", ""),
        ("-0.00004", "0.00%", ""),
        ("0", "0.00%", ""),
    ],
)
def test_change_that_rounds_to_nothing_has_no_sign_and_no_way(
    ratio: str, text: str, way: str
) -> None:
    assert signed_percent(Decimal(ratio), "en") == text
    assert way_of(Decimal(ratio)) == way
