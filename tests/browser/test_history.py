"""The history in a browser: who, before and after, undo and redo by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import PHONE, Home


@pytest.fixture(scope="module")
def home(home: Home) -> Home:
    home.open_account("Everyday")
    return home


def test_change_is_opened_undone_and_redone_with_the_keyboard(home: Home) -> None:
    with home.page("/history") as page:
        row = page.locator("li", has_text="Account opened")
        expect(row).to_contain_text("You · Today")
        opener = row.get_by_role("button", name="What changed")
        opener.focus()
        page.keyboard.press("Enter")
        expect(row.get_by_role("row", name="Name")).to_contain_text("Everyday")
        expect(opener).to_have_attribute("aria-expanded", "true")
        assert serious(page) == []
        page.keyboard.press("Enter")
        expect(row.get_by_role("table")).to_have_count(0)
        row.get_by_role("button", name="Undo").press("Enter")
        expect(row.get_by_text("Undone")).to_be_visible()
        page.reload()
        row.get_by_role("button", name="Redo").press("Enter")
        expect(row.get_by_role("button", name="Undo")).to_be_visible()


def test_change_is_readable_on_a_phone(home: Home) -> None:
    with home.page("/history", viewport=PHONE, color_scheme="dark") as page:
        page.get_by_role("button", name="What changed").first.click()
        expect(page.get_by_role("table").first).to_be_visible()
        assert not is_too_wide(page)
        assert serious(page) == []


def test_what_waits_is_counted_anew_by_undo_and_by_redo_in_the_notice(
    home: Home,
) -> None:
    purse = home.open_account("Purse")
    home.bring_statement(purse, "Date,Payee,Amount\n2026-11-20,Lidl,-7.00\n")
    with home.page("/history") as page:
        count = page.get_by_role("navigation", name="Main").get_by_text("1 left")
        expect(count).to_be_visible()
        row = page.locator("li", has_text="Statement imported")
        row.get_by_role("button", name="Undo").press("Enter")
        expect(count).to_have_count(0)
        page.get_by_role("region", name="Notices").get_by_role("button").first.click()
        expect(count).to_be_visible()
