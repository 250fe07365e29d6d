"""The page that tells who saw and changed one's data, in a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import PHONE, Home, running_home


@pytest.fixture(scope="module")
def home(browser: Browser) -> Iterator[Home]:
    with running_home(browser) as running:
        yield running


def test_settings_lead_to_ones_own_trail(home: Home) -> None:
    home.open_account("Everyday")
    with home.page("/settings") as page:
        page.get_by_role("link", name="Look").click()
        expect(
            page.get_by_role("heading", name="Who saw and changed my data")
        ).to_be_visible()
        rows = page.get_by_role("listitem")
        expect(rows.filter(has_text="Account opened").first).to_contain_text("You")
        expect(rows.filter(has_text="Signed in").first).to_contain_text("127.0.0.1")
        assert serious(page) == []


def test_trail_fits_on_a_phone(home: Home) -> None:
    with home.page("/settings/trail", viewport=PHONE) as page:
        expect(page.get_by_text("Signed in").first).to_be_visible()
        assert not is_too_wide(page)
        assert serious(page) == []
