"""Rates that a law fixed: which, from when on, and through how many steps."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from fintrack.core.currency import find_currency
from fintrack.core.fixed_rates import (
    fixed_rate,
    fixed_rates,
    in_fixed,
    root_of,
    with_successors,
)

NOW = date(2026, 11, 18)


def test_each_leads_to_what_the_catalogue_names_as_successor() -> None:
    for one in fixed_rates().values():
        old = find_currency(one.code)
        assert (one.code, one.successor) == (one.code, old.successor)
        assert old.until is not None
        assert one.since <= old.until + timedelta(1)
        assert one.factor > 0


@pytest.mark.parametrize(
    ("base", "quote", "value"),
    [
        ("EUR", "DEM", "1.95583"),
        ("EUR", "BGN", "1.95583"),
        ("EUR", "HRK", "7.53450"),
        ("EUR", "IEP", "0.787564"),
        ("TRY", "TRL", "1000000"),
        ("RON", "ROL", "10000"),
        ("TRL", "TRY", "0.000001"),
        ("EUR", "BGL", "1955.83"),
    ],
)
def test_rate_is_that_of_the_law(base: str, quote: str, value: str) -> None:
    assert fixed_rate(base, quote, NOW) == Decimal(value)


def test_two_that_went_into_the_same_money_are_fixed_to_each_other() -> None:
    francs = fixed_rate("DEM", "FRF", NOW)
    assert francs is not None
    assert round(francs, 8) == round(Decimal("6.55957") / Decimal("1.95583"), 8)


def test_before_its_day_and_elsewhere_the_market_speaks() -> None:
    assert fixed_rate("BGN", "EUR", date(2025, 12, 31)) is None
    assert fixed_rate("BGN", "EUR", date(2026, 1, 1)) is not None
    assert fixed_rate("DEM", "USD", NOW) is None
    assert fixed_rate("EUR", "USD", NOW) is None
    assert root_of("BGL", date(2025, 12, 31)) == ("BGN", Decimal(1000))
    assert root_of("EUR", NOW) == ("EUR", Decimal(1))


def test_a_cross_goes_over_the_successor() -> None:
    assert with_successors(["BGL", "USD"]) == {"BGL", "BGN", "EUR", "USD"}
    assert in_fixed(Decimal("0.9"), Decimal("1.95583")) == Decimal("1.760247")
