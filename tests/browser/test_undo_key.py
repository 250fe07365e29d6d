"""Ctrl+Z takes the last change back on every page, and leaves text fields alone."""

import pytest
from playwright.sync_api import expect

from tests.browser.signed_in import Home, await_person

PAGES = (
    "/",
    "/transactions",
    "/review",
    "/rules",
    "/recurring",
    "/import",
    "/accounts",
    "/categories",
    "/tags",
    "/currencies",
    "/currencies/USD",
    "/history",
    "/settings",
    "/settings/trail",
)


@pytest.mark.parametrize("path", PAGES)
def test_last_change_is_taken_back_on_every_page(home: Home, path: str) -> None:
    name = f"Purse of {path}"
    home.open_account(name)
    with home.page(path) as page:
        await_person(page)
        page.wait_for_load_state("networkidle")
        page.keyboard.press("Control+z")
        expect(page.locator(".toast")).to_have_text(
            f"Taken back: Account opened: {name}Undo"
        )
        if path == "/accounts":
            expect(page.locator("main").get_by_text(name)).to_have_count(0)


def test_page_of_an_account_reads_itself_again(home: Home) -> None:
    number = home.open_account("Wallet")
    with home.page(f"/accounts/{number}") as page:
        expect(page.get_by_role("heading", name="Wallet")).to_be_visible()
        page.keyboard.press("Control+z")
        expect(page.locator(".toast")).to_contain_text("Taken back: Account opened")
        expect(page.get_by_text("There is no such account")).to_be_visible()


def test_browsers_own_undo_stays_where_text_is_written(home: Home) -> None:
    home.open_account("Kept")
    with home.page("/accounts") as page:
        await_person(page)
        page.keyboard.press("Control+k")
        field = page.get_by_role("combobox", name="Account, category, payee or page")
        field.press_sequentially("Ke")
        field.press("Control+z")
        expect(field).to_have_value("")
        page.keyboard.press("Escape")
        expect(page.locator("main").get_by_text("Kept")).to_be_visible()
        expect(page.locator(".toast")).to_have_count(0)
