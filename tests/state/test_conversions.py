"""What a conversion shows: never nothing where it is something."""

from datetime import date
from decimal import Decimal

import pytest

from fintrack.core.exchange import Rate, UnknownRate, convert
from fintrack.services.rates.currencies import Conversion
from fintrack.services.rates.lookup import Known, RateView
from fintrack.state.amounts import Reader
from fintrack.state.conversions import number_of, rate_text, result_of
from tests.books import money

DAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("amount", "rate", "shown"),
    [
        ("100.00 EUR", "1.08", "108.00"),
        ("0.01 EUR", "0.6", "0.01"),
        ("0.01 EUR", "0.5", "0.005"),
        ("0.01 EUR", "0.126", "0.0013"),
        ("-0.01 EUR", "0.00126", "-0.000013"),
        ("0.01 EUR", "0.0999999", "0.001"),
        ("0.00 EUR", "0.1", "0.00"),
    ],
)
def test_small_results_have_as_many_decimals_as_say_something(
    amount: str, rate: str, shown: str
) -> None:
    given = money(amount)
    view = RateView(Rate("EUR", "USD", Decimal(rate), DAY), Known.FIXED, (), None)
    found = Conversion(given, convert(given, view.rate), view)
    result = result_of(found)
    assert result is not None
    assert f"{result:f}" == shown
    words = number_of(result, Reader(language="tr"))
    assert words == shown.replace(".", ",").replace("-", "\N{MINUS SIGN}")


def test_unknown_rate_has_no_result() -> None:
    unknown = UnknownRate("EUR", "USD", DAY)
    assert result_of(Conversion(money("1.00 EUR"), None, unknown)) is None
    assert rate_text(unknown, Reader()) == "No rate is known for this day."
