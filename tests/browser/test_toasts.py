"""A notice is a sentence that appears once, and goes with what it told of."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.signed_in import Home, await_person

SEEN = "JSON.parse(sessionStorage['fintrack.notices'] ?? '[]').length === %d"


@pytest.fixture(scope="module")
def home(home: Home) -> Home:
    home.open_account("Everyday")
    return home


def _see(page: Page, text: str, count: int) -> None:
    expect(page.locator(".toast")).to_have_text(text)
    page.wait_for_function(SEEN % count)


def test_notice_that_was_seen_does_not_come_back(home: Home) -> None:
    with home.page("/history") as page:
        row = page.locator("li", has_text="Account opened")
        row.get_by_role("button", name="Undo").click()
        _see(page, "Taken back.Undo", 1)
        page.reload()
        redo = row.get_by_role("button", name="Redo")
        expect(redo).to_be_visible()
        await_person(page)
        expect(page.locator(".toast")).to_have_count(0)
        redo.click()
        _see(page, "Done again.Undo", 2)
        page.get_by_role("link", name="Accounts").first.click()
        expect(page.get_by_role("heading", name="Accounts", level=1)).to_be_visible()
        page.go_back()
        expect(row.get_by_role("button", name="Undo")).to_be_visible()
        expect(page.locator(".toast")).to_have_count(0)


def test_notice_of_what_is_taken_back_goes(home: Home) -> None:
    home.open_account("Purse")
    with home.page("/history") as page:
        row = page.locator("li", has_text="Purse")
        row.get_by_role("button", name="Undo").click()
        row.get_by_role("button", name="Redo").click()
        expect(page.locator(".toast")).to_have_text("Done again.Undo")
        page.keyboard.press("Control+z")
        expect(page.locator(".toast")).to_have_text(
            "Taken back: Account opened: PurseUndo"
        )
