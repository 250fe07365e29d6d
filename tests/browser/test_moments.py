"""What a page looks like while something is under way, away or changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import ADA, PHONE, Home, running_home
from tests.serving import fetch, serving

SECONDS = 60_000


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


def test_server_that_is_away_is_said_in_the_readers_words(
    browser: Browser, data_dir: Path, port: int
) -> None:
    context = browser.new_context(viewport=PHONE, locale="tr")  # type: ignore[arg-type]  # Playwright's own dictionary
    page = context.new_page()
    note = page.get_by_text("FinTrack yanıt vermiyor.")
    with serving(data_dir, port):
        fetch(port)
        page.goto(f"http://127.0.0.1:{port}/setup")
        expect(page.locator("[name=first_name]")).to_be_visible()
        expect(note).to_have_count(0)
    expect(note).to_be_visible(timeout=SECONDS)
    expect(page.get_by_text("websocket")).to_have_count(0)
    assert not is_too_wide(page)
    assert serious(page) == []
    with serving(data_dir, port):
        fetch(port)
        expect(note).to_have_count(0, timeout=SECONDS)
        context.close()


@pytest.mark.parametrize("route", ["/", "/transactions", "/accounts", "/currencies"])
def test_page_that_came_without_its_program_shows_bones_and_no_styles(
    home: Home, route: str
) -> None:
    context = home.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{home.base}{route}")
    expect(page.locator("main .bones").first).to_be_visible()
    assert "{" not in page.locator("body").inner_text()
    context.close()


def test_question_follows_a_theme_that_changes(home: Home) -> None:
    with home.page("/settings/security", color_scheme="light") as page:
        page.get_by_role("button", name="Set up", exact=True).click()
        question = page.get_by_role("dialog", name="Set up the second factor")
        expect(question).to_be_visible()
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            assert (scheme, serious(page)) == (scheme, [])
