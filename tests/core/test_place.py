"""Addresses are counted by whom they belong to."""

import pytest

from fintrack.core.place import name_place


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_ipv6_customer_is_one_place(address: str, place: str) -> None:
    assert name_place(address) == place
