"""The labels of a curve fit beside it, however large its amounts are."""

from datetime import date

import pytest

from fintrack.core.money import Money
from fintrack.services.dashboard.curves import Curve, Point
from fintrack.state.amounts import Reader
from fintrack.state.curves import balance_chart

DAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("minor", "language", "last"),
    [
        (600_00, "en", "€600"),
        (60_000_00, "en", "€60K"),
        (6_000_000_00, "en", "€6M"),
        (6_000_000_000_00, "en", "€6B"),
        (10**15, "en", "€10T"),
        (10**15, "tr", "€10\u00a0Tn"),
    ],
)
def test_an_axis_is_cut_to_the_letter_of_its_size(
    minor: int, language: str, last: str
) -> None:
    points = (Point(DAY, Money(0, "EUR")), Point(DAY, Money(minor, "EUR")))
    chart = balance_chart(Curve("EUR", points), Reader(language=language))
    assert chart.y_tick_texts[0] == "€0"
    assert chart.y_tick_texts[-1] == last
    assert max(map(len, chart.y_tick_texts)) < 9
