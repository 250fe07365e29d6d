"""A page is only ever sent to a path of this site."""

import pytest

from fintrack.core.local_path import HOME, read_local_path


@pytest.mark.parametrize(
    "path", ["/", "/accounts", "/transactions?text=a%20b&new=1", "/x#y"]
)
def test_a_path_of_this_site_is_kept(path: str) -> None:
    assert read_local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "accounts",
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "///evil.example",
        "/api/v1/me",
        "http:///evil.example",
        "//[",
        "/" + "a" * 3000,
    ],
)
def test_anything_else_leads_home(path: str) -> None:
    assert read_local_path(path) == HOME
