"""The main job from an empty installation, by keyboard alone, also on a phone."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.signed_in import ADA, DESKTOP, PHONE
from tests.browser.test_accounts import is_too_wide
from tests.serving import fetch, serving

N26 = Path(__file__).parents[1] / "data" / "banks" / "n26.csv"
SECONDS = 20_000
# The skip link, the places, the tools and a check of four rows lie before the furthest.
MOST_TABS = 60


@pytest.fixture
def address(data_dir: Path, port: int) -> Iterator[str]:
    with serving(data_dir, port):
        fetch(port)
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_file_of_a_bank_becomes_figures_and_goes_and_comes_again(
    browser: Browser, address: str, size: Any
) -> None:
    context = browser.new_context(viewport=size, locale="de-DE")
    context.set_default_timeout(SECONDS)
    page = context.new_page()
    _set_up(page, address)
    _bring_my_data(page)
    _open_account(page)
    _import(page)
    _go(page, page.get_by_role("button", name="Take back"))
    expect(page.get_by_text("n26.csv was taken back.").last).to_be_visible()
    # What told of the import is gone with it.
    expect(page.locator(".toast", has_text="were added to")).to_have_count(0)
    _import(page)
    page.goto(f"{address}/?period=2026-01")
    expect(page.locator(".flow")).to_contain_text("+€1,200.00")
    expect(page.locator(".flow")).to_contain_text("€27.52")
    expect(page.locator(".dash")).to_contain_text("Other spending")
    expect(page.locator(".dash")).to_contain_text("Studio Nord UG")
    assert not is_too_wide(page)
    context.close()


def _set_up(page: Page, address: str) -> None:
    page.goto(address)
    first = page.get_by_label("First name")
    expect(first).to_be_visible()
    first.focus()
    for field in ("first_name", "last_name", "email", "password"):
        page.keyboard.type(ADA[field])
        page.keyboard.press("Tab")
    page.get_by_role("button", name="Create my account").press("Enter")
    _go(page, page.get_by_role("button", name="I have kept it"))
    page.wait_for_url(re.compile("/welcome"))


def _bring_my_data(page: Page) -> None:
    _go(page, page.get_by_role("button", name="Choose a file"))
    page.wait_for_url(re.compile("/import"))
    _go(page, page.get_by_role("link", name="Add an account"))


def _open_account(page: Page) -> None:
    dialog = page.get_by_role("dialog", name="New account")
    name = dialog.get_by_label("Name", exact=True)
    expect(name).to_be_focused()
    page.keyboard.type("Girokonto")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/import\?account="))


def _import(page: Page) -> None:
    picker = page.get_by_test_id("statement-file")
    expect(page.get_by_label("Into the account")).not_to_have_value("")
    _reach(page, picker)
    with page.expect_file_chooser() as asked:
        picker.press("Enter")
    asked.value.set_files(N26)
    _go(page, page.get_by_role("button", name="Import 4 transactions"))
    added = page.get_by_role("heading", name="4 transactions were added")
    expect(added).to_be_visible()
    assert not is_too_wide(page)


def _go(page: Page, wanted: Locator) -> None:
    """Tabs to it and presses Enter."""
    expect(wanted.first).to_be_visible()
    _reach(page, wanted.first)
    page.keyboard.press("Enter")


def _reach(page: Page, wanted: Locator) -> None:
    is_there = "one => one === document.activeElement"
    for _ in range(MOST_TABS):
        if wanted.evaluate(is_there):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard does not reach {wanted}")
