"""Who comes back to a tab sees what is so by now."""

import re

from playwright.sync_api import Page, expect

from tests.browser.signed_in import Home, Served

LOOKS = "setInterval(() => document.dispatchEvent(new Event('visibilitychange')), 500)"


def _come_back(page: Page) -> None:
    """Headless tabs are never out of sight; the look-up of a session may be 5 s old."""
    page.evaluate(LOOKS)


def test_page_of_an_ended_session_leads_to_sign_in(served: Served, home: Home) -> None:
    own = served.move_in(home.browser)
    own.open_account("Piggy bank")
    with own.page("/accounts") as page:
        expect(page.locator("main").get_by_text("Piggy bank")).to_be_visible()
        ended = page.context.request.delete(
            "/api/v1/auth/session", headers={"Origin": own.base}
        )
        assert ended.status == 204
        _come_back(page)
        page.wait_for_url(re.compile("/signin/"))
        expect(page.get_by_text("Piggy bank")).to_have_count(0)


def test_review_counts_what_came_from_elsewhere(home: Home) -> None:
    account_id = home.open_account("Piggy bank")
    with home.page("/accounts") as page:
        expect(page.locator("main").get_by_text("Piggy bank")).to_be_visible()
        _import(home, account_id)
        _come_back(page)
        expect(page.locator(".rail .count")).to_have_text("1 left")


def test_review_counts_anew_what_a_notice_tells_of(served: Served, home: Home) -> None:
    own = served.move_in(home.browser)
    _import(own, own.open_account("Piggy bank"))
    own.post("categories", {"name": "Bread", "kind": "expense"})
    with own.page("/transactions?period=all") as page:
        count = page.locator(".rail .count")
        expect(count).to_have_text("1 left")
        page.locator(".tx", has_text="Lidl").focus()
        page.keyboard.press("x")
        expect(page.locator(".bulk .sum")).to_have_text("1 selected")
        page.keyboard.press(".")
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Category of the selected")
        dialog.get_by_label("Category").select_option(label="Bread")
        dialog.get_by_role("button", name="Apply").press("Enter")
        expect(count).to_have_count(0)
        page.keyboard.press("Control+z")
        expect(count).to_have_text("1 left")


def _import(home: Home, account_id: int) -> None:
    """As a program does it: a payment without a category."""
    context = home.context()
    sent = context.request.post(
        f"/api/v1/imports?account_id={account_id}&filename=bank.csv",
        data=b"Date;Amount;Payee\n2026-03-01;-1.50;Lidl\n",
        headers={"Origin": home.base, "Content-Type": "application/octet-stream"},
    )
    home.post(f"imports/{sent.json()['item']['id']}/confirm", {})
    context.close()
