"""Instants are UTC; the day depends on where one lives."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest

from fintrack.core.clock import day_in_zone, utc_now


def test_now_is_in_utc() -> None:
    assert utc_now().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("UTC", date(2026, 11, 18)),
        ("Europe/Istanbul", date(2026, 11, 19)),
        ("America/New_York", date(2026, 11, 18)),
        ("Pacific/Kiritimati", date(2026, 11, 19)),
    ],
)
def test_one_instant_is_another_day_elsewhere(zone: str, day: date) -> None:
    assert day_in_zone(datetime(2026, 11, 18, 22, 30, tzinfo=UTC), zone) == day


def test_unknown_zone_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        day_in_zone(datetime(2026, 11, 18, tzinfo=UTC), "Mars/Olympus")
