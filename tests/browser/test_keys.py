"""Keys and clicks that must not go astray: dialogs, choices, rows, second presses."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.signed_in import Home, await_person

STATEMENT = "Date;Amount;Payee\n2026-03-01;-1.50;Lidl\n2026-03-02;-2.50;Shell\n"


@pytest.fixture(scope="module")
def home(home: Home) -> Home:
    """A book with an account, a category and two imported payments to review."""
    bank = home.open_account("Everyday")
    home.post("categories", {"name": "Groceries", "kind": "expense"})
    home.bring_statement(bank, STATEMENT)
    return home


@pytest.fixture
def entry(home: Home) -> Iterator[Page]:
    """The entry line with an amount and a payee that nobody visited yet."""
    with home.page("/add?amount=3&payee=Newcomer") as page:
        expect(page.get_by_label("Amount", exact=True)).to_be_focused()
        await_person(page)
        yield page


def test_keys_of_the_page_do_nothing_behind_a_dialog(home: Home) -> None:
    home.open_account("Stays")
    with home.page("/recurring") as page:
        await_person(page)
        page.get_by_role("button", name="Add the first one").click()
        page.get_by_label("Name").fill("A long bill")
        for keys in (["n"], ["g", "a"], ["Control+z"]):
            page.get_by_role("dialog").get_by_role("button", name="Save").focus()
            for key in keys:
                page.keyboard.press(key)
        page.wait_for_timeout(500)
        expect(page.locator("main h1")).to_have_text("Recurring")
        expect(page.get_by_label("Name")).to_have_value("A long bill")
        expect(page.locator(".toast")).to_have_count(0)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.keyboard.press("g")
        page.keyboard.press("a")
        expect(page.locator("main").get_by_text("Stays")).to_be_visible()


def test_enter_on_a_closed_choice_saves_and_goes_to_what_is_missing(
    entry: Page,
) -> None:
    line = entry.locator(".entry")
    account = line.get_by_label("Account", exact=True)
    category = line.get_by_label("Category", exact=True)
    account.press("Enter")
    expect(entry.locator("#category-help")).to_contain_text("Please choose one.")
    expect(category).to_be_focused()
    category.select_option(index=1)
    expect(entry.locator("#category-help")).not_to_contain_text("Please choose one.")
    category.press("Enter")
    expect(entry.locator(".toast", has_text="Newcomer")).to_be_visible()


def test_enter_in_an_open_choice_takes_what_is_chosen(entry: Page) -> None:
    category = entry.locator(".entry").get_by_label("Category", exact=True)
    category.focus()
    for key in ("Space", "ArrowDown", "Enter"):
        entry.keyboard.press(key)
    expect(category).not_to_have_value("")
    entry.wait_for_timeout(500)
    expect(entry.locator(".toast")).to_have_count(0)
    expect(entry.get_by_label("Payee", exact=True)).to_have_value("Newcomer")


def test_enter_on_a_choice_of_a_dialog_saves(home: Home) -> None:
    with home.page("/recurring") as page:
        await_person(page)
        page.get_by_role("button", name="Add the first one").click()
        page.get_by_label("Name").fill("Phone")
        page.get_by_label("Amount", exact=True).fill("19.90")
        category = page.get_by_label("Category", exact=True)
        category.select_option(index=1)
        category.press("Enter")
        expect(page.get_by_text("Phone was added.")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("Control+z")
        expect(
            page.get_by_text("Taken back: Recurring item added: Phone")
        ).to_be_visible()


def test_keyboard_stays_on_the_row_that_it_turned(home: Home) -> None:
    home.open_account("Turned")
    with home.page("/history") as page:
        row = page.get_by_role("listitem").filter(has_text="Account opened: Turned")
        undo = row.get_by_role("button", name="Undo")
        undo.press("Enter")
        redo = row.get_by_role("button", name="Redo")
        expect(redo).to_be_focused()
        page.keyboard.press("Enter")
        expect(undo).to_be_focused()
        expect(page.get_by_text("Done again: Turned")).to_be_visible()


def test_double_click_on_undo_is_one(home: Home) -> None:
    home.open_account("Twice")
    with home.page("/history") as page:
        row = page.get_by_role("listitem").filter(has_text="Account opened: Twice")
        row.get_by_role("button", name="Undo").dblclick(delay=60)
        expect(row.get_by_role("button", name="Redo")).to_be_visible()
        page.wait_for_timeout(500)
        expect(row.get_by_role("button", name="Redo")).to_be_visible()
        expect(page.locator(".toast")).to_have_count(1)
        expect(page.locator(".toast.bad")).to_have_count(0)


def test_keyboard_is_on_the_page_where_the_opener_of_a_dialog_went(home: Home) -> None:
    home.open_account("Goes")
    with home.page("/accounts") as page:
        await_person(page)
        page.locator("main").get_by_role("link", name="Goes").click()
        expect(page.get_by_role("heading", name="Goes", level=1)).to_be_visible()
        opener = page.get_by_role("button", name="Edit account")
        button = opener.element_handle()
        opener.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        button.evaluate("button => button.remove()")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator("main")).to_be_focused()


def test_arrow_enters_the_list_of_a_page_and_no_card(home: Home) -> None:
    with home.page("/history") as page:
        await_person(page)
        expect(page.locator("main li[data-row]").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        expect(page.locator("main li[data-row]").first).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(page.locator("main li[data-row]").nth(1)).to_be_focused()
        page.goto("/")
        await_person(page)
        expect(page.locator(".dash [data-row]").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        expect(page.locator("body")).to_be_focused()


def test_one_key_pressed_three_times_at_once_reviews_without_a_fault(
    home: Home,
) -> None:
    with home.page("/review") as page:
        await_person(page)
        expect(page.locator("main").get_by_text("2 left")).to_be_visible()
        page.evaluate(
            "for (const _ of [1, 2, 3]) document.body.dispatchEvent("
            "new KeyboardEvent('keydown', { key: '1', bubbles: true }))"
        )
        expect(page.locator("main").get_by_text("1 left")).to_be_visible()
        page.wait_for_timeout(500)
        expect(page.locator(".toast.bad")).to_have_count(0)
        expect(page.locator("main").get_by_text("1 left")).to_be_visible()
