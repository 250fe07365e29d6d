"""The page of one currency in a browser: by keyboard, on a phone, in both themes."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import PHONE, Home, Served, await_person

SHOWN = "/currencies/TRY?in=EUR&period=5Y"


@pytest.fixture(scope="module")
def home(served_with_rates: Served, browser: Browser) -> Home:
    return served_with_rates.move_in(browser)


def await_rate(page: Page) -> None:
    await_person(page)
    expect(page.locator(".answer .num")).to_be_visible()
    expect(page.locator(".js-plotly-plot").first).to_be_visible()


def test_row_of_the_list_leads_to_the_page_and_back(home: Home) -> None:
    with home.page("/currencies") as page:
        await_person(page)
        page.keyboard.press("/")
        page.keyboard.type("turkey")
        row = page.get_by_role("link", name="Turkish Lira").first
        expect(page.locator(".row")).to_have_count(2)
        row.press("Enter")
        expect(page).to_have_url(re.compile("/currencies/TRY"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Turkish Lira")
        page.get_by_role("link", name="Currencies").last.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Currencies")


def test_what_is_chosen_stands_in_the_address_and_stays(home: Home) -> None:
    with home.page(SHOWN) as page:
        await_rate(page)
        expect(page.locator(".pair")).to_contain_text("1 Turkish lira is")
        page.get_by_role("button", name="The other way round").press("Enter")
        expect(page.locator(".pair")).to_contain_text("1 euro is")
        expect(page).to_have_url(re.compile("swap=1"))
        page.get_by_role("radio", name="5Y").focus()
        page.keyboard.press("ArrowRight")
        expect(page).to_have_url(re.compile("period=MAX"))
        page.get_by_label("Compare with").select_option("USD")
        # The address is what is asked; nobody chooses twice before it has followed.
        expect(page).to_have_url(re.compile("with=usd"))
        page.get_by_label("Compare with").select_option("GBP")
        expect(page).to_have_url(re.compile("with=usd,gbp"))
        expect(page.locator(".compared .one")).to_have_count(3)
        page.reload()
        await_rate(page)
        expect(page.locator(".compared .one")).to_have_count(3)
        expect(page.locator(".js-plotly-plot")).to_have_count(2)
        page.get_by_role("button", name="Remove US Dollar").click()
        expect(page.locator(".compared .one")).to_have_count(2)
        expect(page).to_have_url(re.compile("with=gbp"))


def test_chart_has_a_table_that_says_how_each_rate_is_known(home: Home) -> None:
    with home.page("/currencies/TRY?in=EUR&period=1M") as page:
        await_rate(page)
        page.get_by_text("Show as a table").first.click()
        table = page.locator(".twin table").first
        expect(
            table.get_by_role("columnheader", name="How it is known")
        ).to_be_visible()
        expect(table).to_contain_text("carried forward")
        expect(table).to_contain_text("quoted")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_fits_a_phone_and_has_no_barrier(home: Home, scheme: str) -> None:
    shown = f"{SHOWN}&with=usd,gbp,jpy"
    with home.page(shown, viewport=PHONE, color_scheme=scheme) as page:
        await_rate(page)
        expect(page.locator(".js-plotly-plot")).to_have_count(2)
        assert not is_too_wide(page)
        assert serious(page) == []


def test_money_of_yesterday_says_until_when_and_what_came_then(home: Home) -> None:
    with home.page("/currencies/TRL") as page:
        expect(page.get_by_text("until 2005, then Turkish Lira")).to_be_visible()
        page.get_by_role("link", name="Turkish Lira").click()
        expect(page).to_have_url(re.compile("/currencies/TRY"))
    with home.page("/currencies/TRL?in=TRY") as page:
        expect(page.get_by_text("Fixed by law, it does not move.")).to_be_visible()
    with home.page("/currencies/NOPE") as page:
        expect(page.get_by_text("There is no such currency")).to_be_visible()
        assert serious(page) == []


def test_own_rate_is_set_by_keyboard_wins_and_is_taken_back(home: Home) -> None:
    with home.page("/currencies/UYU?in=EUR") as page:
        await_person(page)
        field = page.get_by_label("1 UYU in EUR")
        field.fill("0.5")
        field.press("Enter")
        expect(page.get_by_text("1 UYU = 0.5000 EUR").first).to_be_visible()
        expect(page.locator(".answer .num")).to_have_text("0.5000")
        expect(page.get_by_text("Your own rate, Today").first).to_be_visible()
        # A notice under the pointer stays while the page is looked through.
        page.locator(".toast").hover()
        assert serious(page) == []
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".own-rates")).to_have_count(0)
        expect(page.locator(".answer .num")).not_to_have_text("0.5000")


def test_double_click_sets_an_own_rate_once(home: Home) -> None:
    with home.page("/currencies/UYU?in=EUR") as page:
        await_person(page)
        page.get_by_label("1 UYU in EUR").fill("0.4")
        page.get_by_role("button", name="Set this rate").dblclick()
        expect(page.locator(".answer .num")).to_have_text("0.4000")
        expect(page.locator(".own-rates li")).to_have_count(1)
        expect(page.locator(".toast")).to_have_count(1)
        expect(page.get_by_text("Please enter a rate.")).to_have_count(0)


def _spoken_on(home: Home) -> str:
    """The last day of the rates that come with the program."""
    context = home.context()
    place = "/api/v1/currencies/convert?from=USD&to=EUR&amount=1"
    seen_at = context.request.get(place).json()["rate"]["seen_at"]
    context.close()
    return str(seen_at)[:10]


def test_rate_far_from_the_sources_is_asked_about_and_long_ones_wrap(
    home: Home,
) -> None:
    with home.page("/currencies/USD?in=EUR", viewport=PHONE) as page:
        await_rate(page)
        page.locator("#own-rate").fill("999999999999")
        # Sources that were silent for a month are no reason to ask.
        page.locator("#own-day").fill(_spoken_on(home))
        page.get_by_role("button", name="Set this rate").click()
        question = page.get_by_role("alertdialog")
        expect(question).to_contain_text("times what the sources say")
        assert not is_too_wide(page)
        question.get_by_role("button", name="Change it").click()
        expect(page.locator("#own-rate")).to_have_value("999999999999")
        page.get_by_role("button", name="Set this rate").click()
        question.get_by_role("button", name="Set it anyway").click()
        expect(page.locator(".answer .num")).to_have_text("999,999,999,999.00")
        assert not is_too_wide(page)
        page.get_by_role("button", name="Remove this rate").click()
        expect(page.locator(".answer .num")).not_to_contain_text("999,999")
