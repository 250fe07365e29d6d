"""The currencies in a browser: found, and converted by keyboard and on a phone."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import PHONE, Home, Served, await_person

# Names that are cut, or broken inside of a word, which then is wider than its box.
CUT = """names => names.filter(name => {
  name.style.overflowWrap = "normal";
  return name.scrollWidth > name.clientWidth;
}).map(name => name.textContent)"""


@pytest.fixture(scope="module")
def home(served_with_rates: Served, browser: Browser) -> Home:
    return served_with_rates.move_in(browser)


def test_currency_is_found_and_an_amount_is_converted_from_either_side(
    home: Home,
) -> None:
    with home.page("/currencies") as page:
        expect(page.get_by_text("currencies have a rate of today")).to_be_visible()
        await_person(page)
        page.keyboard.press("/")
        page.keyboard.type("turkey")
        row = page.locator(".row", has_text="TRY").first
        expect(row).to_contain_text("Turkish Lira")
        expect(page.locator(".row")).to_have_count(2)
        expect(row.locator(".much")).to_contain_text("EUR")
        # Who said it and when is text of the link, not only under the pointer.
        expect(row).to_have_accessible_name(re.compile("European Central Bank, .*:00"))
        left, right = (
            page.get_by_role("textbox", name=name) for name in ("Amount", "Is worth")
        )
        expect(right).not_to_have_value("")
        shown = right.input_value()
        left.focus()
        left.fill("200")
        expect(right).not_to_have_value(shown)
        before = left.input_value(), right.input_value()
        right.fill("1")
        expect(left).not_to_have_value(before[0])
        expect(right).to_be_focused()
        page.get_by_role("button", name="Swap").click()
        expect(
            page.get_by_role("combobox", name="Currency of the amount")
        ).to_have_value("USD US Dollar")
        expect(right).to_have_value("1")
        assert serious(page) == []


def test_any_currency_is_picked_by_its_words_and_more_of_them_follow(
    home: Home,
) -> None:
    with home.page("/currencies") as page:
        await_person(page)
        picker = page.get_by_role("combobox", name="Currency of the result")
        picker.click()
        offers = page.get_by_role("listbox").get_by_role("option")
        expect(offers.filter(has_text="GBP British Pound")).to_be_visible()
        picker.fill("jap")
        expect(offers.first).to_have_text("JPY Japanese Yen")
        picker.press("Enter")
        expect(picker).to_have_value("JPY Japanese Yen")
        picker.fill("no such money")
        expect(
            page.get_by_role("listbox").get_by_text("No currency is")
        ).to_be_visible()
        assert serious(page) == []
        picker.press("Escape")
        expect(picker).to_have_value("JPY Japanese Yen")
        another = page.get_by_role("combobox", name="Add a currency")
        another.fill("swiss")
        expect(offers.first).to_have_text("CHF Swiss Franc")
        another.press("ArrowDown")
        another.press("ArrowUp")
        another.press("Enter")
        line = page.get_by_role("list", name="In other currencies")
        expect(line).to_contain_text("CHF")
        page.get_by_role("button", name="1,000").click()
        expect(page.get_by_role("textbox", name="Amount")).to_have_value("1000")
        page.get_by_role("button", name="Remove Swiss Franc").press("Enter")
        expect(line.get_by_role("listitem")).to_have_count(0)


def test_error_stands_at_its_field_and_a_result_is_copied(home: Home) -> None:
    with home.page("/currencies", permissions=["clipboard-write"]) as page:
        await_person(page)
        amount = page.get_by_role("textbox", name="Amount")
        amount.fill("12 apples")
        expect(amount).to_have_attribute("aria-invalid", "true")
        expect(page.locator("#left-help")).to_contain_text("cannot be calculated")
        page.get_by_label("At the rate of").fill("2199-01-01")
        amount.fill("12")
        expect(page.locator("#rate-day-help")).to_contain_text("no rates of a day")
        expect(page.locator("#left-help")).to_be_empty()
        page.locator(".copied").first.get_by_role("button", name="Copy").click()
        expect(page.locator(".copied [role=status]").first).to_have_text("Copied")


def test_followed_currencies_stand_on_top(home: Home) -> None:
    with home.page("/currencies") as page:
        await_person(page)
        page.keyboard.press("/")
        page.keyboard.type("turkish lira")
        star = page.get_by_role("button", name="Follow Turkish Lira").first
        star.press("Enter")
        expect(star).to_have_attribute("aria-pressed", "true")
        page.get_by_role("searchbox").fill("")
        following = page.get_by_role("list", name="Currencies you follow")
        expect(following.get_by_role("listitem")).to_have_count(1)
        expect(following).to_contain_text("Turkish Lira")
        assert serious(page) == []
        following.get_by_role("button", name="Follow Turkish Lira").click()
        expect(following).to_have_count(0)


def test_kind_narrows_a_search_by_keyboard_and_the_next_one_looks_past_it(
    home: Home,
) -> None:
    with home.page("/currencies") as page:
        await_person(page)
        page.keyboard.press("/")
        page.keyboard.type("turkey")
        rows, money = page.locator(".row"), page.get_by_role("radio", name="Money")
        expect(rows).to_have_count(2)
        expect(money).not_to_be_checked()
        money.press("Space")
        expect(rows).to_have_count(1)
        expect(money).to_be_checked()
        page.keyboard.press("ArrowLeft")
        expect(page.get_by_role("radio", name="Historic")).to_be_checked()
        expect(rows).to_contain_text("TRL")
        search = page.get_by_role("searchbox")
        expect(search).to_have_value("turkey")
        search.fill("swiss")
        expect(
            page.get_by_text("No currency of this kind is called so")
        ).to_be_visible()
        page.get_by_role("button", name="Show all").press("Enter")
        expect(rows.first).to_contain_text("CHF")
        assert serious(page) == []


def test_page_of_currencies_fits_a_phone(home: Home) -> None:
    with home.page("/currencies", viewport=PHONE, color_scheme="dark") as page:
        page.get_by_role("radio", name="Historic").click()
        expect(page.get_by_text("until").first).to_be_visible()
        expect(page.locator(".small-curve path[d]").first).to_be_attached()
        page.get_by_role("radio", name="Money").click()
        curve = page.locator(".row", has_text="Australian Dollar").locator("svg")
        expect(curve).to_be_visible()
        drawn = curve.bounding_box()
        assert drawn
        assert (drawn["width"] > PHONE["width"] / 2, drawn["height"]) == (True, 20)
        # A name is broken between its words only.
        assert not page.locator(".starred .what > b").evaluate_all(CUT)
        page.get_by_role("button", name="Show more").click()
        expect(page.locator(".row")).to_have_count(100)
        assert not is_too_wide(page)
        assert serious(page) == []
