"""Cells become minor units without losing one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.amount_text import COMMA, POINT, NumberStyle
from fintrack.core.errors import InvalidInput
from fintrack.core.statements.minor import MAX_MINOR, MinorUnits


@pytest.mark.parametrize(
    ("text", "currency", "exponent", "minor"),
    [
        ("12,50", "EUR", 2, 1250),
        ("-1.234,56", "EUR", 2, -123456),
        ("+7,00", "EUR", 2, 700),
        ("12,5", "EUR", 2, 1250),
        ("12", "EUR", 2, 1200),
        ("12,500", "EUR", 2, 1250),
        ("4 984,01 PLN", "PLN", 2, 498401),
        ("12,50-", "EUR", 2, -1250),
        ("1.500", "JPY", 0, 1500),
        ("-1500", "JPY", 0, -1500),
        ("1,234", "KWD", 3, 1234),
        ("0,00000001", "BTC", 8, 1),
        ("0", "EUR", 2, 0),
    ],
)
def test_cell_is_read(text: str, currency: str, exponent: int, minor: int) -> None:
    assert MinorUnits(COMMA, currency, exponent).read(text) == minor


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("12,505", "more decimals than EUR"),
        ("12,50 USD", "not in EUR"),
        ("10.000.000.000.000,01", "larger than"),
        ("1.23,45", "not an amount"),
        ("1e5", "not an amount"),
    ],
)
def test_cell_that_is_not_exact_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        MinorUnits(COMMA, "EUR", 2).read(text)


@given(
    minor=st.integers(-MAX_MINOR, MAX_MINOR),
    exponent=st.integers(0, 8),
    style=st.sampled_from([COMMA, POINT]),
    group=st.integers(-1, 5),
)
def test_written_units_are_read_back(
    minor: int, exponent: int, style: NumberStyle, group: int
) -> None:
    whole, fraction = divmod(abs(minor), 10**exponent)
    mark = style.grouping[group] if group >= 0 else ""
    text = f"{'-' if minor < 0 else ''}{whole:,}".replace(",", mark)
    if exponent:
        text += f"{style.decimal}{fraction:0{exponent}d}"
    assert MinorUnits(style, "EUR", exponent).read(text) == minor
