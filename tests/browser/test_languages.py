"""Somebody who is not signed in reads the language of their browser."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.signed_in import ADA
from tests.serving import fetch, serving

PASSWORD = "vier nasse Hunde am Kai"
SECONDS = 20_000
EVERYDAY = "Günlük hesap"


@pytest.fixture
def address(data_dir: Path, port: int) -> Iterator[str]:
    with serving(data_dir, port):
        fetch(port)
        yield f"http://127.0.0.1:{port}"


def open_context(browser: Browser, locale: str) -> BrowserContext:
    made = browser.new_context(locale=locale)
    made.set_default_timeout(SECONDS)
    return made


def language_of(page: Page) -> str:
    return str(page.evaluate("document.documentElement.lang"))


def test_turkish_browser_is_spoken_to_in_turkish_from_setup_to_sign_in(
    browser: Browser, address: str
) -> None:
    context = open_context(browser, "tr-TR")
    page = context.new_page()
    _set_up_in_turkish(page, address)
    context.clear_cookies()
    page.goto(f"{address}/signin")
    expect(page.get_by_label("E-posta")).to_be_visible()
    expect(page).to_have_title("Oturum aç · FinTrack")
    assert language_of(page) == "tr"
    context.close()

    english = open_context(browser, "en-GB")
    page = english.new_page()
    page.goto(f"{address}/signin")
    page.get_by_label("E-mail").fill("defne@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    # On a device without a choice, the person's language is taken over.
    heading = page.get_by_role("heading", name="Genel bakış")
    expect(heading).to_be_visible(timeout=SECONDS)
    expect(page).to_have_title("Genel bakış · FinTrack")
    assert language_of(page) == "tr"
    english.close()


def test_first_choice_speaks_the_persons_language_on_any_device(
    browser: Browser, address: str
) -> None:
    context = open_context(browser, "en-GB")
    said = {"Origin": address, "Accept-Language": "tr-TR,tr;q=0.9"}
    made = context.request.post(f"{address}/api/v1/setup", data=ADA, headers=said)
    assert made.ok, made.text()
    page = context.new_page()
    page.goto(f"{address}/welcome")
    heading = page.get_by_role("heading", name="Nasıl başlamak istersiniz?")
    expect(heading).to_be_visible(timeout=SECONDS)
    assert language_of(page) == "tr"
    settings = page.request.get(f"{address}/api/v1/me/settings").json()
    assert settings["language"] == "tr"
    context.close()


def test_language_that_is_not_complete_is_english_and_asks_for_nothing(
    browser: Browser, address: str
) -> None:
    context = open_context(browser, "de-DE")
    page = context.new_page()
    missing: list[str] = []
    page.on("requestfailed", lambda request: missing.append(request.url))
    page.on("response", lambda a: missing.append(a.url) if a.status >= 400 else None)
    page.goto(f"{address}/setup")
    expect(page.get_by_label("First name")).to_be_visible()
    assert language_of(page) == "en"
    assert not missing
    context.close()


def test_person_brings_their_language_to_the_device_of_another(
    browser: Browser, address: str
) -> None:
    context = open_context(browser, "en-GB")
    origin = {"Origin": address}
    for place, given in (("setup", ADA), ("ledger/start", {"beginning": "import"})):
        url = f"{address}/api/v1/{place}"
        assert context.request.post(url, data=given, headers=origin).ok
    turkish: Any = {"name": "fintrack_language", "value": "tr", "url": address}
    context.add_cookies([turkish])
    page = context.new_page()
    page.goto(address)
    heading = page.get_by_role("heading", name="Dashboard")
    expect(heading).to_be_visible(timeout=SECONDS)
    page.wait_for_function("document.cookie.includes('fintrack_language=en')")
    expect(heading).to_be_visible(timeout=SECONDS)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    context.close()


def _set_up_in_turkish(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_label("Ad", exact=True)).to_be_visible(timeout=SECONDS)
    assert language_of(page) == "tr"
    expect(page.locator(".glance")).to_contain_text("€74.589")
    page.get_by_label("E-posta").fill("defne")
    page.get_by_label("Parola", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Hesabımı oluştur").click()
    expect(page.get_by_text("Lütfen burayı doldurun.")).to_be_visible()
    page.get_by_label("Ad", exact=True).fill("Defne")
    page.get_by_role("button", name="Hesabımı oluştur").click()
    expect(page.get_by_text("Bu bir e-posta adresi değil.")).to_be_visible()
    page.get_by_label("E-posta").fill("defne@example.org")
    page.get_by_role("button", name="Hesabımı oluştur").click()
    page.get_by_role("button", name="Sakladım").click()
    page.wait_for_url(re.compile("/welcome"))
    # Made by the server, so the person's own language is kept.
    expect(page.get_by_label("Ad", exact=True)).to_have_value(EVERYDAY, timeout=SECONDS)
    assert page.request.get(f"{address}/api/v1/me").json()["language"] == "tr"
