"""Spans of a chart of rates."""

from datetime import date, timedelta

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.rate_spans import SPANS, span_of

TODAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("1D", date(2026, 3, 30)),
        ("1W", date(2026, 3, 24)),
        ("1M", date(2026, 2, 28)),
        ("3M", date(2025, 12, 31)),
        ("YTD", date(2026, 1, 1)),
        ("1Y", date(2025, 3, 31)),
        ("5Y", date(2021, 3, 31)),
        ("MAX", date(1999, 1, 1)),
    ],
)
def test_span_reaches_from_its_first_day_to_today(name: str, start: date) -> None:
    span = span_of(name, TODAY)
    assert (span.start, span.last_day) == (start, TODAY)


def test_year_before_a_leap_day_ends_in_february() -> None:
    assert span_of("1Y", date(2028, 2, 29)).start == date(2027, 2, 28)


def test_each_span_has_a_day_also_on_the_first_of_a_year() -> None:
    for name in SPANS:
        assert span_of(name, date(2026, 1, 1)).days >= 1


@pytest.mark.parametrize("name", ["", "1d", "10Y", "NaN"])
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="1D, 1W"):
        span_of(name, TODAY + timedelta(1))
