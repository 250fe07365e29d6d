"""A key does what it was meant for: choices that act at once, Esc, an input method."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.signed_in import Home, await_person

STATEMENT = "Date;Amount;Payee\n2026-03-01;-1.50;Lidl\n2026-03-02;-2.50;Shell\n"
# Safari tells of the key that ends a composition by its number alone.
COMPOSING = pytest.mark.parametrize(
    "how", ["isComposing: true", "keyCode: 229"], ids=["composing", "ends"]
)


@pytest.fixture(scope="module")
def home(home: Home) -> Home:
    """A book with an account, two categories and two payments to review."""
    bank = home.open_account("Everyday")
    for name in ("Groceries", "Zoo"):
        home.post("categories", {"name": name, "kind": "expense"})
    home.bring_statement(bank, STATEMENT)
    home.buy_tea(bank)
    return home


@pytest.fixture
def line(home: Home) -> Iterator[Page]:
    """The list with a half-filled entry line; the focus is on the page."""
    with home.page("/transactions") as page:
        await_person(page)
        expect(page.locator(".tx").first).to_be_visible()
        page.keyboard.press("n")
        expect(_payee(page)).to_be_visible()
        _payee(page).fill("Half a word")
        yield page


def _payee(page: Page) -> Locator:
    return page.locator(".entry").get_by_label("Payee", exact=True)


def _stays(page: Page) -> None:
    page.wait_for_timeout(500)
    expect(_payee(page)).to_have_value("Half a word")


def press_composing(field: Locator, key: str, how: str) -> None:
    field.evaluate(
        f"(field, key) => field.dispatchEvent(new KeyboardEvent('keydown', "
        f"{{ key, {how}, bubbles: true, cancelable: true }}))",
        key,
    )


@pytest.mark.parametrize("key", ["ArrowDown", "ArrowUp", "z", "End"])
def test_key_on_a_closed_choice_that_acts_at_once_opens_it(
    home: Home, key: str
) -> None:
    with home.page("/review") as page:
        await_person(page)
        another = page.get_by_label("Another category").first
        another.focus()
        page.keyboard.press(key)
        expect(page.locator("select:open")).to_have_count(1)
        page.wait_for_timeout(500)
        expect(page.locator("main").get_by_text("2 left")).to_be_visible()
        expect(page.locator(".toast")).to_have_count(0)


def test_arrows_alone_reach_the_last_category(home: Home) -> None:
    with home.page("/review") as page:
        await_person(page)
        expect(page.locator("main").get_by_text("2 left")).to_be_visible()
        another = page.get_by_label("Another category").first
        names = another.locator("option").all_inner_texts()
        another.focus()
        page.keyboard.press("ArrowDown")
        for _ in names[1:]:
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator(".toast")).to_contain_text(f"{names[-1]} now.")
        page.keyboard.press("Control+z")
        expect(page.locator("main").get_by_text("2 left")).to_be_visible()


def test_arrows_alone_choose_another_period(home: Home) -> None:
    with home.page("/transactions") as page:
        await_person(page)
        expect(page.locator(".tx").first).to_be_visible()
        here = page.url
        period = page.get_by_label("Period", exact=True).locator("select")
        names = period.locator("option").all_inner_texts()
        period.focus()
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(500)
        assert page.url == here
        for _ in names[1:]:
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: url != here)


def test_esc_for_a_menu_leaves_the_entry_line(line: Page) -> None:
    line.get_by_role("button", name="Account menu").click()
    expect(line.locator("[popover]:popover-open")).to_have_count(1)
    line.keyboard.press("Escape")
    expect(line.locator("[popover]:popover-open")).to_have_count(0)
    _stays(line)
    line.locator(".tx").first.focus()
    line.keyboard.press("Escape")
    expect(_payee(line)).to_have_count(0)


def test_esc_for_a_selection_leaves_the_entry_line(line: Page) -> None:
    line.locator(".tx").first.focus()
    line.keyboard.press("x")
    expect(line.locator(".bulk .sum")).to_have_text("1 selected")
    line.keyboard.press("Escape")
    expect(line.locator(".bulk")).to_have_count(0)
    _stays(line)


def test_esc_outside_the_line_closes_its_templates_first(line: Page) -> None:
    line.locator(".entry").get_by_role("button", name="From a template").click()
    expect(line.locator(".entry .templates")).to_be_visible()
    line.locator(".tx").first.focus()
    line.keyboard.press("Escape")
    expect(line.locator(".entry .templates")).to_have_count(0)
    _stays(line)


@COMPOSING
def test_esc_that_ends_a_composition_leaves_the_entry_line(
    line: Page, how: str
) -> None:
    press_composing(_payee(line), "Escape", how)
    _stays(line)


@COMPOSING
def test_enter_that_ends_a_composition_goes_nowhere(home: Home, how: str) -> None:
    with home.page("/currencies") as page:
        await_person(page)
        here = page.url
        page.keyboard.press("Control+k")
        words = page.locator("dialog.palette input")
        words.fill("acc")
        press_composing(words, "Enter", how)
        page.wait_for_timeout(500)
        assert page.url == here
        expect(words).to_be_visible()


def test_keyboard_is_back_where_it_was_before_undo(home: Home) -> None:
    home.open_account("Undone")
    with home.page("/history") as page:
        await_person(page)
        row = page.get_by_role("listitem").filter(has_text="Account opened: Undone")
        row.get_by_role("button", name="Undo").press("Enter")
        redo = row.get_by_role("button", name="Redo")
        expect(redo).to_be_focused()
        page.locator(".toast").get_by_role("button", name="Undo").focus()
        page.keyboard.press("Enter")
        undo = row.get_by_role("button", name="Undo")
        expect(undo).to_be_visible()
        page.wait_for_timeout(300)
        expect(undo).to_be_focused()
        page.evaluate("document.activeElement.blur()")
        page.locator(".toast").get_by_role("button", name="Close").focus()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
