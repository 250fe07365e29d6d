"""Where a second factor is demanded, the way in leads past setting one up."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from pyotp.totp import TOTP

from tests.browser.barriers import findings
from tests.browser.signed_in import PHONE, Home, running_home

SECONDS = 20_000
ENROL = re.compile(r"/second-factor/?\?next=")


@pytest.fixture
def home(browser: Browser) -> Iterator[Home]:
    settings = {"FINTRACK_SECOND_FACTOR": "everybody"}
    with running_home(browser, begins=False, **settings) as home:
        yield home


def test_person_sets_the_factor_up_and_goes_on(home: Home) -> None:
    """No page opens before; then the one that was asked for."""
    with home.page("/settings/security", viewport=PHONE) as page:
        page.set_default_timeout(SECONDS)
        expect(page).to_have_url(ENROL)
        page.goto("/transactions")
        expect(page).to_have_url(ENROL)
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        assert findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_role("button", name="Set up", exact=True).click()
        dialog = page.get_by_role("dialog", name="Set up the second factor")
        expect(dialog.locator("img.qr")).to_be_visible()
        secret = (dialog.locator("code").text_content() or "").replace(" ", "")
        dialog.get_by_label("Code", exact=True).fill(TOTP(secret).now())
        dialog.get_by_role("button", name="Switch on").click()
        page.get_by_role("button", name="I have kept them").click()
        expect(page).to_have_url(re.compile("/transactions/?$"))
        expect(
            page.get_by_role("heading", name="Transactions", exact=True)
        ).to_be_visible()


def test_person_without_the_factor_signs_out(home: Home) -> None:
    with home.page("/", viewport=PHONE) as page:
        page.set_default_timeout(SECONDS)
        expect(page).to_have_url(ENROL)
        page.get_by_role("button", name="Sign out").click()
        expect(page).to_have_url(re.compile("/signin"))
