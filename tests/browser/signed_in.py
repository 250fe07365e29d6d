"""A running FinTrack with Ada signed in, for tests of pages in a browser."""

import asyncio
import contextlib
import shutil
import socket
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from fintrack.cli.databases import LOG_DATABASE, MAIN_DATABASE
from fintrack.core.actor import Role
from fintrack.core.clock import utc_now
from fintrack.core.session_cookie import SESSION
from fintrack.services import database, embedded
from fintrack.services.embedded.places import find_places
from fintrack.services.sessions import new_token
from tests.belongings import make_session
from tests.books import make_person
from tests.browser.chromium import launch
from tests.serving import fetch, serving

ADA = {
    "first_name": "Ada",
    "last_name": "Bernstein",
    "email": "ada@example.org",
    "password": "seven quiet herons near Lund",
}
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
NUMBERS = count(1)
BEGINS = {"beginning": "import"}


@dataclass
class Home:
    """The address of a running FinTrack and the cookies of its only person."""

    base: str
    browser: Browser
    cookies: list[Any] = field(default_factory=list)

    def context(self, **options: Any) -> BrowserContext:
        if not self.browser.is_connected():
            self.browser = launch(self.browser.browser_type)
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

    def bring_statement(self, account_id: int, statement: str) -> None:
        """A file of the bank, imported at once."""
        context = self.context()
        sent = context.request.post(
            f"/api/v1/imports?account_id={account_id}&filename=bank.csv",
            data=statement.encode(),
            headers={"Origin": self.base, "Content-Type": "application/octet-stream"},
        )
        assert sent.ok, sent.text()
        preview_id = sent.json()["item"]["id"]
        context.close()
        self.post(f"imports/{preview_id}/confirm", {})

    def buy_tea(self, account_id: int) -> None:
        """3.20 EUR for tea today."""
        tea = {"name": "Tea", "kind": "expense"}
        place = self.post("categories", tea)["item"]["id"]
        amount = {"amount": "3.20", "currency": "EUR"}
        line = {"category_id": place, "amount": amount}
        paid = {"account_id": account_id, "amount": amount, "lines": [line]}
        today = utc_now().date().isoformat()
        self.post("transactions", {"on_date": today, "payee": "Tea", "expense": paid})


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
    with running(**settings) as served:
        home = Home(served.base, browser)
        home.post("setup", ADA)
        if begins:
            home.post("ledger/start", BEGINS)
        yield home


@dataclass(frozen=True)
class Served:
    """A running FinTrack: its address and its folder."""

    base: str
    data_dir: Path

    def move_in(self, browser: Browser) -> Home:
        """One more Ada, an admin, with books of her own that begin."""
        token = new_token()
        # Playwright has a loop in this thread already.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, _make_ada(self.data_dir, token)).result()
        home = Home(self.base, browser)
        home.cookies = [{"name": SESSION, "value": token, "url": self.base}]
        home.post("ledger/start", BEGINS)
        return home


@contextlib.contextmanager
def running(**settings: str) -> Iterator[Served]:
    """Starts FinTrack in a folder of its own."""
    folder = Path(tempfile.mkdtemp())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    try:
        with serving(folder / "data", port, **settings):
            fetch(port)
            yield Served(f"http://localhost:{port}", folder / "data")
    finally:
        shutil.rmtree(find_places(folder / "data").home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


async def _make_ada(data_dir: Path, token: str) -> None:
    with embedded.start(data_dir) as server:
        urls = server.url(MAIN_DATABASE), server.url(LOG_DATABASE)
        home = database.connect(*urls, utc_now)
        email, name = f"ada.{next(NUMBERS)}@example.org", ADA["last_name"]
        books = await make_person(home, email, Role.ADMIN, last_name=name)
        await make_session(books, token)
        await home.dispose()
