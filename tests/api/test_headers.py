"""Every answer carries the headers that keep it where it belongs."""

from pathlib import Path

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from fintrack.api.headers import SecureHeaders, hash_script, page_policy

PAGE = (
    '<script src="/a.js"></script><script>hello()</script><script async="">x</script>'
)


async def answer_anything(scope: Scope, receive: Receive, send: Send) -> None:
    status = 404 if "missing" in Request(scope).url.path else 200
    await PlainTextResponse("text", status)(scope, receive, send)


def client(tmp_path: Path, *, https: bool = False) -> httpx.AsyncClient:
    (tmp_path / "index.html").write_text(PAGE)
    app = SecureHeaders(answer_anything, tmp_path, https=https)
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://localhost:8000")


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("http://localhost:8000/signin/?next=%2F", "/signin/?next=%2F"),
        ("http://localhost:8000//evil.example/", "/evil.example/"),
        ("http://localhost:8000/\\evil.example/", "/evil.example/"),
        ("http://localhost:8000@evil.example/", "http://localhost:8000@evil.example/"),
        ("/api/docs", "/api/docs"),
    ],
)
async def test_redirect_keeps_the_scheme_that_the_browser_used(
    tmp_path: Path, given: str, sent: str
) -> None:
    async def redirect(scope: Scope, receive: Receive, send: Send) -> None:
        answer = Response(status_code=307, headers={"Location": given})
        await answer(scope, receive, send)

    app = SecureHeaders(redirect, tmp_path, https=False)
    transport = httpx.ASGITransport(app)
    base = "http://localhost:8000"
    async with httpx.AsyncClient(transport=transport, base_url=base) as browser:
        assert (await browser.get("/signin")).headers["location"] == sent


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("Origin", None),
        ("Origin, Origin", None),
        (
            "Accept-Encoding, Origin, accept-language, Origin, Accept-Encoding",
            "Accept-Encoding, accept-language",
        ),
    ],
)
async def test_what_an_answer_depends_on_is_said_once(
    tmp_path: Path, given: str, sent: str | None
) -> None:
    """The origin is said by the layer that Reflex puts around ours."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await Response(headers={"Vary": given})(scope, receive, send)

    app = SecureHeaders(answer, tmp_path, https=False)
    transport = httpx.ASGITransport(app)
    base = "http://localhost:8000"
    async with httpx.AsyncClient(transport=transport, base_url=base) as browser:
        assert (await browser.get("/")).headers.get("vary") == sent


async def test_pages_run_only_the_scripts_of_the_build(tmp_path: Path) -> None:
    async with client(tmp_path) as browser:
        policy = (await browser.get("/")).headers["content-security-policy"]
    (scripts,) = [p for p in policy.split("; ") if p.startswith("script-src")]
    assert "'unsafe-inline'" not in scripts
    assert hash_script("hello()") in scripts
    assert hash_script("x") in scripts
    assert scripts.count("sha256-") == 2
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy


def test_hash_is_the_one_that_browsers_compute() -> None:
    # The example that the CSP specification itself gives.
    expected = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    assert hash_script("alert('Hello, world.');") == expected


def test_page_without_scripts_admits_none() -> None:
    assert "sha256" not in page_policy(["<html></html>"])


@pytest.mark.parametrize(
    ("path", "caching"),
    [
        ("/", "no-cache"),
        ("/api/openapi.json", "no-cache"),
        ("/sw.js", "no-cache"),
        ("/assets/app-1a2b3c.js", "public, max-age=31536000, immutable"),
        ("/assets/missing.js", "no-cache"),
        ("/api/v1/me", "no-store"),
        ("/metrics", "no-store"),
        ("/api/docs/swagger-ui.css", "no-cache"),
    ],
)
async def test_what_may_be_kept_and_for_how_long(
    tmp_path: Path, path: str, caching: str
) -> None:
    async with client(tmp_path) as browser:
        assert (await browser.get(path)).headers["cache-control"] == caching


async def test_common_headers_stand_on_every_answer(tmp_path: Path) -> None:
    async with client(tmp_path) as browser:
        for path in ("/", "/api/v1/me", "/api/docs", "/missing"):
            headers = (await browser.get(path)).headers
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "same-origin"
            assert headers["cross-origin-opener-policy"] == "same-origin"
            assert "geolocation=()" in headers["permissions-policy"]
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert "strict-transport-security" not in headers


async def test_https_is_remembered_where_people_come_over_https(
    tmp_path: Path,
) -> None:
    async with client(tmp_path, https=True) as browser:
        said = (await browser.get("/")).headers["strict-transport-security"]
    assert said == "max-age=63072000; includeSubDomains"


async def test_address_too_long_for_a_file_has_the_page_for_nowhere(
    tmp_path: Path,
) -> None:
    (tmp_path / "404.html").write_text("no such page")
    app = SecureHeaders(
        StaticFiles(directory=tmp_path, html=True), tmp_path, https=False
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://a") as asking:
        for length in (3, 241, 300, 5000):
            answer = await asking.get("/currencies/" + "x" * length)
            assert (answer.status_code, answer.text) == (404, "no such page")
