"""Which page may talk to us."""

import json

import httpx
import pytest

from fintrack.api.connection import address_of, is_https
from fintrack.api.origin import OriginRule
from fintrack.core.trusted_proxies import TrustedProxies
from tests.api.test_signing_in import ADA, SESSION

RULE = OriginRule.of("https://money.example, https://home.example:8443/")


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://localhost:8000", "localhost:8000"),
        ("https://books.example", "books.example"),
        ("https://books.example", "books.example:443"),
        ("http://[::1]:8000", "[::1]:8000"),
        ("https://money.example", "10.0.0.5:8000"),
        ("https://home.example:8443", "10.0.0.5:8000"),
    ],
)
def test_own_page_is_accepted(origin: str, host: str) -> None:
    assert RULE.accepts(origin, host)


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "https://evil.example",
        "https://evil.books.example",
        "https://books.example.evil.example",
        "https://example",
        "http://books.example:8001",
        "https://books.example:8443",
        "file://books.example",
        "https://books.example@evil.example",
        "https://[",
        "https://books.example:port",
    ],
)
def test_foreign_null_and_sibling_pages_are_refused(origin: str) -> None:
    assert not RULE.accepts(origin, "books.example")
    assert not RULE.accepts_socket(origin, {"HTTP_HOST": "books.example"})


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://sibling.localhost:8000"]
)
async def test_foreign_page_changes_nothing_over_rest(
    browser: httpx.AsyncClient, origin: str
) -> None:
    answer = await browser.post("/api/v1/setup", json=ADA, headers={"Origin": origin})
    assert answer.status_code == 403
    assert (await browser.post("/api/v1/setup", json=ADA)).status_code == 201
    answer = await browser.delete(SESSION, headers={"Origin": origin})
    assert answer.status_code == 403
    assert (await browser.get("/api/v1/me")).status_code == 200


async def test_form_that_needs_no_preflight_changes_nothing(
    browser: httpx.AsyncClient,
) -> None:
    """``<form enctype="text/plain">`` can write JSON; its Origin gives it away."""
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        answer = await browser.post(
            "/api/v1/setup",
            content=json.dumps(ADA),
            headers={"Origin": "http://evil.example", "Content-Type": kind},
        )
        assert answer.status_code == 403
    assert (await browser.post("/api/v1/setup", json=ADA)).status_code == 201


async def test_no_other_site_may_read_answers(browser: httpx.AsyncClient) -> None:
    headers = {
        "Origin": "http://evil.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,authorization",
    }
    for method in ("OPTIONS", "GET", "POST"):
        for path in ("/api/v1/me", "/api/v1/accounts", "/api/openapi.json"):
            answer = await browser.request(method, path, headers=headers)
            assert not [one for one in answer.headers if one.startswith("access-co")]


@pytest.mark.parametrize(
    ("headers", "has_cookie", "passes"),
    [
        ({"sec-fetch-site": "same-origin"}, True, True),
        ({"sec-fetch-site": "none"}, True, True),
        ({"sec-fetch-site": "same-site"}, False, False),
        ({"sec-fetch-site": "cross-site"}, True, False),
        ({}, True, False),
        ({}, False, True),
    ],
)
def test_without_origin_the_browser_says_where_it_is(
    headers: dict[str, str], *, has_cookie: bool, passes: bool
) -> None:
    assert RULE.accepts_write(headers, has_cookie=has_cookie) is passes


def test_forwarding_headers_are_believed_from_trusted_proxies_only() -> None:
    proxies = TrustedProxies.of("10.0.0.0/8")

    def scope(peer: str) -> dict[str, object]:
        return {
            "type": "http",
            "scheme": "http",
            "client": (peer, 1),
            "headers": [
                (b"x-forwarded-proto", b"https"),
                (b"x-forwarded-for", b"6.6.6.6, 203.0.113.7, 10.0.0.9"),
            ],
        }

    assert is_https(proxies, scope("10.0.0.1"))
    assert not is_https(proxies, scope("203.0.113.9"))
    assert address_of(proxies, scope("10.0.0.1")) == "203.0.113.7"
    assert address_of(proxies, scope("203.0.113.9")) == "203.0.113.9"
