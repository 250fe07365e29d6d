"""Where the labels of a chart stand."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from fintrack.state.amounts import Reader
from fintrack.state.axes import (
    decimals_of,
    moments,
    round_values,
    short_day,
    short_moment,
    spread,
)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        (("41.3", "49.4"), ("40", "45", "50")),
        (
            ("0.00001493", "0.00001496"),
            ("0.00001493", "0.00001494", "0.00001495", "0.00001496"),
        ),
        (("5", "5"), ("4", "6")),
        (("0.000001", "0.000001"), ("0.000001", "0.0000015")),
        (("0", "0"), ("0.0", "0.5")),
    ],
)
def test_labels_lie_around_what_is_drawn(
    values: tuple[str, ...], ticks: tuple[str, ...]
) -> None:
    found = round_values([Decimal(value) for value in values])
    assert found == [Decimal(tick) for tick in ticks]


def test_number_says_how_many_decimals_it_takes() -> None:
    assert [decimals_of(Decimal(text)) for text in ("40", "0.50", "4E+2", "0.005")] == [
        0,
        1,
        0,
        3,
    ]


def test_labels_below_are_few_and_even() -> None:
    assert spread(3) == [0, 1, 2]
    assert spread(31) == [3, 10, 17, 24]


def test_long_span_is_labelled_by_months_or_years() -> None:
    day = date(2026, 11, 18)
    assert [short_day(day, span, "en") for span in (30, 365, 1000)] == [
        "Nov 18",
        "Nov",
        "2026",
    ]


def test_hour_that_a_clock_goes_through_twice_has_two_names() -> None:
    reader = Reader(time_zone="Europe/Berlin", today=date(2026, 10, 25))
    hours = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1, 2)]
    assert moments(hours, reader) == [
        "Today, 02:30 (UTC+0200)",
        "Today, 02:30 (UTC+0100)",
        "Today, 03:30",
    ]


def test_label_of_a_day_of_hours_is_the_time_where_the_reader_lives() -> None:
    reader = Reader(time_zone="Asia/Tokyo")
    at = datetime(2026, 11, 18, 20, 5, tzinfo=UTC)
    assert short_moment(at, 1, reader) == "05:05"
    assert short_moment(at, 7, reader) == "Nov 19"
