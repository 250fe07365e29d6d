"""What a page looks like while something is under way, away or changed."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, WebSocketRoute, expect

from tests.browser.signed_in import ADA, PHONE, Home, running_home
from tests.browser.test_accounts import is_too_wide, serious

SECONDS = 20_000


@pytest.fixture(scope="module")
def home(browser: Browser) -> Iterator[Home]:
    with running_home(browser) as running:
        yield running


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_busy_button_is_read_under_the_pointer(home: Home, scheme: Any) -> None:
    """A double click sends once, and the button keeps its contrast meanwhile."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    signed_out = Home(home.base, home.browser)
    with signed_out.page("/signin", color_scheme=scheme) as page:
        page.route("**/api/v1/auth/session", hold)
        page.get_by_label("E-mail").fill(ADA["email"])
        page.get_by_label("Password", exact=True).fill(ADA["password"])
        page.get_by_role("button", name="Sign in").dblclick()
        button = page.locator("button[aria-disabled=true]")
        expect(button).to_be_visible()
        button.hover()
        assert serious(page) == []
        assert len(held) == 1
        held[0].abort()
        expect(page.get_by_text("The server did not answer.")).to_be_visible()


def test_server_that_is_away_is_said_in_the_readers_words(home: Home) -> None:
    is_away = threading.Event()
    is_away.set()

    def answer(socket: WebSocketRoute) -> None:
        if is_away.is_set():
            socket.close()
        else:
            socket.connect_to_server()

    with home.page("about:blank", viewport=PHONE) as page:
        page.route_web_socket("**/_event**", answer)
        turkish: Any = {"name": "fintrack_language", "value": "tr", "url": home.base}
        page.context.add_cookies([turkish])
        page.goto(f"{home.base}/accounts")
        note = page.get_by_text("FinTrack yanıt vermiyor.")
        expect(note).to_be_visible(timeout=SECONDS)
        expect(page.get_by_text("websocket")).to_have_count(0)
        assert not is_too_wide(page)
        assert serious(page) == []
        is_away.clear()
        expect(note).to_have_count(0, timeout=SECONDS)


def test_question_follows_a_theme_that_changes(home: Home) -> None:
    with home.page("/settings/security", color_scheme="light") as page:
        page.get_by_role("button", name="Set up", exact=True).click()
        question = page.get_by_role("dialog", name="Set up the second factor")
        expect(question).to_be_visible()
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a word of the list
            assert (scheme, serious(page)) == (scheme, [])
