"""Templates at the entry line: kept, taken by keys, renamed and removed."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import PHONE, Home

TALL = 44


@pytest.fixture(scope="module")
def home(home: Home) -> Home:
    """A book with one template that leaves nothing open and one without an amount."""
    account_id = home.open_account("Everyday")
    euro = {"amount": "3.20", "currency": "EUR"}
    food = home.post("categories", {"name": "Canteen", "kind": "expense"})
    shares = [{"category_id": food["item"]["id"]}]
    for name, more in (("Coffee", {"amount": euro}), ("Market", {})):
        at: dict[str, Any] = {"account_id": account_id, "shares": shares}
        body = {"name": name, "payee": f"{name} place", "kind": "expense"}
        home.post("templates", {**body, **at, **more})
    return home


def _amount(page: Page) -> Locator:
    return page.get_by_label("Amount", exact=True)


def _open_templates(page: Page) -> Locator:
    expect(_amount(page)).to_be_focused()
    page.get_by_role("button", name="From a template").press("Enter")
    found = page.get_by_role("region", name="Templates")
    expect(found.get_by_role("button").first).to_be_focused()
    return found


def test_keys_take_a_template_and_go_on_where_something_is_open(home: Home) -> None:
    with home.page("/transactions?new=1") as page:
        listed = _open_templates(page)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(listed).to_have_count(0)
        expect(_amount(page)).to_be_focused()
        expect(_amount(page)).to_have_value("")
        expect(page.get_by_label("Payee", exact=True)).to_have_value("Market place")
        page.keyboard.type("7")
        page.keyboard.press("Enter")
        expect(page.locator(".tx", has_text="Market place")).to_contain_text("7.00")
        _open_templates(page)
        page.keyboard.press("Enter")
        expect(_amount(page)).to_have_value("3.20")
        expect(page.get_by_role("button", name="Save", exact=True)).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(".tx", has_text="Coffee place")).to_contain_text("3.20")


def test_esc_closes_the_templates_before_the_entry(home: Home) -> None:
    with home.page("/transactions?new=1") as page:
        listed = _open_templates(page)
        page.keyboard.press("Escape")
        expect(listed).to_have_count(0)
        page.get_by_role("button", name="From a template").focus()
        page.keyboard.press("Escape")
        expect(page.locator(".entry")).to_have_count(0)


def test_entry_is_kept_renamed_removed_and_brought_back(home: Home) -> None:
    with home.page("/add?amount=9&payee=Barber") as page:
        expect(_amount(page)).to_have_value("9")
        page.get_by_role("button", name="Note, tags").click()
        page.get_by_role("textbox", name="Tags").fill("hair")
        page.get_by_role("button", name="Save as template").click()
        name = page.get_by_label("Name of the template")
        expect(name).to_be_focused()
        expect(name).to_have_value("Barber")
        name.press("Enter")
        expect(
            page.locator(".toast", has_text="Template Barber: saved.")
        ).to_be_visible()
        expect(name).to_have_count(0)
        page.get_by_role("button", name="From a template").click()
        row = page.get_by_role("region", name="Templates").get_by_role("listitem").first
        expect(row).to_contain_text("Barber")
        row.get_by_role("button", name="Rename").click()
        name.fill("A haircut")
        name.press("Enter")
        expect(row).to_contain_text("A haircut")
        row.get_by_role("button", name="Remove").click()
        expect(row).to_contain_text("Coffee")
        gone = page.locator(".toast", has_text="Template A haircut: removed.")
        gone.get_by_role("button", name="Undo").click()
        expect(page.locator(".toast", has_text="Taken back.")).to_be_visible()
        page.get_by_role("button", name="From a template").click()
        page.get_by_role("button", name="From a template").click()
        expect(row).to_contain_text("A haircut")


def test_palette_opens_the_entry_by_a_template(home: Home) -> None:
    with home.page("/") as page:
        expect(page.locator("main h1")).to_be_visible()
        page.keyboard.press("Control+k")
        expect(page.get_by_role("combobox", name="Account, category")).to_be_focused()
        page.keyboard.type("coffee")
        expect(page.get_by_role("option", name="New: Coffee")).to_be_visible()
        page.get_by_role("option", name="New: Coffee").click()
        expect(_amount(page)).to_have_value("3.20")


def test_templates_fit_a_phone_and_fingers(home: Home) -> None:
    with home.page(
        "/transactions?new=1", viewport=PHONE, has_touch=True, is_mobile=True
    ) as page:
        page.get_by_role("button", name="From a template").tap()
        row = page.get_by_role("region", name="Templates").get_by_role("button").last
        expect(row).to_be_visible()
        for button in page.locator(".templates button").all():
            box = button.bounding_box()
            assert box
            assert box["height"] >= TALL
        assert not is_too_wide(page)
        assert serious(page) == []
        page.get_by_role("button", name="Coffee").first.tap()
        expect(_amount(page)).to_have_value("3.20")
        page.get_by_role("button", name="Save as template").tap()
        expect(page.get_by_label("Name of the template")).to_be_visible()
        assert not is_too_wide(page)
