"""A running FinTrack with Ada signed in, for tests of pages in a browser."""

import contextlib
import shutil
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from fintrack.services.embedded.places import find_places
from tests.serving import fetch, serving

ADA = {
    "first_name": "Ada",
    "last_name": "Bernstein",
    "email": "ada@example.org",
    "password": "seven quiet herons near Lund",
}
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}


@dataclass
class Home:
    """The address of a running FinTrack and the cookies of its only person."""

    base: str
    browser: Browser
    cookies: list[Any] = field(default_factory=list)

    def context(self, **options: Any) -> BrowserContext:
        made = self.browser.new_context(base_url=self.base, **options)
        made.add_cookies(self.cookies)
        return made

    @contextlib.contextmanager
    def page(self, path: str, **options: Any) -> Iterator[Page]:
        """A page of its own; whatever it complains about fails the test."""
        options.setdefault("viewport", DESKTOP)
        context = self.context(**options)
        page = context.new_page()
        with without_complaint(page):
            page.goto(path)
            yield page
            context.close()

    def post(self, path: str, body: dict[str, Any]) -> Any:
        context = self.context()
        answer = context.request.post(
            f"/api/v1/{path}", data=body, headers={"Origin": self.base}
        )
        assert answer.ok, answer.text()
        self.cookies = context.cookies()
        given = answer.json()
        context.close()
        return given

    def open_account(self, name: str, **more: Any) -> int:
        """An account through the API; its id."""
        opening = more.pop("opening", {"amount": "0", "currency": "EUR"})
        body = {
            "name": name,
            "type": "Checking",
            "opening": opening,
            "opened_on": "2026-01-01",
            **more,
        }
        return int(self.post("accounts", body)["item"]["id"])


@contextlib.contextmanager
def without_complaint(page: Page) -> Iterator[None]:
    """No script of the page fails until the block ends."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield
    assert not complaints


def await_person(page: Page) -> None:
    """She came over the socket, so every script of the page runs and hears keys."""
    expect(page.locator(".avatar-btn")).to_have_text("AB")


@contextlib.contextmanager
def running_home(
    browser: Browser, *, begins: bool = True, **settings: str
) -> Iterator[Home]:
    """Starts FinTrack in a folder of its own and sets it up as Ada.

    With ``begins`` she has chosen how to begin her books.
    """
    folder = Path(tempfile.mkdtemp())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    try:
        with serving(folder / "data", port, **settings):
            fetch(port)
            home = Home(f"http://localhost:{port}", browser)
            home.post("setup", ADA)
            if begins:
                home.post("ledger/start", {"beginning": "import"})
            yield home
    finally:
        shutil.rmtree(find_places(folder / "data").home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
