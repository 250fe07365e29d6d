"""Money is exact: what goes in comes out, and a split loses nothing."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.currency import all_currencies
from fintrack.core.errors import InvalidInput
from fintrack.core.money import MAX_MINOR, Money, split

CODES = st.sampled_from([currency.code for currency in all_currencies()])
AMOUNTS = st.integers(-MAX_MINOR, MAX_MINOR)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any)


def euro(text: str) -> Money:
    return Money.from_decimal(Decimal(text), "EUR")


@pytest.mark.parametrize(
    ("amount", "currency", "minor", "text"),
    [
        ("12.5", "EUR", 1250, "12.50"),
        ("-0.01", "EUR", -1, "-0.01"),
        ("12.500000", "EUR", 1250, "12.50"),
        ("1250", "JPY", 1250, "1250"),
        ("1E+3", "JPY", 1000, "1000"),
        ("0.001", "KWD", 1, "0.001"),
        ("0.00000001", "BTC", 1, "0.00000001"),
        ("0E+999999", "EUR", 0, "0.00"),
        ("-0", "EUR", 0, "0.00"),
        ("10000000000000", "EUR", MAX_MINOR, "10000000000000.00"),
    ],
)
def test_decimal_becomes_minor_units(
    amount: str, currency: str, minor: int, text: str
) -> None:
    money = Money.from_decimal(Decimal(amount), currency)
    assert money == Money(minor, currency)
    assert money.text == text


@pytest.mark.parametrize(
    ("amount", "currency", "message"),
    [
        ("NaN", "EUR", "Please enter a number."),
        ("sNaN", "EUR", "Please enter a number."),
        ("-Infinity", "EUR", "Please enter a number."),
        ("0.001", "EUR", "Amounts in EUR have at most 2 decimals."),
        ("1E-999999", "EUR", "Amounts in EUR have at most 2 decimals."),
        ("0.1", "JPY", "Amounts in JPY have no decimals."),
        ("1E+999999", "EUR", "This amount is too large."),
        ("10000000000000.01", "EUR", "This amount is too large."),
        ("-1000000000000001", "JPY", "This amount is too large."),
    ],
)
def test_unusable_decimal_is_refused_at_the_amount(
    amount: str, currency: str, message: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        Money.from_decimal(Decimal(amount), currency)
    assert caught.value.problems[0].field == "amount"
    assert caught.value.text == message


def test_ten_thousand_decimals_are_judged_at_once() -> None:
    assert euro("1." + "0" * 10_000) == euro("1")
    with pytest.raises(InvalidInput):
        euro("1." + "0" * 10_000 + "1")


@given(minor=AMOUNTS, currency=CODES)
def test_decimal_and_text_give_the_money_back(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.from_decimal(money.decimal, currency) == money
    assert Money.from_decimal(Decimal(money.text), currency) == money


@given(minor=st.integers(-(10**40), 10**40))
def test_sum_beyond_the_limit_of_one_amount_stays_exact(minor: int) -> None:
    assert Fraction(Money(minor, "EUR").text) * 100 == minor


@given(a=AMOUNTS, b=AMOUNTS)
def test_addition_is_that_of_integers(a: int, b: int) -> None:
    one, other = Money(a, "TRY"), Money(b, "TRY")
    assert one + other == Money(a + b, "TRY")
    assert one - other == one + -other
    assert abs(one).minor == abs(a)
    assert (one < other, one <= other, one > other, one >= other) == (
        a < b,
        a <= b,
        a > b,
        a >= b,
    )


def test_two_currencies_never_mix() -> None:
    dollar = Money(1, "USD")
    for mix in (
        lambda: euro("1") + dollar,
        lambda: euro("1") - dollar,
        lambda: euro("1") < dollar,
        lambda: euro("1") >= dollar,
    ):
        with pytest.raises(ValueError, match="EUR and USD do not mix"):
            mix()


def test_same_number_of_another_currency_is_not_equal() -> None:
    assert Money(1, "EUR") != Money(1, "USD")


@pytest.mark.parametrize("minor", [Decimal(1), 1.0, "1"])
def test_minor_units_are_whole(minor: int) -> None:
    with pytest.raises(ValueError, match="Minor units are an int"):
        Money(minor, "EUR")


def test_unknown_currency_is_refused() -> None:
    with pytest.raises(InvalidInput):
        Money(1, "QQQ")


def test_remainder_goes_to_the_earlier_of_equal_parts() -> None:
    assert split(euro("10.00"), 3) == (euro("3.34"), euro("3.33"), euro("3.33"))


def test_remainder_goes_to_the_largest_fraction_first() -> None:
    """0.10 by 1 : 1 : 5 is 1.43, 1.43 and 7.14 cents."""
    assert [part.minor for part in split(euro("0.10"), [1, 1, 5])] == [2, 1, 7]


def test_part_without_weight_gets_nothing() -> None:
    assert [part.minor for part in split(euro("0.05"), [0, 1, 1])] == [0, 3, 2]


@pytest.mark.parametrize("shares", [0, -1, [], [0, 0], [2, -1]])
def test_impossible_split_is_our_defect(shares: int | list[int]) -> None:
    with pytest.raises(ValueError, match="Cannot split"):
        split(euro("1"), shares)


@given(minor=AMOUNTS, weights=WEIGHTS)
def test_split_loses_nothing_and_is_fair(minor: int, weights: list[int]) -> None:
    """I18."""
    parts = [part.minor for part in split(Money(minor, "EUR"), weights)]
    assert sum(parts) == minor
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - minor * weight) < sum(weights)


@given(minor=AMOUNTS, weights=WEIGHTS)
def test_split_of_the_opposite_is_the_opposite_split(
    minor: int, weights: list[int]
) -> None:
    money = Money(minor, "EUR")
    assert split(-money, weights) == tuple(-part for part in split(money, weights))


@given(minor=AMOUNTS, parts=st.integers(1, 50))
def test_equal_parts_differ_by_one_unit_at_most(minor: int, parts: int) -> None:
    minors = [part.minor for part in split(Money(minor, "JPY"), parts)]
    assert len(minors) == parts
    assert max(minors) - min(minors) <= 1
