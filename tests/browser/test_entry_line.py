"""How few keys and taps an entry costs, and what the keys of its day do."""

import re
from datetime import date, timedelta
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Locator, Page, expect

from fintrack.core.clock import utc_now
from fintrack.core.formatting import format_day
from tests.browser.signed_in import PHONE, Home, await_person

STATEMENT = "Date;Amount;Payee\n2026-03-01;-1.50;Lidl\n2026-03-02;-2.50;Shell\n"


@pytest.fixture(scope="module")
def home(home: Home) -> Home:
    """A book with two imported payments to review."""
    bank = home.open_account("Everyday")
    home.bring_statement(bank, STATEMENT)
    return home


@pytest.fixture
def known(home: Home) -> None:
    """Zebra Books was visited."""
    _enter(home, "Zebra Books", "Everyday")


def _enter(home: Home, payee: str, account: str) -> None:
    with home.page(f"/add?amount=20&payee={quote_plus(payee)}") as page:
        amount = page.get_by_label("Amount", exact=True)
        expect(amount).to_have_value("20")
        expect(page.get_by_label("Payee", exact=True)).to_have_value(payee)
        _choice(page, "Category").select_option(index=1)
        _choice(page, "Account").select_option(account)
        amount.press("Control+Enter")
        expect(page.locator(".tx", has_text=payee).first).to_be_visible()
        expect(page.locator(".entry")).to_have_count(0)


def _choice(page: Page, name: str) -> Locator:
    return page.locator(".entry").get_by_label(name, exact=True)


def _rows(page: Page) -> Locator:
    return page.locator(".tx", has_text="Zebra Books")


def _type(page: Page, keys: str, *, pace: int = 0) -> int:
    """Presses each key by itself, ``pace`` ms long; how many that were."""
    for key in keys.split():
        page.keyboard.press(key, delay=pace)
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
@pytest.mark.parametrize("pace", [0, 40, 120])
@pytest.mark.parametrize(
    ("path", "shown"),
    [("/", "Recent transactions"), ("/review", "2 left"), ("/currencies", "Metals")],
)
def test_keys_typed_before_the_line_is_open_are_not_lost(
    home: Home, path: str, shown: str, pace: int
) -> None:
    with home.page(path) as page:
        await_person(page)
        expect(page.locator("main").get_by_text(shown).first).to_be_visible()
        _type(page, "n 1 2 5 Tab z e Enter", pace=pace)
        expect(page.locator(".toast", has_text="Zebra Books")).to_contain_text("125.00")
        expect(page.locator(".rail .count")).to_have_text("2 left")


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("path", ["/", "/transactions"])
def test_keys_typed_after_a_press_on_the_button_are_not_lost(
    home: Home, path: str
) -> None:
    with home.page(path) as page:
        await_person(page)
        main = page.locator("main")
        button = main.locator(".btn", has_text="New transaction")
        button.click()
        _type(page, "1 2 5 Tab z e Enter")
        expect(page.locator(".toast", has_text="Zebra Books")).to_contain_text("125.00")


@pytest.mark.usefixtures("known")
def test_keys_wait_for_the_new_line_where_one_was_left_open(home: Home) -> None:
    with home.page("/transactions?new=1") as page:
        amount = page.get_by_label("Amount", exact=True)
        expect(amount).to_be_focused()
        page.keyboard.type("99")
        page.locator(".rail").get_by_role("link", name="Currencies").click()
        expect(page.locator("main h1")).to_have_text("Currencies")
        _type(page, "n 1 2 x Backspace 5 Tab y Shift+Tab End 0 Tab z e Control+Enter")
        expect(page.locator(".toast", has_text="Zebra Books")).to_contain_text(
            "1,250.00"
        )
        expect(page.locator(".entry")).to_have_count(0)


