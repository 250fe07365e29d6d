"""Books in many currencies in a browser: one sum, each by itself, what is missing."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import DESKTOP, PHONE, Home, Served, await_person

UNKNOWN = "CHE"


@pytest.fixture(scope="module")
def home(served_with_rates: Served, browser: Browser) -> Home:
    home = served_with_rates.move_in(browser)
    for name, amount, currency in (
        ("Bank", "100.00", "EUR"),
        ("Dollars", "50.00", "USD"),
        ("Units", "7.00", UNKNOWN),
    ):
        opening = {"amount": amount, "currency": currency}
        home.open_account(name, opening=opening)
    return home


def _worth(page: Page) -> float:
    text = page.locator(".answer").first.inner_text()
    return float(text.replace("€", "").replace(",", ""))


def test_dashboard_adds_up_and_names_what_it_lacks(home: Home) -> None:
    with home.page("/") as page:
        await_person(page)
        expect(page.locator(".answer").first).to_contain_text("€")
        # A dollar was between half a euro and a whole one for twenty years.
        assert 125 < _worth(page) < 150
        expect(page.get_by_text("1 currency is not counted")).to_contain_text(UNKNOWN)
        page.get_by_role("button", name="USD").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".answer").first).to_have_text("$50.00")
        page.get_by_role("button", name="All in EUR").press("Enter")
        expect(page.locator(".answer").first).to_contain_text("€")
        assert serious(page) == []


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_parts_of_the_change_are_apart_from_each_other(
    home: Home, viewport: dict[str, int]
) -> None:
    with home.page("/?period=2026", viewport=viewport) as page:
        line = page.locator(".worth-line")
        expect(line).to_contain_text("by exchange rates")
        said = line.inner_text()
        assert re.search(r"since Jan 1 ·\s", said), said
        assert not is_too_wide(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/accounts"])
def test_pages_fit_a_phone(home: Home, path: str, scheme: str) -> None:
    with home.page(path, viewport=PHONE, color_scheme=scheme) as page:
        await_person(page)
        expect(page.get_by_text("is not counted").first).to_be_visible()
        assert not is_too_wide(page)
        assert serious(page) == []


def test_transfer_proposes_what_arrives_and_stays_when_it_is_saved(home: Home) -> None:
    with home.page("/transactions?new=1") as page:
        await_person(page)
        page.get_by_role("radio", name="Transfer").click()
        page.locator("[name=account]").select_option(label="Bank")
        page.locator("[name=to_account]").select_option(label="Units")
        page.locator("#amount").fill("10")
        expect(page.get_by_text("No rate is known for this day.")).to_be_visible()
        page.locator("[name=to_account]").select_option(label="Dollars")
        page.get_by_role("button", name=re.compile("^Use .*\\$")).click()
        arrives = page.locator("#received")
        expect(arrives).not_to_have_value("")
        assert 10 < float(arrives.input_value()) < 20
        assert serious(page) == []
        arrives.press("Enter")
        expect(page.locator(".toast")).to_contain_text("saved")
