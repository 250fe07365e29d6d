"""Who counts as sitting at this machine."""

import pytest

from fintrack.core.this_machine import is_loopback, is_near


@pytest.mark.parametrize(
    ("host", "peer"),
    [
        ("localhost:8000", "127.0.0.1"),
        ("LOCALHOST", "::1"),
        ("127.0.0.1:8000", "127.9.9.9"),
        ("[::1]:8000", "::ffff:127.0.0.1"),
    ],
)
def test_browser_at_this_machine_is_near(host: str, peer: str) -> None:
    assert is_near({"host": host}, peer)


@pytest.mark.parametrize(
    ("headers", "peer"),
    [
        ({"host": "localhost:8000"}, "192.0.2.7"),
        ({"host": "localhost:8000"}, ""),
        ({"host": "rebound.example:8000"}, "127.0.0.1"),
        ({"host": "localhost.evil.example"}, "127.0.0.1"),
        ({"host": "[::1"}, "127.0.0.1"),
        ({}, "127.0.0.1"),
        ({"host": "localhost", "x-forwarded-for": "127.0.0.1"}, "127.0.0.1"),
        ({"host": "localhost", "x-real-ip": "127.0.0.1"}, "127.0.0.1"),
        ({"host": "localhost", "forwarded": "for=127.0.0.1"}, "127.0.0.1"),
    ],
)
def test_others_and_whoever_hides_behind_a_name_or_proxy_are_not(
    headers: dict[str, str], peer: str
) -> None:
    assert not is_near(headers, peer)


def test_address_of_a_network_is_no_loopback() -> None:
    assert not is_loopback("0.0.0.0")  # noqa: S104 - only a name here
