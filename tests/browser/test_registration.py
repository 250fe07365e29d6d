"""From a stranger to one's own books, and back in with a forgotten password."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.barriers import is_too_wide, serious
from tests.browser.letter_box import LetterBox, letter_box
from tests.browser.signed_in import ADA, PHONE
from tests.serving import fetch, serving

SECONDS = 20_000
PASSWORD = "vier nasse Hunde am Kai"
NEW = "five slow barges under Ghent"
WORDS = {
    "en": (
        "Your own books",
        "Time left for this code:",
        "A new password",
        "Your password is changed",
    ),
    "tr": (
        "Kendi defterleriniz",
        "Bu kod için kalan süre:",
        "Yeni bir parola",
        "Parolanız değişti",
    ),
}


@pytest.fixture
def box() -> Iterator[LetterBox]:
    with letter_box() as opened:
        yield opened


@pytest.fixture
def address(data_dir: Path, port: int, box: LetterBox) -> Iterator[str]:
    with serving(data_dir, port, **box.settings):
        fetch(port)
        yield f"http://127.0.0.1:{port}"


def test_registration_and_reset_with_the_keyboard_on_a_phone(
    browser: Browser, address: str, box: LetterBox
) -> None:
    _set_up(browser, address)
    for language in WORDS:
        context = browser.new_context(viewport=PHONE, locale=language)  # type: ignore[arg-type]  # Playwright's own dictionary
        context.set_default_timeout(SECONDS)
        page = context.new_page()
        email = f"defne.{language}@example.org"
        _register(page, f"{address}/register", language, email, box)
        me = context.request.get(f"{address}/api/v1/me").json()
        assert (me["email"], me["language"]) == (email, language)
        context.clear_cookies()
        _reset(page, address, language, email, box)
        context.close()


def test_code_that_was_tried_out_shows_no_time_left(
    browser: Browser, address: str, box: LetterBox
) -> None:
    _set_up(browser, address)
    context = browser.new_context(viewport=PHONE, locale="en")  # type: ignore[arg-type]  # as above
    context.set_default_timeout(SECONDS)
    page = context.new_page()
    page.goto(f"{address}/register")
    expect(page.get_by_role("heading", name=WORDS["en"][0])).to_be_visible()
    _fill_in(page, "defne@example.org")
    code = box.next_code("defne@example.org")
    time_left = page.get_by_text(WORDS["en"][1])
    for left in (4, 3, 2, 1):
        _try_wrong(page, code)
        expect(page.get_by_text(f"Tries left: {left}")).to_be_visible()
        expect(time_left).to_be_visible()
        page.keyboard.press("Control+A")
    _try_wrong(page, code)
    expect(page.get_by_text("no longer valid")).to_be_visible()
    expect(time_left).to_have_count(0)
    page.reload()
    expect(page.locator("[name=code]")).to_be_focused()
    expect(time_left).to_have_count(0)
    _is_sound(page)
    context.close()


def test_e_mail_and_password_are_changed_in_the_settings(
    browser: Browser, address: str, box: LetterBox
) -> None:
    context = browser.new_context(viewport=PHONE, locale="en")  # type: ignore[arg-type]  # as above
    context.set_default_timeout(SECONDS)
    origin = {"Origin": address}
    assert context.request.post(f"{address}/api/v1/setup", data=ADA, headers=origin).ok
    page = context.new_page()
    page.goto(f"{address}/settings/security")
    page.get_by_label("New e-mail").fill("countess@example.org")
    page.keyboard.press("Enter")
    expect(page.locator("[name=code]")).to_be_focused()
    _is_sound(page)
    page.keyboard.insert_text(box.next_code("countess@example.org"))
    page.keyboard.press("Enter")
    expect(page.locator("[name=code]")).to_have_count(0)
    expect(page.locator("b", has_text="countess@example.org").first).to_be_visible()
    expect(page.get_by_text("Your e-mail is changed.")).to_be_visible()

    page.get_by_label("Present password").fill(ADA["password"])
    page.get_by_label("New password").fill(NEW)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your password is changed.")).to_be_visible()
    expect(page.get_by_label("New password")).to_have_value("")
    # Said once: the address does not keep it.
    page.reload()
    expect(page.get_by_label("New password")).to_be_visible()
    expect(page.get_by_text("Your password is changed.")).to_have_count(0)
    _is_sound(page)
    given = {"email": "countess@example.org", "password": NEW}
    again = browser.new_context()
    assert again.request.post(
        f"{address}/api/v1/auth/session", data=given, headers=origin
    ).ok
    again.close()
    context.close()


def _register(
    page: Page, place: str, language: str, email: str, box: LetterBox
) -> None:
    page.goto(place)
    expect(page.get_by_role("heading", name=WORDS[language][0])).to_be_visible()
    _is_sound(page)
    _fill_in(page, "wrong@example.org")
    box.next_code("wrong@example.org")
    _go_back_to(page, language, email)
    expect(page.get_by_text(WORDS[language][1])).to_be_visible()
    expect(page.get_by_text(email)).to_be_visible()
    _is_sound(page)
    _bring_code(page, box.next_code(email))
    expect(page).to_have_url(re.compile("/welcome"))
    assert "fintrack.flow" not in page.evaluate("JSON.stringify({...sessionStorage})")


def _fill_in(page: Page, email: str) -> None:
    page.locator("[name=first_name]").focus()
    for typed in ("Defne", "Karaçam", email, PASSWORD):
        _type(page, typed)
    page.keyboard.press("Tab")
    # Between the two ticks is the link to the terms.
    for key in ("Space", "Tab", "Tab", "Space", "Tab"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.locator("[name=code]")).to_be_focused()


def _go_back_to(page: Page, language: str, email: str) -> None:
    """Another e-mail; all but the password is still there."""
    _press(page, "Wrong e-mail" if language == "en" else "E-posta yanlış")
    expect(page.locator("[name=first_name]")).to_have_value("Defne")
    expect(page.locator("[name=password]")).to_have_value("")
    page.locator("[name=email]").focus()
    page.keyboard.press("Control+A")
    _type(page, email)
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("[name=code]")).to_be_focused()


def _bring_code(page: Page, code: str) -> None:
    """A telephone drops the page while its owner reads the mail; then a wrong paste."""
    field = page.locator("[name=code]")
    page.reload()
    expect(field).to_be_focused()
    _try_wrong(page, code)
    expect(field).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(f" {code} ")
    page.keyboard.press("Enter")


def _try_wrong(page: Page, code: str) -> None:
    page.keyboard.insert_text("111 111" if code.startswith("000") else "000 000")
    page.keyboard.press("Enter")
    expect(page.locator("[name=code]")).to_have_attribute("aria-invalid", "true")


def _reset(page: Page, address: str, language: str, email: str, box: LetterBox) -> None:
    page.goto(f"{address}/signin")
    _press(page, "Forgotten password" if language == "en" else "Parolamı unuttum")
    expect(page.get_by_role("heading", name=WORDS[language][2])).to_be_visible()
    page.locator("[name=email]").focus()
    page.keyboard.type(email)
    page.keyboard.press("Enter")
    expect(page.locator("[name=code]")).to_be_focused()
    _is_sound(page)
    page.keyboard.insert_text(box.next_code(email))
    page.keyboard.press("Tab")
    page.keyboard.type(NEW)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/signin"))
    expect(page.get_by_text(WORDS[language][3])).to_be_visible()
    _is_sound(page)
    page.locator("[name=email]").focus()
    _type(page, email)
    page.keyboard.type(NEW)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/(welcome)?$"))


def _set_up(browser: Browser, address: str) -> None:
    context = browser.new_context()
    origin = {"Origin": address}
    made: Any = context.request.post(
        f"{address}/api/v1/setup", data=ADA, headers=origin
    )
    assert made.ok, made.text()
    context.close()


def _type(page: Page, text: str) -> None:
    """Into the field at hand, and on to the next."""
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def _press(page: Page, name: str) -> None:
    """A link or button, by the Enter key."""
    found = page.locator("a, button").filter(has_text=name)
    found.focus()
    page.keyboard.press("Enter")


def _is_sound(page: Page) -> None:
    assert serious(page) == [], page.url
    assert not is_too_wide(page), page.url
