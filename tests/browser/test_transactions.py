"""Transactions in a browser: by keyboard, split, moved, changed, void, two tabs."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from fintrack.services.embedded.places import find_places
from tests.browser.barriers import serious
from tests.serving import fetch, serving

PHONE = {"width": 360, "height": 740}
PASSWORD = "Vortikel-munda 88 zafra lento"


@dataclass(frozen=True)
class House:
    """A running FinTrack with sample data and the cookie of its owner."""

    url: str
    storage: Path

    def enter(self, browser: Browser, **options: object) -> BrowserContext:
        return browser.new_context(
            base_url=self.url,
            storage_state=self.storage,
            locale="en",
            **options,  # pyright: ignore[reportArgumentType] - Playwright's own options
        )


@pytest.fixture(scope="module")
def house(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("transactions")
    port = 8791
    with serving(folder / "data", port):
        fetch(port)
        url = f"http://127.0.0.1:{port}"
        context = browser.new_context(base_url=url, locale="en")
        made = context.request.post(
            "/api/v1/setup",
            headers={"origin": url},
            data={"first_name": "Ada", "email": "a@b.org", "password": PASSWORD},
        )
        assert made.ok, made.text()
        context.storage_state(path=folder / "cookies.json")
        context.close()
        subprocess.run(
            [sys.executable, "-m", "fintrack", "sample-data"],
            env={"FINTRACK_DATA_DIR": str(folder / "data"), "PATH": "/usr/bin:/bin"},
            check=True,
        )
        yield House(url, folder / "cookies.json")
    shutil.rmtree(find_places(folder / "data").home)


@pytest.fixture
def page(house: House, browser: Browser) -> Iterator[Page]:
    context = house.enter(browser)
    yield _open(context)
    context.close()


def _open(context: BrowserContext, path: str = "/transactions") -> Page:
    page = context.new_page()
    page.goto(path)
    expect(page.locator(".tx").first).to_be_visible()
    return page


def _new(page: Page) -> None:
    page.keyboard.press("n")
    expect(page.get_by_label("Amount", exact=True)).to_be_focused()


def _saved(page: Page, name: str) -> None:
    expect(page.locator(".toast", has_text=f"{name}").first).to_be_visible()


def test_entry_is_made_by_keyboard_and_stays_for_the_next(page: Page) -> None:
    _new(page)
    page.keyboard.type("12.50+3")
    expect(page.get_by_text("= €15.50")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("Zebra books")
    page.get_by_label("Category", exact=True).last.select_option(label="Health")
    page.get_by_label("Payee", exact=True).press("Enter")
    _saved(page, "Zebra books")
    expect(page.get_by_label("Amount", exact=True)).to_have_value("")
    expect(page.get_by_label("Amount", exact=True)).to_be_focused()
    expect(page.locator(".tx", has_text="Zebra books")).to_contain_text("15.50")
    page.keyboard.type("4")
    page.keyboard.press("Tab")
    page.keyboard.type("Zeb")
    expect(page.get_by_label("Payee", exact=True)).to_have_value("Zebra books")
    page.keyboard.press("Enter")
    expect(page.locator(".tx", has_text="Zebra books")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator(".entry")).to_have_count(0)


def test_split_says_what_is_left(page: Page) -> None:
    _new(page)
    page.keyboard.type("10")
    page.get_by_label("Payee", exact=True).fill("Market hall")
    page.get_by_role("button", name="Split", exact=True).click()
    shares = page.get_by_role("group", name="Split")
    shares.get_by_label("Category").nth(0).select_option(label="Health")
    shares.get_by_label("Category").nth(1).select_option(label="Travel")
    shares.get_by_label("Amount").nth(0).fill("3.50")
    expect(shares).to_contain_text("€6.50 left to assign")
    shares.get_by_label("Amount").nth(1).press("Enter")
    _saved(page, "Market hall")
    row = page.locator(".tx", has_text="Market hall")
    expect(row).to_contain_text("Split in 2")
    expect(row.locator(".tx-parts")).to_contain_text("6.50")


def test_kept_one_is_split_and_saved_by_keys(page: Page) -> None:
    _record_by_mouse(page, "Cut in two", "10")
    page.locator(".tx", has_text="Cut in two").click()
    dialog = page.get_by_role("dialog", name="Edit transaction")
    dialog.get_by_role("button", name="Split", exact=True).click()
    shares = dialog.get_by_role("group", name="Split")
    shares.get_by_label("Category").nth(1).select_option(label="Travel")
    shares.get_by_label("Amount").nth(0).fill("3.50")
    parts = shares.bounding_box()
    save = dialog.get_by_role("button", name="Save", exact=True).bounding_box()
    assert parts
    assert save
    assert parts["y"] + parts["height"] <= save["y"]
    shares.get_by_label("Amount").nth(1).fill("6.50")
    page.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator(".tx", has_text="Cut in two")).to_contain_text("Split in 2")


def test_transfer_between_currencies_asks_what_arrives(page: Page) -> None:
    _new(page)
    page.get_by_role("radio", name="Transfer").click()
    options = page.get_by_label("From account").locator("option")
    expect(options.nth(2)).to_be_attached()
    accounts = options.all_inner_texts()
    euros = next(name for name in accounts if "Everyday" in name)
    dollars = next(name for name in accounts if "Dollar" in name)
    page.get_by_label("From account").select_option(label=euros)
    page.get_by_label("To account").select_option(label=dollars)
    expect(page.get_by_label("Arrives")).to_be_visible()
    page.get_by_label("Amount", exact=True).fill("10")
    page.get_by_label("Arrives").fill("486")
    page.get_by_label("Payee", exact=True).fill("Changed money")
    page.get_by_label("Arrives").press("Enter")
    _saved(page, "Changed money")
    row = page.locator(".tx", has_text="Changed money")
    expect(row).to_contain_text("Transfer")
    expect(row).to_contain_text("486")


def test_edit_void_and_undo(page: Page) -> None:
    _record_by_mouse(page, "Book fair", "20")
    row = page.locator(".tx", has_text="Book fair")
    row.click()
    dialog = page.get_by_role("dialog", name="Edit transaction")
    dialog.get_by_label("Amount", exact=True).fill("21")
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(row).to_contain_text("21.00")
    expect(dialog).to_be_hidden()
    row.click()
    dialog.get_by_role("button", name="Make void").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Make it void").click()
    expect(row).to_have_count(0)
    page.locator(".toast", has_text="void").get_by_role("button", name="Undo").click()
    expect(row).to_have_count(1)
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("Control+z")
    expect(row).to_contain_text("20.00")


def test_second_tab_conflict_keeps_mine(page: Page) -> None:
    _record_by_mouse(page, "Twice seen", "30")
    other = _open(page.context)
    for tab, amount in ((page, "31"), (other, "32")):
        tab.locator(".tx", has_text="Twice seen").click()
        tab.get_by_role("dialog").get_by_label("Amount", exact=True).fill(amount)
    page.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".tx", has_text="Twice seen")).to_contain_text("31.00")
    other.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
    expect(other.get_by_text("Someone changed this in the meantime")).to_be_visible()
    other.get_by_role("dialog").get_by_label("Amount", exact=True).fill("33")
    other.get_by_role("button", name="Keep mine").click()
    expect(other.locator(".tx", has_text="Twice seen")).to_contain_text("33.00")


def test_filters_survive_a_reload(page: Page) -> None:
    _record_by_mouse(page, "Rare payee", "40")
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("/")
    page.keyboard.type("rare pay")
    expect(page.locator(".tx")).to_have_count(1)
    assert "q=rare" in page.url
    page.reload()
    expect(page.locator(".tx")).to_have_count(1)
    expect(page.get_by_role("searchbox")).to_have_value("rare pay")
    page.goto("/transactions?q=nowhere")
    expect(page.get_by_text("Nothing matches in")).to_be_visible()
    page.get_by_role("button", name="Clear filters").last.click()
    expect(page.locator(".tx").nth(5)).to_be_visible()


def test_arrows_move_in_the_list(page: Page) -> None:
    page.locator(".tx").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".tx").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Edit transaction")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Edit transaction")).to_be_hidden()


def test_history_takes_back_and_brings_again(page: Page) -> None:
    _record_by_mouse(page, "Looked up", "50")
    page.goto("/history")
    first = page.locator(".rows .row").first
    expect(first).to_contain_text("Transaction recorded")
    first.get_by_role("button", name="Undo").click()
    recorded = page.locator(".rows .row", has_text="Transaction recorded")
    undone = recorded.filter(has_text="Undone").first
    expect(undone).to_be_visible()
    undone.get_by_role("button", name="Redo").click()
    again = page.locator(".rows .row", has_text="Transaction recorded").first
    expect(again.get_by_role("button", name="Undo")).to_be_visible()


def test_nothing_moves_sideways_on_a_phone(house: House, browser: Browser) -> None:
    context = house.enter(browser, viewport=PHONE)
    page = _open(context)
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) == PHONE["width"]
    page.locator(".tab-add").click()
    expect(page.get_by_label("Amount", exact=True)).to_be_focused()
    assert page.evaluate(wide) == PHONE["width"]
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_serious_finding_of_axe(house: House, browser: Browser, theme: str) -> None:
    context = house.enter(browser, color_scheme=theme, reduced_motion="reduce")
    page = _open(context)
    _new(page)
    page.get_by_role("button", name="Split", exact=True).click()
    expect(page.get_by_role("group", name="Split")).to_be_visible()
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.locator(".tx").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert serious(page) == []
    page.goto("/history")
    expect(page.locator(".rows .row").first).to_be_visible()
    assert serious(page) == []
    context.close()


def _record_by_mouse(page: Page, name: str, amount: str) -> None:
    page.get_by_role("button", name="New transaction").click()
    entry = page.get_by_role("region", name="New transaction")
    entry.get_by_label("Amount", exact=True).fill(amount)
    entry.get_by_label("Payee", exact=True).fill(name)
    entry.get_by_label("Category", exact=True).select_option(label="Health")
    entry.get_by_role("button", name="Save", exact=True).click()
    _saved(page, name)
    entry.get_by_role("button", name="Close").click()
    expect(entry).to_have_count(0)
