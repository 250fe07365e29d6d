"""Rates as runs: nothing that was observed is lost beyond the threshold."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.errors import InvalidInput
from fintrack.core.rate_runs import (
    Observation,
    are_same,
    cross,
    read_rate,
    runs_of,
    threshold,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
RATES = st.decimals(
    min_value=Decimal("0.00000001"), max_value=Decimal(99999999), places=8
)


def _seen(*rates: str, code: str = "EUR") -> list[Observation]:
    return [
        Observation(code, Decimal(rate), NOON + timedelta(hours=n))
        for n, rate in enumerate(rates)
    ]


@pytest.mark.parametrize(
    ("rate", "step"),
    [
        ("42000", "0.000001"),
        ("1", "0.000001"),
        ("0.5", "0.000001"),
        ("0.09", "0.0000001"),
        ("0.0000149", "0.0000000001"),
    ],
)
def test_threshold_is_the_sixth_place_or_below_1_the_sixth_digit(
    rate: str, step: str
) -> None:
    assert threshold(Decimal(rate)) == Decimal(step)


def test_equal_rates_in_a_row_are_one_run() -> None:
    first, second = runs_of(_seen("1.10", "1.1000005", "1.1", "1.2"))
    assert (first.per_usd, first.multiplier) == (Decimal("1.10"), 3)
    assert (first.valid_from, first.last_seen_at) == (NOON, NOON + timedelta(hours=2))
    assert (second.per_usd, second.multiplier) == (Decimal("1.2"), 1)


def test_slow_drift_is_seen_in_the_end() -> None:
    """Each step is below the threshold, and yet no reading is further off than it."""
    runs = runs_of(_seen(*(f"1.{1000000 + n}" for n in range(40))))
    assert [run.multiplier for run in runs] == [11, 11, 11, 7]


def test_day_on_which_nobody_looked_ends_a_run() -> None:
    """Friday and Monday are equal, and yet nobody knows of Sunday."""
    friday = datetime(2026, 3, 6, 15, tzinfo=UTC)
    seen = [
        Observation("EUR", Decimal("0.8"), friday + timedelta(days=n))
        for n in (0, 3, 4)
    ]
    assert [run.multiplier for run in runs_of(seen)] == [1, 2]


def test_run_goes_on_only_at_its_own_distance() -> None:
    """Midnight and 6, 12 o'clock; 13 o'clock is no step of 6 hours."""
    seen = [
        Observation("EUR", Decimal("0.8"), NOON + timedelta(hours=n))
        for n in (0, 6, 12, 13)
    ]
    first, second = runs_of(seen)
    assert (first.multiplier, first.step) == (3, timedelta(hours=6))
    assert (second.valid_from, second.multiplier) == (NOON + timedelta(hours=13), 1)


def test_order_and_repetition_do_not_matter() -> None:
    seen = _seen("1.1", "1.2", "1.2", "1.3")
    assert runs_of([*reversed(seen), seen[1]]) == runs_of(seen)


def test_currencies_do_not_meet() -> None:
    runs = runs_of(_seen("1.1", "1.1") + _seen("1.1", code="CHF"))
    assert {run.code: run.multiplier for run in runs} == {"EUR": 2, "CHF": 1}


@given(st.lists(RATES, min_size=1, max_size=60))
def test_each_observation_is_read_back_within_the_threshold(
    rates: list[Decimal],
) -> None:
    seen = [
        Observation("X", rate, NOON + timedelta(minutes=n))
        for n, rate in enumerate(rates)
    ]
    runs = runs_of(seen)
    assert sum(run.multiplier for run in runs) == len(seen)
    for _, rate, at in seen:
        (held,) = [run for run in runs if run.valid_from <= at <= run.last_seen_at]
        assert are_same(held.per_usd, rate)


@pytest.mark.parametrize("rate", ["0", "-1", "NaN", "Infinity", "1e40", "1e-40"])
def test_what_is_no_rate_is_refused(rate: str) -> None:
    with pytest.raises(InvalidInput, match="above zero"):
        read_rate(Decimal(rate))


def test_cross_keeps_twelve_digits() -> None:
    assert cross(Decimal(1), Decimal(3)) == Decimal("0.333333333333")
    assert read_rate(Decimal("1.23456789012345")) == Decimal("1.23456789012")
