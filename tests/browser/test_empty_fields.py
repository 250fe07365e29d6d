"""Forms for secrets name what is missing beside its field, before anything is sent."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from tests.browser.signed_in import ADA, PHONE, Home, running_home

EMPTY = "Please fill this in."
UNTICKED = "Please tick this box."


@pytest.fixture(scope="module")
def home(browser: Browser) -> Iterator[Home]:
    with running_home(browser) as home:
        yield home


def test_empty_sign_in_names_both_fields_and_counts_no_try(home: Home) -> None:
    home = Home(home.base, home.browser)
    with home.page("/signin") as page:
        sent = _sent(page)
        submit = page.locator("form [type=submit]")
        expect(submit).to_be_enabled()
        submit.click()
        email, password = _named(page, "email"), _named(page, "password")
        _is_said(email, EMPTY)
        _is_said(password, EMPTY)
        expect(email).to_be_focused()
        email.fill(ADA["email"])
        email.press("Enter")
        expect(email).to_have_attribute("aria-invalid", "false")
        expect(password).to_be_focused()
        assert not sent


def test_registration_names_all_but_what_may_stay_empty(home: Home) -> None:
    home = Home(home.base, home.browser)
    with home.page("/register", viewport=PHONE) as page:
        sent = _sent(page)
        expect(page.locator("form [type=submit]")).to_be_enabled()
        _named(page, "email").fill("not an address")
        _named(page, "email").press("Enter")
        for name in ("first_name", "password"):
            _is_said(_named(page, name), EMPTY)
        for name in ("agrees_to_terms", "is_of_age"):
            _is_said(_named(page, name), UNTICKED)
        for name in ("last_name", "email"):
            expect(_named(page, name)).to_have_attribute("aria-invalid", "false")
        expect(_named(page, "first_name")).to_be_focused()
        assert not sent


def test_what_the_server_finds_stands_beside_its_field(home: Home) -> None:
    home = Home(home.base, home.browser)
    with home.page("/register", viewport=PHONE) as page:
        expect(page.locator("form [type=submit]")).to_be_enabled()
        _named(page, "first_name").fill("Defne")
        _named(page, "email").fill("not an address")
        _named(page, "password").fill("short")
        _named(page, "agrees_to_terms").check()
        _named(page, "is_of_age").check()
        _named(page, "email").press("Enter")
        _is_said(_named(page, "email"), "This is not an e-mail address.")
        expect(_named(page, "password")).to_have_attribute("aria-invalid", "true")
        expect(_named(page, "email")).to_be_focused()
        expect(page.locator("form .callout")).to_have_count(0)


def test_proof_without_a_password_is_not_sent(home: Home) -> None:
    refusal = '{"code": "step-up-needed", "detail": "Please confirm.", "errors": []}'
    with home.page("/settings/security") as page:
        page.route(
            "**/api/v1/me/email",
            lambda route: route.fulfill(
                status=403, content_type="application/json", body=refusal
            ),
        )
        page.get_by_label("New e-mail").fill("countess@example.org")
        page.get_by_label("New e-mail").press("Enter")
        dialog = page.get_by_role("dialog")
        confirm = dialog.get_by_role("button", name="Confirm")
        expect(confirm).to_be_visible()
        sent = _sent(page)
        confirm.click()
        _is_said(dialog.locator("[name=password]"), EMPTY)
        expect(dialog.locator("[name=password]")).to_be_focused()
        assert not sent


def _sent(page: Page) -> list[str]:
    """What the page sends to the server from now on, by address."""
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.method != "GET" and "/api/" in request.url:
            sent.append(request.url)

    page.on("request", note)
    return sent


def _named(page: Page, name: str) -> Locator:
    return page.locator(f"form [name={name}]")


def _is_said(field: Locator, words: str) -> None:
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(words)
