"""The pages of accounts and categories in a browser."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import DESKTOP, PHONE, Home


def test_first_account_is_opened_with_the_keyboard_alone(home: Home) -> None:
    with home.page("/accounts") as page:
        expect(page.get_by_text("No accounts yet")).to_be_visible()
        page.get_by_role("button", name="Add an account").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_label("Name")).to_be_focused()
        page.keyboard.type("Everyday")
        for _ in range(3):
            page.keyboard.press("Tab")
        page.keyboard.type("1200.50")
        page.evaluate(
            "() => { window.sent = 0;"
            " document.addEventListener('submit', () => { window.sent += 1 }, true) }"
        )
        # Enter that is held down sends once.
        page.keyboard.down("Enter")
        page.keyboard.down("Enter")
        page.keyboard.up("Enter")
        expect(page.get_by_text("Everyday was added.")).to_be_visible()
        expect(page.get_by_role("link", name="Everyday")).to_be_visible()
        assert page.evaluate("window.sent") == 1


def test_debt_of_a_card_is_explained_and_owed(home: Home) -> None:
    with home.page("/accounts") as page:
        page.get_by_role("button", name="New account").click()
        page.get_by_label("Type").select_option("CreditCard")
        expect(page.get_by_text("Enter the debt as a positive number")).to_be_visible()
        page.get_by_label("Name").fill("Visa")
        page.get_by_label("What you owe").fill("612.48")
        page.get_by_role("button", name="Add account").click()
        expect(page.get_by_role("link", name="Visa")).to_contain_text("−€612.48")


def test_account_is_edited_closed_undone_on_a_phone(home: Home) -> None:
    account_id = home.open_account("Piggy bank")
    with home.page(f"/accounts/{account_id}", viewport=PHONE) as page:
        page.get_by_role("button", name="Edit account").click()
        page.get_by_label("Name").fill("Jar")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", name="Jar")).to_be_visible()
        page.get_by_role("button", name="Edit account").click()
        page.get_by_role("button", name="Close this account").click()
        page.get_by_role("button", name="Close account", exact=True).click()
        expect(page.get_by_text("This account is closed.")).to_be_visible()
        page.get_by_role("button", name="Undo").last.click()
        expect(page.get_by_text("This account is closed.")).to_be_hidden()


def test_opening_balance_is_entered_later_and_stands(home: Home) -> None:
    account_id = home.open_account("Opened empty")
    with home.page(f"/accounts/{account_id}") as page:
        page.get_by_role("button", name="Edit account").click()
        page.get_by_label("Opening balance").fill("12.50")
        page.get_by_label("On the day").fill("2025-07-01")
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".answer")).to_have_text("€12.50")
        page.get_by_role("button", name="Edit account").click()
        expect(page.get_by_text("Opened with €12.50 on Jul 1, 2025")).to_be_visible()
        page.get_by_label("Note").fill("At the corner")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Opened empty was saved.").last).to_be_visible()
        expect(page.locator("main").get_by_text("At the corner")).to_be_visible()


def test_unknown_account_is_said_and_not_guessed(home: Home) -> None:
    with home.page("/accounts/987654") as page:
        expect(page.get_by_text("There is no such account")).to_be_visible()


def test_category_is_added_and_merged(home: Home) -> None:
    with home.page("/categories") as page:
        page.get_by_role("button", name="New category").click()
        page.get_by_label("Name").fill("Pets")
        page.get_by_role("button", name="Add category").click()
        expect(page.get_by_text("Pets was added.")).to_be_visible()
        row = page.locator("li", has_text="Pets")
        row.get_by_role("button", name="Edit category").click()
        page.get_by_role("button", name="Merge into another").click()
        page.get_by_label("Into", exact=True).select_option(label="Health")
        expect(page.get_by_text("0 transactions move from Pets")).to_be_visible()
        page.get_by_role("button", name="Merge", exact=True).click()
        expect(page.get_by_text("Everything is in Health now.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("path", ["/accounts", "/categories"])
def test_page_fits_and_has_no_serious_finding(
    home: Home, path: str, size: Any, scheme: Any
) -> None:
    with home.page(path, viewport=size, color_scheme=scheme) as page:
        expect(page.locator("a.row").first).to_be_visible()
        assert not is_too_wide(page)
        assert serious(page) == []
