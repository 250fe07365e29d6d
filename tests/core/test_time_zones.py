"""Which time zones can be chosen."""

import pytest

from fintrack.core.time_zones import time_zones


@pytest.mark.parametrize("name", ["Europe/Istanbul", "UTC", "EST", "Etc/GMT+5"])
def test_zone_of_a_place_can_be_chosen(name: str) -> None:
    assert name in time_zones()


@pytest.mark.parametrize("name", ["localtime", "Factory", "Mars/Olympus", ""])
def test_zone_that_is_nowhere_cannot_be_chosen(name: str) -> None:
    assert name not in time_zones()


def test_places_come_before_short_names() -> None:
    names = time_zones()
    assert names.index("Pacific/Wallis") < names.index("CET") < names.index("UTC")
