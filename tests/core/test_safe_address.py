"""Only HTTPS leads out, and plain HTTP no further than this machine."""

import pytest

from fintrack.core.safe_address import is_on_loopback, is_safe_address


@pytest.mark.parametrize(
    "url", ["https://rates.example/v1", "http://127.0.0.1:8080/x", "http://[::1]/x"]
)
def test_safe_ones(url: str) -> None:
    assert is_safe_address(url)


@pytest.mark.parametrize(
    "url",
    [
        *("http://rates.example", "ftp://127.0.0.1/x", "file:///etc/passwd"),
        *("https://", "x", "http://127.0.0.1.example/", "https://[broken"),
    ],
)
def test_others(url: str) -> None:
    assert not is_safe_address(url)


def test_this_machine_is_told_from_others() -> None:
    assert is_on_loopback("https://localhost/x")
    assert not is_on_loopback("https://rates.example/localhost")
