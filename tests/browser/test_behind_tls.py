"""Behind a TLS proxy: page, socket and REST work, and the cookie is for https alone."""

import re
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from fintrack.core import session_cookie
from tests.browser.tls_proxy import Certificate, make_certificate, tls_proxy
from tests.serving import fetch, serving

PASSWORD = "vier nasse Hunde am Kai"
SECONDS = 20_000
SESSION = "/api/v1/auth/session"
NAMES = (session_cookie.SESSION, session_cookie.SECURE_NAME)


@dataclass(frozen=True)
class Site:
    """FinTrack behind a proxy; ``code`` is what it printed, where it asks for one."""

    url: str
    certificate: Certificate
    code: str

    @property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificate.file))


@pytest.fixture(params=[True, False], ids=["told", "silent"])
def site(
    request: pytest.FixtureRequest, data_dir: Path, port: int, tmp_path: Path
) -> Iterator[Site]:
    """A proxy that is trusted and tells, or one that passes ``Host`` on and no more."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        outside = int(probe.getsockname()[1])
    url = f"https://localhost:{outside}"
    told = {"FINTRACK_PUBLIC_URL": url, "FINTRACK_TRUSTED_PROXIES": "127.0.0.1"}
    certificate = make_certificate(tmp_path)
    with (
        serving(data_dir, port, **(told if request.param else {})) as program,
        tls_proxy(certificate, outside, port, tells=request.param),
    ):
        fetch(port)
        yield Site(url, certificate, _code(program) if request.param else "")


def test_setup_sign_in_socket_and_rest_work_over_https(
    browser: Browser, site: Site
) -> None:
    context = browser.new_context(
        ignore_https_errors=True, base_url=site.url, locale="en-US"
    )
    context.set_default_timeout(SECONDS)
    page = context.new_page()
    page.goto("/")
    if site.code:
        page.get_by_label("Setup code").fill(site.code)
    page.get_by_label("First name").fill("Defne")
    page.get_by_label("E-mail").fill("defne@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create my account").click()
    page.get_by_role("button", name="I have kept it").click()
    # Comes over the socket, for somebody whom the socket knows.
    expect(page.get_by_role("combobox", name="Your currency")).to_have_value(
        "USD US Dollar", timeout=SECONDS
    )
    (cookie,) = _session_cookies(context)
    assert cookie["name"] == "__Host-fintrack"
    assert (cookie["secure"], cookie["httpOnly"]) == (True, True)

    page.goto("/accounts")
    page.get_by_role("button", name="Account menu").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/signin"), timeout=SECONDS)
    assert not _session_cookies(context)
    page.get_by_label("E-mail").fill("defne@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Account menu")).to_be_visible()
    context.close()
    _rest_signs_in(site)
    _foreign_pages_stay_out(site)


def _session_cookies(context: BrowserContext) -> list[Any]:
    """What signs in; the language is kept in a cookie too."""
    cookies: list[Any] = context.cookies()
    return [one for one in cookies if one["name"] in NAMES]


def _rest_signs_in(site: Site) -> None:
    given = {"email": "defne@example.org", "password": PASSWORD}
    own = {"Origin": site.url}
    with httpx.Client(base_url=site.url, verify=site.trust) as client:
        # A proxy that says nothing leaves the page's Origin as the only witness.
        made = client.post(SESSION, json=given, headers={} if site.code else own)
        assert made.status_code == 201, made.text
        assert made.headers["set-cookie"].startswith("__Host-fintrack=")
        assert "Secure" in made.headers["set-cookie"]
        assert ("strict-transport-security" in made.headers) is bool(site.code)
        assert client.get("/api/v1/me").json()["email"] == given["email"]
        assert client.delete(SESSION, headers=own).status_code == 204
        assert client.get("/api/v1/me").status_code == 401


def _foreign_pages_stay_out(site: Site) -> None:
    with httpx.Client(base_url=site.url, verify=site.trust) as client:
        evil = {"Origin": "https://evil.example"}
        assert client.post(SESSION, json={}, headers=evil).status_code == 403
    opening = "/_event/?EIO=4&transport=websocket&token=tab"
    place = site.url.replace("https", "wss") + opening
    with connect(place, ssl=site.trust, origin=site.url) as tab:  # type: ignore[arg-type]  # NewType of str
        assert str(tab.recv()).startswith("0{")
    with pytest.raises(InvalidStatus):
        connect(place, ssl=site.trust, origin="https://evil.example")  # type: ignore[arg-type]  # as above


def _code(program: subprocess.Popen[str]) -> str:
    assert program.stdout
    for line in program.stdout:
        if found := re.search(r"Setup code.*: ([A-Z2-7-]+)$", line.strip()):
            return found[1]
    pytest.fail("No setup code was printed.")
