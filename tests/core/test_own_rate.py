"""Which own rates are kept, refused, or doubted."""

from decimal import Decimal

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.own_rate import read_own_value, rounded, times_as_much


@pytest.mark.parametrize("value", ["48.5", "1e-18", "1e18", "0.123456789012", "7.1e15"])
def test_rate_is_kept_to_its_last_digit(value: str) -> None:
    assert read_own_value(Decimal(value)) == Decimal(value)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "above zero"),
        ("-1", "above zero"),
        ("NaN", "above zero"),
        ("Infinity", "above zero"),
        ("9e-19", "between"),
        ("99999999999999999999", "between"),
        ("1.234567890123", "kept with 12"),
        ("9999999999999", "kept with 12"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(value: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as caught:
        read_own_value(Decimal(value))
    assert caught.value.problems[0].field == "value"


def test_what_was_worked_out_is_rounded() -> None:
    third = rounded(Decimal(1) / Decimal(3))
    assert read_own_value(third) == Decimal("0.333333333333")


@pytest.mark.parametrize(
    ("value", "said", "times"),
    [
        ("5000", "0.91", "5.5e3"),
        ("0.0001", "0.91", "9.1e3"),
        ("3.1", "1", "3.1"),
        ("3", "1", None),
        ("1", "3", None),
    ],
)
def test_more_than_three_times_is_doubted(
    value: str, said: str, times: str | None
) -> None:
    found = times_as_much(Decimal(value), Decimal(said))
    assert found == (times and Decimal(times))
