"""Many transactions in a browser: picked by keys, mouse, finger; the page of tags."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from fintrack.core.clock import utc_now
from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import PHONE, Home

ROWS = 60


@pytest.fixture(scope="module")
def home(home: Home) -> Home:
    """Sixty payments of today: more than a page holds."""
    bank = home.open_account("Bank")
    home.open_account("Purse")
    food = _category(home, "Bread")
    _category(home, "Pottery")
    amount = {"amount": "2.00", "currency": "EUR"}
    line = {"category_id": food, "amount": amount}
    paid = {"account_id": bank, "amount": amount, "lines": [line]}
    today = utc_now().date().isoformat()
    for number in range(ROWS):
        entry = {"on_date": today, "payee": f"Shop {number:02}", "expense": paid}
        home.post("transactions", entry)
    return home


def _category(home: Home, name: str) -> int:
    made = home.post("categories", {"name": name, "kind": "expense"})
    return int(made["item"]["id"])


def _row(page: Page, number: int) -> Locator:
    return page.locator(".tx", has_text=f"Shop {number:02}")


def _selected(page: Page, text: str) -> None:
    expect(page.locator(".bulk .sum")).to_have_text(text)


def _toast(page: Page, text: str) -> None:
    expect(page.locator(".toast").filter(has_text=text).first).to_be_visible()


def test_keys_select_a_range_and_give_it_a_category(home: Home) -> None:
    with home.page("/transactions") as page:
        _row(page, 59).focus()
        page.keyboard.press("x")
        _selected(page, "1 selected")
        for count in (2, 3, 4):
            page.keyboard.press("Shift+ArrowDown")
            _selected(page, f"{count} selected")
        page.keyboard.press("Shift+ArrowUp")
        _selected(page, "3 selected")
        assert serious(page) == []
        page.keyboard.press(".")
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Category of the selected")
        dialog.get_by_label("Category").select_option(label="Pottery")
        assert serious(page) == []
        dialog.get_by_role("button", name="Apply").press("Enter")
        _toast(page, "3 transactions changed.")
        expect(page.locator(".bulk")).to_have_count(0)
        expect(page.locator(".tx", has_text="Pottery")).to_have_count(3)
        page.keyboard.press("Control+z")
        expect(page.locator(".tx", has_text="Pottery")).to_have_count(0)


def test_arrow_enters_the_list_where_nothing_has_the_focus(home: Home) -> None:
    with home.page("/transactions") as page:
        expect(_row(page, 59)).to_be_visible()
        page.keyboard.press("ArrowDown")
        expect(_row(page, 59)).to_be_focused()
        page.keyboard.press("x")
        page.keyboard.press("Shift+ArrowDown")
        _selected(page, "2 selected")


def test_long_labels_of_the_bar_stay_apart_on_a_phone(home: Home) -> None:
    with home.page("/transactions", viewport=PHONE) as page:
        page.get_by_role("button", name="Select", exact=True).click()
        _row(page, 57).click()
        _selected(page, "1 selected")
        words = ["Kategori", "Etiketler", "Hesap", "Tarih"]
        words += ["Bankadan geçti", "Bankadan geçmedi", "Geçersiz"]
        labels = page.locator(".deeds .btn > span")
        for label, word in zip(labels.all(), words, strict=True):
            label.evaluate("(one, word) => { one.textContent = word; }", word)
        wide = "all => all.filter((one) => one.scrollWidth > one.clientWidth).length"
        assert page.locator(".deeds .btn").evaluate_all(wide) == 0
        assert not is_too_wide(page)


def test_space_selects_escape_drops_and_enter_still_opens(home: Home) -> None:
    with home.page("/transactions") as page:
        _row(page, 58).focus()
        page.keyboard.press("Space")
        _selected(page, "1 selected")
        page.keyboard.press("Escape")
        expect(page.locator(".bulk")).to_have_count(0)
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name="Edit transaction")).to_be_visible()


def test_mouse_selects_by_box_range_and_with_control(home: Home) -> None:
    with home.page("/transactions") as page:
        _row(page, 55).hover()
        page.get_by_role("checkbox", name="Select Shop 55").click()
        _row(page, 51).click(modifiers=["Shift"])
        _selected(page, "5 selected")
        _row(page, 53).click(modifiers=["ControlOrMeta"])
        _selected(page, "4 selected")
        box = page.get_by_role("checkbox", name="Select Shop 53")
        expect(box).not_to_be_checked()
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.get_by_role("button", name="Select nothing").click()
        expect(page.locator(".bulk")).to_have_count(0)


def test_all_that_match_get_a_tag_that_the_page_of_tags_knows(home: Home) -> None:
    with home.page("/transactions?q=shop") as page:
        expect(_row(page, 59)).to_be_visible()
        page.locator("main h1").click()
        page.keyboard.press("Control+a")
        _selected(page, f"{ROWS} selected")
        page.get_by_role("button", name="Tags").click()
        page.get_by_label("Add tags").fill("Spring")
        page.keyboard.press("Enter")
        _toast(page, f"{ROWS} transactions changed.")
        page.goto("/tags")
        row = page.locator(".row-with-tool", has_text="#Spring")
        expect(row).to_contain_text(f"{ROWS} transactions")
        assert serious(page) == []
        row.get_by_role("button", name="Edit tag").click()
        page.get_by_label("Name").fill("Autumn")
        page.keyboard.press("Enter")
        _toast(page, "The tag is called #Autumn now.")
        page.get_by_role("button", name="Edit tag").click()
        page.get_by_role("button", name="Remove …").click()
        question = page.get_by_role("alertdialog")
        expect(question).to_contain_text(f"{ROWS} transactions")
        question.get_by_role("button", name="Remove it").click()
        expect(page.get_by_text("No tags yet")).to_be_visible()
        page.locator(".toast").get_by_role("button", name="Undo").last.click()
        page.get_by_role("link", name="#Autumn").click()
        expect(page).to_have_url(re.compile("tag="))
        expect(page.locator(".tx")).to_have_count(50)


def test_finger_selects_by_the_button_and_by_a_long_press(home: Home) -> None:
    phone = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    with home.page("/transactions", **phone) as page:
        # No waiting in between: the browser knows before the page does.
        page.get_by_role("button", name="Select", exact=True).tap()
        _row(page, 57).tap()
        _row(page, 56).tap()
        _selected(page, "2 selected")
        assert serious(page) == []
        page.get_by_role("button", name="Account", exact=True).tap()
        dialog = page.get_by_role("dialog", name="Account of the selected")
        dialog.get_by_label("Account").select_option(label="Purse")
        dialog.get_by_role("button", name="Apply").tap()
        _toast(page, "2 transactions changed.")
        expect(page.locator(".tx", has_text="Purse")).to_have_count(2)
        # A dialog that still fades takes what a finger does.
        expect(page.locator(".rt-BaseDialogOverlay")).to_have_count(0)
        _hold(page, _row(page, 50))
        _selected(page, "1 selected")
        expect(page.get_by_role("dialog")).to_have_count(0)


def _hold(page: Page, row: Locator) -> None:
    """A finger that stays on a row for longer than a tap."""
    row.scroll_into_view_if_needed()
    box = row.bounding_box()
    assert box
    touch = page.context.new_cdp_session(page)
    point = {"x": box["x"] + 80, "y": box["y"] + 20}
    touch.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]}
    )
    expect(page.locator(".bulk")).to_be_visible()
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
