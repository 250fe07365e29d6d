"""An account in any of a thousand currencies, by keyboard and on a phone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import DESKTOP, PHONE, Home, Served, await_person


@pytest.fixture(scope="module")
def home(served_with_rates: Served, browser: Browser) -> Home:
    return served_with_rates.move_in(browser)


@pytest.fixture
def turkish_home(served_with_rates: Served, browser: Browser) -> Home:
    home = served_with_rates.move_in(browser)
    context = home.context()
    url = "/api/v1/me/settings"
    settings = {**context.request.get(url).json(), "language": "tr"}
    done = context.request.put(url, data=settings, headers={"Origin": home.base})
    assert done.ok, done.text()
    cookie: Any = {"name": "fintrack_language", "value": "tr", "url": home.base}
    context.add_cookies([cookie])
    home.cookies = context.cookies()
    context.close()
    return home


def _worth(page: Page) -> float:
    text = page.locator(".answer").first.inner_text()
    return float(text.replace("€", "").replace(".", "").replace(",", "."))


def _picker(page: Page, name: str = "Currency") -> Any:
    return page.get_by_role("combobox", name=name, exact=True)


def test_account_in_a_coin_is_opened_and_used_with_the_keyboard_alone(
    turkish_home: Home,
) -> None:
    with turkish_home.page("/accounts?new=1") as page:
        await_person(page)
        expect(page.get_by_label("Ad", exact=True)).to_be_focused()
        page.keyboard.type("Soğuk cüzdan")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(_picker(page, "Para birimi")).to_be_focused()
        expect(_picker(page, "Para birimi")).to_have_value("EUR Euro")
        # Faster than any answer comes.
        page.keyboard.type("solana")
        page.keyboard.press("Enter")
        expect(_picker(page, "Para birimi")).to_have_value("SOL Solana")
        page.keyboard.press("Tab")
        page.keyboard.type("2,5")
        page.keyboard.press("Enter")
        row = page.get_by_role("link", name="Soğuk cüzdan")
        expect(row).to_contain_text("2,50000000")
        _spend(page, "0,12345678")
        row = page.locator("main").get_by_role("link", name="Soğuk cüzdan")
        page.goto("/accounts")
        expect(row).to_contain_text("2,37654322")
        page.goto("/")
        expect(page.locator(".answer").first).to_contain_text("€")
        # On the day of the bundled rates a SOL was worth some hundred euros.
        assert 100 < _worth(page) < 1000
        assert serious(page) == []


def _spend(page: Page, amount: str) -> None:
    page.goto("/transactions")
    await_person(page)
    page.keyboard.press("n")
    expect(page.locator("#amount")).to_be_focused()
    page.keyboard.type(amount)
    page.keyboard.press("Tab")
    page.keyboard.type("Ağ ücreti")
    # A category, and back to a field in which Enter saves.
    for key in ("Tab", "ArrowDown", "Shift+Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".toast")).to_contain_text(amount)


def test_escape_leaves_the_list_and_then_the_dialog(home: Home) -> None:
    with home.page("/accounts?new=1") as page:
        await_person(page)
        picker = _picker(page)
        picker.click()
        offers = page.get_by_role("listbox").get_by_role("option")
        expect(offers.filter(has_text="EUR Euro")).to_be_visible()
        picker.fill("german mark")
        # What has ended is for converting alone.
        expect(page.get_by_text("No currency is called so")).to_be_visible()
        picker.press("Escape")
        expect(picker).to_have_value("EUR Euro")
        expect(page.get_by_role("dialog")).to_be_visible()
        picker.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_list_of_offers_is_seen_whole(home: Home, size: Any, scheme: Any) -> None:
    with home.page("/accounts?new=1", viewport=size, color_scheme=scheme) as page:
        await_person(page)
        _picker(page).click()
        _picker(page).press_sequentially("dollar")
        offers = page.get_by_role("listbox").get_by_role("option")
        expect(offers).to_have_count(10)
        offers.last.scroll_into_view_if_needed()
        expect(offers.last).to_be_in_viewport()
        assert not is_too_wide(page)
        assert serious(page) == []
        offers.filter(has_text="CAD").click()
        expect(page.get_by_role("dialog")).to_contain_text("CA$")


def test_base_currency_is_found_by_words(home: Home) -> None:
    with home.page("/settings") as page:
        await_person(page)
        picker = _picker(page, "Base currency")
        expect(picker).to_have_value("EUR Euro")
        picker.fill("swiss")
        offers = page.get_by_role("listbox").get_by_role("option")
        expect(offers.first).to_have_text("CHF Swiss Franc")
        picker.press("Enter")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator(".toast")).to_be_visible()
        page.reload()
        expect(picker).to_have_value("CHF Swiss Franc")
        assert serious(page) == []
