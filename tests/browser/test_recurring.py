"""What comes again in a browser: added by keyboard, booked, skipped, forecast."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from fintrack.core.clock import utc_now
from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import DESKTOP, PHONE, Home


@pytest.fixture(scope="module")
def filled(home: Home) -> Home:
    """A bank with 100 euros, and a bill of 60 that is due today and each week."""
    bank = home.open_account("Bank", opening={"amount": "100", "currency": "EUR"})
    rent = home.post("categories", {"name": "Flat", "kind": "expense"})["item"]["id"]
    home.post(
        "recurring",
        {
            "name": "Landlord",
            "account_id": bank,
            "other_id": rent,
            "amount": {"amount": "-60.00", "currency": "EUR"},
            "pattern": "weeks",
            "starts_on": (utc_now().date() - timedelta(days=7)).isoformat(),
        },
    )
    return home


def test_first_item_is_added_with_the_keyboard_alone(home: Home) -> None:
    home.open_account("Purse")
    with home.page("/recurring") as page:
        expect(page.get_by_text("Nothing comes again yet")).to_be_visible()
        page.get_by_role("button", name="Add the first one").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_label("Name")).to_be_focused()
        page.keyboard.type("Phone")
        page.keyboard.press("Tab")
        page.keyboard.type("19.90")
        category = page.get_by_label("Category", exact=True)
        category.focus()
        page.keyboard.press("ArrowDown")
        expect(category).not_to_have_value("")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Phone was added.")).to_be_visible()
        expect(page.get_by_role("list", name="What comes again")).to_contain_text(
            "Every month on day"
        )
        # What opened the form has gone, the page has not.
        expect(page.locator("main")).to_be_focused()


def test_date_that_waits_is_booked_and_taken_back(filled: Home) -> None:
    with filled.page("/recurring") as page:
        waiting = page.get_by_role("list", name="Waits for your yes")
        row = waiting.get_by_role("listitem").filter(has_text="Landlord")
        row.get_by_role("button", name="Book").click()
        expect(page.get_by_text("Landlord was booked.")).to_be_visible()
        expect(row).to_have_count(0)
        page.get_by_role("button", name="Undo").last.click()
        expect(row).to_be_visible()


def test_all_that_waits_is_booked_by_enter_and_the_focus_is_not_lost(
    filled: Home,
) -> None:
    with filled.page("/recurring") as page:
        rows = page.get_by_role("list", name="Waits for your yes").locator(".waits")
        expect(rows.filter(has_text="Landlord")).to_be_visible()
        all_rows = rows.count()
        rows.first.get_by_role("button", name="Book").focus()
        # Enter that is held down books one of them.
        page.keyboard.down("Enter")
        expect(rows).to_have_count(all_rows - 1)
        page.keyboard.down("Enter")
        page.keyboard.up("Enter")
        for left in range(all_rows - 1, 0, -1):
            expect(rows).to_have_count(left)
            page.keyboard.press("Enter")
        expect(rows).to_have_count(0)
        # The last button has gone: the keyboard begins at the title.
        expect(page.locator("main h1")).to_be_focused()
        for left in range(1, all_rows + 1):
            page.keyboard.press("Control+z")
            expect(rows).to_have_count(left)


def test_date_to_come_is_skipped_with_the_keyboard_and_brought_back(
    filled: Home,
) -> None:
    with filled.page("/recurring") as page:
        month = page.locator(".calendar h2")
        present = month.inner_text()
        page.get_by_role("button", name="Later").click()
        expect(month).not_to_have_text(present)
        days = page.locator(".month > .full:not(.outside)")
        coming = days.filter(has_text="Landlord").last
        entry = coming.get_by_role("button", name="Landlord")
        entry.focus()
        page.keyboard.press("Enter")
        asked = page.get_by_role("dialog", name="Skip or book this date")
        expect(asked).to_contain_text("On its day it waits for your yes.")
        page.keyboard.press("Escape")
        expect(asked).to_have_count(0)
        entry.press("Enter")
        asked.get_by_role("button", name="Skip", exact=True).press("Enter")
        expect(page.get_by_text("Landlord is skipped this time.")).to_be_visible()
        expect(coming).to_contain_text("skipped")
        expect(entry).to_be_focused()
        page.keyboard.press("Enter")
        told = page.get_by_role("dialog", name="What became of it")
        expect(told).to_contain_text("It was skipped.")
        assert serious(page) == []
        page.keyboard.press("Escape")
        expect(told).to_have_count(0)
        page.get_by_role("button", name="Undo").last.click()
        expect(coming).not_to_contain_text("skipped")


def test_labels_below_zero_are_whole_on_a_phone(filled: Home) -> None:
    purse = filled.open_account("Cüzdan", opening={"amount": "9", "currency": "TRY"})
    flat = filled.post("categories", {"name": "Kira", "kind": "expense"})["item"]["id"]
    bill = {
        "name": "Kira",
        "account_id": purse,
        "other_id": flat,
        "amount": {"amount": "-799.00", "currency": "TRY"},
        "pattern": "weeks",
        "starts_on": utc_now().date().isoformat(),
    }
    filled.post("recurring", bill)
    with filled.page("/recurring", viewport=PHONE) as page:
        page.get_by_label("Account", exact=True).select_option(label="Cüzdan")
        label = page.locator(".forecast .ytick text").filter(has_text="−₺").first
        label.scroll_into_view_if_needed()
        end = label.evaluate("e => e.getBoundingClientRect().right")
        room = page.locator(".forecast .main-svg").first.evaluate(
            "e => e.getBoundingClientRect().right"
        )
        assert end <= room


def test_next_date_is_booked_today_on_a_phone(filled: Home) -> None:
    with filled.page("/recurring", viewport=PHONE) as page:
        row = page.get_by_role("list", name="What comes again").get_by_role("listitem")
        landlord = row.filter(has_text="Landlord")
        landlord.get_by_role("button", name="Skip or book the next date").click()
        asked = page.get_by_role("dialog", name="Skip or book this date")
        expect(asked.get_by_role("button", name="Book on its day")).to_be_visible()
        assert not is_too_wide(page)
        # A long name is cut; the sheet lies in a layer of its own.
        asked.locator(".what b").evaluate(
            "e => { e.textContent = 'Landlord '.repeat(9) }"
        )
        box = asked.bounding_box()
        assert box is not None
        assert box["width"] <= PHONE["width"]
        assert serious(page) == []
        asked.get_by_role("button", name="Book today").click()
        expect(page.get_by_text("Landlord was booked.")).to_be_visible()
        page.get_by_role("button", name="Undo").last.click()
        expect(page.get_by_text("Taken back.")).to_be_visible()


def test_account_that_runs_dry_is_told_here_and_on_the_dashboard(filled: Home) -> None:
    with filled.page("/recurring") as page:
        expect(page.get_by_text("Bank falls below zero").first).to_be_visible()
        page.get_by_label("Account", exact=True).select_option(label="Bank")
        expect(page.get_by_text(re.compile("^Lowest:"))).to_be_visible()
        page.get_by_text("Show as a table").click()
        expect(page.locator(".twin tbody tr")).to_have_count(91)
    with filled.page("/") as page:
        expect(page.get_by_text("Bank falls below zero")).to_be_visible()
        expect(page.get_by_role("heading", name="Upcoming")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_page_and_dialog_fit_and_have_no_serious_finding(
    filled: Home, size: Any, scheme: Any
) -> None:
    still = {"viewport": size, "color_scheme": scheme, "reduced_motion": "reduce"}
    with filled.page("/recurring", **still) as page:
        expect(page.get_by_role("list", name="What comes again")).to_be_visible()
        assert not is_too_wide(page)
        assert serious(page) == []
        page.get_by_role("button", name="Edit").last.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert serious(page) == []
