"""Search and jump in a browser: by keyboard, on a phone, from every page."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.barriers import serious
from tests.browser.signed_in import PHONE, Home, Served, await_person


@pytest.fixture(scope="module")
def home(served_with_rates: Served, browser: Browser) -> Home:
    home = served_with_rates.move_in(browser)
    home.open_account("Holiday fund")
    home.open_account("Household")
    return home


def _field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Account, category, payee or page")


def _open(page: Page) -> None:
    await_person(page)
    page.keyboard.press("Control+k")
    expect(_field(page)).to_be_focused()


def test_an_account_is_two_keys_and_a_word_away(home: Home) -> None:
    with home.page("/settings") as page:
        _open(page)
        page.keyboard.type("hol fu")
        expect(page.get_by_role("option", name="Holiday fund")).to_have_attribute(
            "aria-selected", "true"
        )
        page.keyboard.press("Enter")
        expect(page.locator("main h1")).to_have_text("Holiday fund")
        expect(_field(page)).to_be_hidden()


def test_an_amount_is_converted_and_taken_to_the_converter(home: Home) -> None:
    with home.page("/settings") as page:
        _open(page)
        page.keyboard.type("100 usd in try")
        # What was asked for one word before was in euros.
        converted = re.compile("100.00 US dollars.*Turkish", re.IGNORECASE)
        found = page.get_by_role("option").filter(has_text=converted)
        expect(found).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Enter")
        expect(page.locator("main h1")).to_have_text("Currencies")
        amount = page.get_by_role("textbox", name="Amount")
        expect(amount).to_have_value("100")
        target = page.get_by_role("combobox", name="Currency of the result")
        expect(target).to_have_value("TRY Turkish Lira")


def test_arrows_choose_and_escape_leaves_no_trace(home: Home) -> None:
    with home.page("/settings") as page:
        _open(page)
        page.keyboard.type("ho")
        options = page.locator("#palette-list").get_by_role("option")
        expect(options.filter(has_text="Household")).to_be_visible()
        page.keyboard.press("ArrowUp")
        expect(options.last).to_have_attribute("aria-selected", "true")
        page.keyboard.press("ArrowDown")
        expect(options.first).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Escape")
        expect(page.locator("main h1")).to_have_text("Settings")
        _open(page)
        expect(_field(page)).to_have_value("")
        expect(page.get_by_role("option", name="Holiday fund")).to_have_count(0)


def test_places_are_found_too(home: Home) -> None:
    with home.page("/settings") as page:
        _open(page)
        page.keyboard.type("categ")
        page.keyboard.press("Enter")
        expect(page.locator("main h1")).to_have_text("Categories")


def test_amounts_are_hidden_and_a_rule_is_begun_from_everywhere(home: Home) -> None:
    with home.page("/settings", color_scheme="light") as page:
        for typed in ("hide", "dark"):
            _open(page)
            page.keyboard.type(typed)
            page.keyboard.press("Enter")
            expect(_field(page)).to_be_hidden()
        expect(page.locator(":root")).to_have_attribute("data-privacy", "on")
        expect(page.locator(":root")).to_have_class(re.compile("dark"))
        _open(page)
        page.keyboard.type("new rule")
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name="New rule")).to_be_visible()


def test_every_word_can_be_searched_in_all_transactions(home: Home) -> None:
    with home.page("/transactions") as page:
        _open(page)
        page.keyboard.type("no such & thing")
        page.keyboard.press("Enter")
        expect(page).to_have_url(
            f"{home.base}/transactions?period=all&q=no%20such%20%26%20thing"
        )
        expect(page.get_by_text("“no such & thing”")).to_be_visible()


def test_a_page_without_a_search_field_opens_it_by_slash(home: Home) -> None:
    with home.page("/settings") as page:
        await_person(page)
        page.keyboard.press("/")
        expect(_field(page)).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_works_by_touch_and_reads_well(home: Home, theme: str) -> None:
    options = {"viewport": PHONE, "has_touch": True, "color_scheme": theme}
    with home.page("/", **options) as page:
        search = page.get_by_role("button", name="Search or jump to")
        search.tap()
        page.get_by_role("button", name="Close").tap()
        expect(_field(page)).to_be_hidden()
        search.tap()
        _field(page).fill("house")
        found = page.get_by_role("option", name="Household")
        expect(found).to_be_visible()
        assert not serious(page)
        found.tap()
        expect(page.locator("main h1")).to_have_text("Household")
