"""Rates as people write them."""

from decimal import Decimal

import pytest

from fintrack.core.rate_text import format_rate


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
