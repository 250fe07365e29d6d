"""A rate converts exactly one way, and a missing one is unknown."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.exchange import Rate, UnknownRate, convert
from fintrack.core.money import MAX_MINOR, Money

DAY = date(2026, 11, 18)
RATES = st.decimals("0.0001", "10000", places=8)


def rate(pair: str, value: str, on: date = DAY) -> Rate:
    base, quote = pair.split("/")
    return Rate(base, quote, Decimal(value), on)


@pytest.mark.parametrize(
    ("money", "pair", "value", "converted"),
    [
        (Money(1000, "EUR"), "EUR/USD", "1.08", Money(1080, "USD")),
        (Money(-1000, "EUR"), "EUR/USD", "1.08", Money(-1080, "USD")),
        (Money(1000, "EUR"), "EUR/JPY", "162.55", Money(1626, "JPY")),
        (Money(1000, "JPY"), "JPY/KWD", "0.002", Money(2000, "KWD")),
        (Money(1, "BTC"), "BTC/USD", "90000", Money(0, "USD")),
        (Money(1, "EUR"), "EUR/BTC", "0.00001", Money(10, "BTC")),
    ],
)
def test_conversion_minds_the_decimals_of_both(
    money: Money, pair: str, value: str, converted: Money
) -> None:
    assert convert(money, rate(pair, value)) == converted


@pytest.mark.parametrize(
    ("minor", "rounded"), [(1, 0), (3, 2), (5, 2), (-1, 0), (-3, -2), (-5, -2)]
)
def test_half_a_unit_goes_to_the_even_one(minor: int, rounded: int) -> None:
    converted = convert(Money(minor, "EUR"), rate("EUR/USD", "0.5"))
    assert converted == Money(rounded, "USD")


def test_a_rate_does_not_convert_another_currency() -> None:
    with pytest.raises(ValueError, match="EUR/USD does not convert USD"):
        convert(Money(1, "USD"), rate("EUR/USD", "1.08"))


@pytest.mark.parametrize("value", ["0", "-1", "NaN", "Infinity"])
def test_impossible_rate_cannot_be_made(value: str) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        rate("EUR/USD", value)


def test_a_currency_is_worth_itself() -> None:
    with pytest.raises(ValueError, match="One EUR is one EUR"):
        rate("EUR/EUR", "1.01")


def test_inverse_turns_the_pair() -> None:
    assert rate("EUR/USD", "1.25").inverse() == rate("USD/EUR", "0.8")


def test_unknown_rate_is_a_value_without_a_number() -> None:
    assert not hasattr(UnknownRate("EUR", "USD", DAY), "value")


@given(minor=st.integers(-MAX_MINOR, MAX_MINOR), value=RATES)
def test_conversion_is_symmetric_and_off_by_half_a_unit_at_most(
    minor: int, value: Decimal
) -> None:
    known = Rate("EUR", "USD", value, DAY)
    converted = convert(Money(minor, "EUR"), known)
    assert convert(Money(-minor, "EUR"), known) == -converted
    places = 10**8
    exact = minor * int(value * places)
    assert abs(converted.minor * places - exact) * 2 <= places
