"""The session's cookie is read the same way at every door."""

import pytest

from fintrack.core.session_cookie import read_token


@pytest.mark.parametrize(
    ("header", "https", "token"),
    [
        ("fintrack=a", False, "a"),
        ("x=1; fintrack=a; y=2", False, "a"),
        ("fintrack=a; __Host-fintrack=b", False, "b"),
        ("fintrack=a; __Host-fintrack=b", True, "b"),
        ("fintrack=a", True, ""),
        ("", False, ""),
        ("notfintrack=a", False, ""),
    ],
)
def test_plain_cookie_counts_only_without_https(
    header: str, *, https: bool, token: str
) -> None:
    assert read_token(header, https=https) == token