@pytest.mark.usefixtures("known")
def test_known_payee_costs_three_taps_and_the_digits_on_a_phone(home: Home) -> None:
    with home.page("/", viewport=PHONE, has_touch=True, is_mobile=True) as page:
        page.get_by_role("link", name="New transaction").tap()
        expect(page.get_by_label("Amount", exact=True)).to_be_focused()
        page.keyboard.type("7")
        page.get_by_role("button", name="Zebra Books", exact=True).tap()
        save = page.get_by_role("button", name="Save", exact=True)
        save.tap()
        toast = page.locator(".toast", has_text="7.00")
        expect(toast).to_be_visible()
        told, below = toast.bounding_box(), save.bounding_box()
        assert told
        assert below
        assert told["y"] + told["height"] < below["y"]


@pytest.mark.usefixtures("known")
def test_address_fills_the_line_once(home: Home) -> None:
    with home.page("/add?amount=41&payee=Zebra+Books") as page:
        amount = page.get_by_label("Amount", exact=True)
        expect(amount).to_have_value("41")
        expect(page).to_have_url(re.compile("/transactions$"))
        amount.press("Enter")
        expect(page.locator(".toast", has_text="41.00")).to_be_visible()
        page.reload()
        await_person(page)
        expect(amount).to_have_value("")
        amount.press("Escape")
        page.locator(".rail").get_by_role("link", name="Currencies").click()
        expect(page.locator("main h1")).to_have_text("Currencies")
        page.go_back()
        expect(_rows(page).first).to_be_visible()
        expect(page.locator(".entry")).to_have_count(0)
        page.locator(".rail").get_by_role("link", name="Currencies").click()
        expect(page.locator("main h1")).to_have_text("Currencies")
        _type(page, "n 3")
        expect(amount).to_have_value("3")
        expect(page).to_have_url(re.compile("/transactions$"))
        amount.press("Escape")
        page.goto("/transactions?new=1&tag=&files=&void=1&period=all")
        expect(page).to_have_url(re.compile("[?]period=all&void=1$"))
        expect(amount).to_be_focused()


def test_memory_of_a_payee_that_was_not_meant_is_not_saved(home: Home) -> None:
    home.open_account("Purse")
    _enter(home, "Fish restaurant", "Purse")
    _enter(home, "Zebra Books", "Everyday")
    with home.page("/transactions?new=1") as page:
        expect(page.get_by_label("Amount", exact=True)).to_be_focused()
        account, category = _choice(page, "Account"), _choice(page, "Category")
        before = account.input_value()
        _type(page, "3 Tab")
        page.keyboard.type("Fish", delay=350)
        expect(account).not_to_have_value(before)
        expect(category).not_to_have_value("")
        page.keyboard.type("mongers new")
        expect(account).to_have_value(before)
        expect(category).to_have_value("")
        page.keyboard.press("Enter")
        expect(page.locator("#category-help")).to_be_visible()
        category.select_option(index=1)
        page.get_by_label("Payee", exact=True).press("Enter")
        row = page.locator(".tx", has_text="Fishmongers new").first
        expect(row).to_contain_text("Everyday")


def test_day_is_moved_by_keys_typed_in_words_and_picked(home: Home) -> None:
    today = utc_now().date()
    with home.page("/transactions?new=1") as page:
        field = page.get_by_label("Date", exact=True)
        expect(field).to_have_value(format_day(today, "en"))
        # The line takes the keyboard as it opens, and must not take it back.
        expect(page.get_by_label("Amount", exact=True)).to_be_focused()
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
        expect(page.locator("#on_date-help")).to_contain_text(
            "This day does not exist."
        )
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
        shares.get_by_label("Amount").nth(0).fill("12")
        expect(shares).to_contain_text("−€8.50 left to assign")
        shares.get_by_role("button", name="Put the rest here").nth(1).click()
        expect(shares).to_contain_text("The other parts take the whole amount.")
        shares.get_by_label("Amount").nth(0).fill("4")
        expect(shares).not_to_contain_text("The other parts take")
