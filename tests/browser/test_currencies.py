"""The currencies in a browser: found, and converted by keyboard and on a phone."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import PHONE, Home, await_person

# The rates that come with the program are loaded behind the first page.
LOADED_SECONDS = 30


def await_rates(page: Page, row: Locator) -> None:
    """Asks again until the job has brought them."""
    for _ in range(LOADED_SECONDS):
        if "EUR" in (row.locator(".much").text_content() or ""):
            return
        page.wait_for_timeout(1000)
        page.reload()
        await_person(page)
        page.get_by_role("searchbox").fill("turkey")
        expect(page.locator(".row")).to_have_count(2)
    raise AssertionError("no rates were loaded")


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
        await_rates(page, row)
        left, right = (
            page.get_by_role("textbox", name=name) for name in ("Amount", "Result")
        )
        left.focus()
        left.fill("200")
        expect(right).not_to_have_value("")
        before = left.input_value(), right.input_value()
        right.fill("1")
        expect(left).not_to_have_value(before[0])
        expect(right).to_be_focused()
        page.get_by_role("button", name="Swap").press("Enter")
        expect(page.get_by_label("Currency").first).to_have_value("USD")
        assert serious(page) == []


def test_page_of_currencies_fits_a_phone(home: Home) -> None:
    with home.page("/currencies", viewport=PHONE, color_scheme="dark") as page:
        page.get_by_role("radio", name="Historic").click()
        expect(page.get_by_text("until").first).to_be_visible()
        page.get_by_role("button", name="Show more").click()
        expect(page.locator(".row")).to_have_count(100)
        assert not is_too_wide(page)
        assert serious(page) == []
