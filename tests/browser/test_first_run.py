"""From an empty installation to one's own dashboard, as a person goes it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.barriers import is_too_wide, serious
from tests.serving import fetch, serving

PASSWORD = "vier nasse Hunde am Kai"
SECONDS = 20_000
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
STORAGES = ("sessionStorage", "localStorage")
# Lifts a number out of an amount that the page has cut into parts.
DIGITS = re.compile(r"[^\d.]")


@pytest.fixture
def address(data_dir: Path, port: int) -> Iterator[str]:
    with serving(data_dir, port):
        fetch(port)
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(
        viewport={"width": 1280, "height": 800},
        locale="de-DE",
        timezone_id="Europe/Berlin",
    )
    made.set_default_timeout(SECONDS)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def set_up(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("First name").fill("Defne")
    page.get_by_label("E-mail").fill("defne@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create my account").click()
    page.get_by_role("button", name="I have kept it").click(timeout=SECONDS)
    expect(page.get_by_role("combobox", name="Your currency")).to_have_value(
        "EUR Euro", timeout=SECONDS
    )


def show_sample(page: Page) -> None:
    page.get_by_role("button", name="Show me").click()
    expect(page.get_by_role("heading", name="Cash flow")).to_be_visible(timeout=SECONDS)
    expect(page.locator(".chart").first).to_be_visible(timeout=SECONDS)


def test_sample_data_from_setup_to_the_second_sign_in(page: Page, address: str) -> None:
    set_up(page, address)
    show_sample(page)
    _figures_are_those_of_the_api(page, address)

    page.get_by_role("button", name="Account menu").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/signin"), timeout=SECONDS)
    page.goto(address)
    expect(page).to_have_url(re.compile("/signin"), timeout=SECONDS)

    page.get_by_label("E-mail").fill("defne@example.org")
    page.get_by_label("Password", exact=True).fill("not the right words")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("is not right")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Cash flow")).to_be_visible(timeout=SECONDS)

    page.goto(f"{address}/signin")
    expect(page.get_by_role("heading", name="Dashboard")).to_be_visible(timeout=SECONDS)
    page.goto(f"{address}/setup")
    expect(page.get_by_role("heading", name="Dashboard")).to_be_visible(timeout=SECONDS)


def test_fresh_start_with_the_keyboard_alone(
    page: Page, address: str, data_dir: Path
) -> None:
    page.goto(address)
    first = page.get_by_label("First name")
    expect(first).to_be_visible(timeout=SECONDS)
    first.focus()
    for typed in ("Defne", "Karaçam", "defne@example.org", PASSWORD):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    _keep_recovery_sheet(page, data_dir)
    name = page.get_by_label("Name", exact=True)
    expect(name).to_have_value("Everyday", timeout=SECONDS)
    name.focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.type("2000+180.45")
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_have_text("€2,180.45", timeout=SECONDS)
    expect(page.get_by_text("This is sample data")).to_have_count(0)


def test_sample_data_goes_and_comes_back(page: Page, address: str) -> None:
    set_up(page, address)
    show_sample(page)
    page.get_by_role("button", name="Remove sample data").click()
    expect(page.get_by_text("Nothing here yet")).to_be_visible(timeout=SECONDS)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Cash flow")).to_be_visible(timeout=SECONDS)


def test_period_and_currency_change_what_is_seen(page: Page, address: str) -> None:
    set_up(page, address)
    show_sample(page)
    label = page.locator(".period .plain-btn")
    now = label.inner_text()
    page.get_by_role("button", name="Earlier").click()
    expect(page).to_have_url(re.compile("period="), timeout=SECONDS)
    expect(label).not_to_have_text(now, timeout=SECONDS)
    page.reload()
    expect(label).not_to_have_text(now, timeout=SECONDS)
    page.get_by_role("button", name=re.compile("^USD")).click()
    expect(page.locator(".answer")).to_contain_text("$", timeout=SECONDS)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_pages_are_accessible_and_never_wider_than_the_screen(
    browser: Browser, address: str, size: Any
) -> None:
    context = browser.new_context(viewport=size, locale="de-DE")
    context.set_default_timeout(SECONDS)
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_label("First name")).to_be_visible(timeout=SECONDS)
    _is_accessible(page)
    set_up(page, address)
    _is_accessible(page)
    show_sample(page)
    _is_accessible(page)
    page.goto(f"{address}/settings")
    expect(page.get_by_label("Time zone")).to_be_visible(timeout=SECONDS)
    _is_accessible(page)
    context.close()


def _keep_recovery_sheet(page: Page, data_dir: Path) -> None:
    """Reads the key, survives a lost socket, prints, copies and goes on."""
    expect(page.get_by_role("heading", name="Your recovery sheet")).to_be_focused(
        timeout=SECONDS
    )
    _is_accessible(page)
    key = (data_dir / "master.key").read_text(encoding="ascii").strip()
    expect(page.locator(".recovery-key")).to_have_text(key)
    page.context.set_offline(True)
    page.context.set_offline(False)
    page.emulate_media(media="print")
    expect(page.locator(".recovery-key")).to_be_visible()
    expect(page.get_by_label("First name")).to_be_hidden()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    page.emulate_media(media="screen")
    page.evaluate("window.print = () => { window.printed = true }")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("window.printed")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Copied")).to_be_focused()
    assert page.evaluate("navigator.clipboard.readText()") == key
    kept = [page.evaluate(f"JSON.stringify({{...{s}}})") for s in STORAGES]
    assert key not in str(kept)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/welcome"), timeout=SECONDS)
    page.go_back()
    expect(page.get_by_role("heading", name="Your recovery sheet")).to_have_count(0)
    assert key not in page.content()
    # Wherever the finished setup has sent this page meanwhile.
    page.goto(page.evaluate("location.origin") + "/welcome")


def _is_accessible(page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert serious(page) == [], (page.url, scheme)
    assert not is_too_wide(page), page.url


def _figures_are_those_of_the_api(page: Page, address: str) -> None:
    accounts = page.request.get(f"{address}/api/v1/accounts").json()["items"]
    total = sum(
        Decimal(a["balance"]["amount"])
        for a in accounts
        if a["balance"]["currency"] == "EUR"
    )
    shown = DIGITS.sub("", page.locator(".answer").inner_text())
    assert Decimal(shown) == total
