"""Picture, notices, consents and the language before sign-in, in a browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.signed_in import PHONE, Home, running_home
from tests.core.test_picture import photograph

SECONDS = 20_000


@pytest.fixture(scope="module")
def home(browser: Browser) -> Iterator[Home]:
    with running_home(browser) as running:
        yield running


def test_picture_is_chosen_refused_and_removed(home: Home, tmp_path: Path) -> None:
    photo, fake = tmp_path / "photo.jpg", tmp_path / "fake.png"
    photo.write_bytes(photograph())
    fake.write_bytes(b"<svg onload='alert(1)'/>")
    with home.page("/settings") as page:
        page.set_default_timeout(SECONDS)
        in_menu = page.locator(".topbar img.avatar")
        file = page.get_by_test_id("picture-file")
        expect(page.locator(".topbar .avatar")).to_have_text("AB", timeout=SECONDS)
        file.set_input_files(photo)
        expect(in_menu).to_be_visible(timeout=SECONDS)
        shown = in_menu.get_attribute("src")
        file.set_input_files(fake)
        expect(page.get_by_role("alert")).to_have_text(
            "Please choose a picture: a JPEG, PNG or WebP file."
        )
        assert in_menu.get_attribute("src") == shown
        assert in_menu.evaluate("image => image.naturalWidth") == 256
        page.get_by_role("button", name="Remove the picture").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".topbar .avatar")).to_have_text("AB")
        expect(file).to_be_focused()


def test_notices_are_switched_with_the_keyboard_on_a_phone(home: Home) -> None:
    with home.page("/settings/notices", viewport=PHONE) as page:
        page.set_default_timeout(SECONDS)
        weekly = _switch(page, "Weekly summary By e-mail")
        expect(weekly).to_be_checked()
        weekly.focus()
        page.keyboard.press("Space")
        expect(page.get_by_text("Saved.")).to_be_visible()
        expect(weekly).not_to_be_checked()
        _switch(page, "On this screen In FinTrack").click()
        expect(_switch(page, "Spending limit In FinTrack")).to_be_disabled()
        page.reload()
        expect(_switch(page, "On this screen In FinTrack")).not_to_be_checked()
        expect(weekly).not_to_be_checked()


def test_terms_are_agreed_to_later(home: Home) -> None:
    with home.page("/settings/consents") as page:
        page.set_default_timeout(SECONDS)
        page.get_by_role("button", name="Agree: Terms").click()
        expect(page.get_by_text("Your consent is kept.")).to_be_visible()
        expect(page.get_by_text(re.compile("read in English · Today"))).to_be_visible()


def test_language_is_chosen_before_sign_in_and_ones_own_comes_back(home: Home) -> None:
    context = home.browser.new_context(base_url=home.base, locale="en-GB")
    context.set_default_timeout(SECONDS)
    page = context.new_page()
    page.goto("/signin")
    page.get_by_role("button", name="Türkçe").click()
    expect(page.get_by_role("heading", name="Yeniden hoş geldiniz")).to_be_visible()
    expect(page.get_by_role("button", name="Türkçe")).to_have_attribute(
        "aria-pressed", "true"
    )
    # Ada reads English: what was chosen for the door does not stay with her.
    context.add_cookies(home.cookies)
    page.goto("/settings")
    page.wait_for_function("document.cookie.includes('fintrack_language=en')")
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    context.close()


def _switch(page: Page, name: str) -> Locator:
    return page.get_by_role("switch", name=name)
