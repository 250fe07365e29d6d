"""How few keys and taps an entry costs, and what the keys of its day do."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from fintrack.core.clock import utc_now
from fintrack.core.formatting import format_day
from tests.browser.signed_in import PHONE, Home


@pytest.fixture(scope="module")
def home(home: Home) -> Home:
    """A book in which Zebra Books was visited once."""
    home.open_account("Everyday")
    return home


@pytest.fixture
def known(home: Home) -> None:
    with home.page("/add?amount=20&payee=Zebra+Books") as page:
        amount = page.get_by_label("Amount", exact=True)
        expect(amount).to_have_value("20")
        expect(page.get_by_label("Payee", exact=True)).to_have_value("Zebra Books")
        page.get_by_label("Category", exact=True).last.select_option(index=1)
        amount.press("Control+Enter")
        expect(page.locator(".tx", has_text="Zebra Books").first).to_be_visible()
        expect(page.locator(".entry")).to_have_count(0)


def _rows(page: Page) -> Locator:
    return page.locator(".tx", has_text="Zebra Books")


def _type(page: Page, keys: str) -> int:
    """Presses each key by itself; how many that were."""
    for key in keys.split():
        page.keyboard.press(key)
    return len(keys.split())


@pytest.mark.usefixtures("known")
def test_known_payee_costs_eight_keys_from_n_to_enter(home: Home) -> None:
    with home.page("/transactions") as page:
        expect(_rows(page).first).to_be_visible()
        before = _rows(page).count()
        pressed = _type(page, "n")
        expect(page.get_by_label("Amount", exact=True)).to_be_focused()
        pressed += _type(page, "1 2 Tab z e")
        expect(page.get_by_label("Payee", exact=True)).to_have_value("Zebra Books")
        pressed += _type(page, "Enter")
        expect(_rows(page)).to_have_count(before + 1)
        expect(_rows(page).first).to_contain_text("12.00")
        assert pressed <= 8


@pytest.mark.usefixtures("known")
def test_known_payee_costs_three_taps_and_the_digits_on_a_phone(home: Home) -> None:
    with home.page("/", viewport=PHONE, has_touch=True, is_mobile=True) as page:
        page.get_by_role("link", name="New transaction").tap()
        expect(page.get_by_label("Amount", exact=True)).to_be_focused()
        page.keyboard.type("7")
        page.get_by_role("button", name="Zebra Books", exact=True).tap()
        page.get_by_role("button", name="Save", exact=True).tap()
        expect(page.locator(".toast", has_text="7.00")).to_be_visible()


def test_day_is_moved_by_keys_typed_in_words_and_picked(home: Home) -> None:
    today = utc_now().date()
    with home.page("/transactions?new=1") as page:
        field = page.get_by_label("Date", exact=True)
        expect(field).to_have_value(format_day(today, "en"))
        field.focus()
        page.keyboard.press("-")
        expect(field).to_have_value(format_day(today - timedelta(days=1), "en"))
        # Faster than any answer comes.
        for key in ("ArrowUp", "+", "ArrowUp", "-", "+", "ArrowUp"):
            page.keyboard.press(key)
        expect(field).to_have_value(format_day(today + timedelta(days=3), "en"))
        page.keyboard.type("2026-02-0")
        expect(field).to_have_value("2026-02-0")
        page.keyboard.type("3")
        expect(page.locator("#on_date-help")).to_contain_text("Feb 3")
        page.locator("input.picker").fill("2026-02-04")
        expect(field).to_have_value(format_day(date(2026, 2, 4), "en"))


def test_wrong_day_is_told_beside_the_field_and_stays(home: Home) -> None:
    with home.page("/add?amount=1&payee=X&on_date=31+feb") as page:
        expect(page.get_by_label("Date", exact=True)).to_have_value("31 feb")
        page.get_by_label("Amount", exact=True).press("Enter")
        expect(page.locator("#on_date-help")).to_contain_text("Please enter a day.")
        expect(page.get_by_label("Date", exact=True)).to_have_value("31 feb")


def test_rest_of_a_split_is_put_where_one_says(home: Home) -> None:
    with home.page("/add?amount=10&payee=Market") as page:
        page.get_by_role("button", name="Split", exact=True).click()
        shares = page.get_by_role("group", name="Split")
        shares.get_by_label("Amount").nth(0).fill("3.50")
        expect(shares).to_contain_text("€6.50 left to assign")
        shares.get_by_label("Note").nth(1).fill("a present")
        shares.get_by_role("button", name="Put the rest here").nth(1).click()
        expect(shares).to_contain_text("All is assigned")
        expect(shares.get_by_label("Amount").nth(1)).to_have_value("6.50")
        expect(shares.get_by_label("Note").nth(1)).to_have_value("a present")
