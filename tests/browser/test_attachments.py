"""Attachments in a browser: by keyboard, by drop, by paste, with a phone's camera."""

import re
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from fintrack.core.clock import utc_now
from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import DESKTOP, PHONE, Home
from tests.browser.test_import import DROP, drop
from tests.core.test_attachment import BILL
from tests.core.test_picture import photograph, png_of

NUMBERS = count(1)
PASTE = """([name, text]) => {
  const given = new DataTransfer();
  given.items.add(new File([text], name));
  const paste = new ClipboardEvent("paste", { clipboardData: given, bubbles: true });
  document.activeElement.dispatchEvent(paste);
}"""
# What a table copies: its cells as text, and a picture of them.
PASTE_CELLS = """picture => {
  const given = new DataTransfer();
  given.setData("text/plain", "Milk\\t1.20");
  given.setData("text/html", "<table><tr><td>Milk</td><td>1.20</td></tr></table>");
  given.items.add(new File([picture], "image.png", { type: "image/png" }));
  const paste = new ClipboardEvent("paste", { clipboardData: given, bubbles: true });
  document.activeElement.dispatchEvent(paste);
}"""
PHOTO: FilePayload = {
    "name": "till.jpg",
    "mimeType": "image/jpeg",
    "buffer": photograph(),
}


@pytest.fixture
def payee(home: Home) -> str:
    """A transaction of this test alone, by the name of whom it paid."""
    name = f"Shop {next(NUMBERS):03}"
    account_id = home.open_account(f"Bank {name}")
    category = home.post("categories", {"name": f"Food {name}", "kind": "expense"})
    amount = {"amount": "12.50", "currency": "EUR"}
    line = {"category_id": category["item"]["id"], "amount": amount}
    paid = {"account_id": account_id, "amount": amount, "lines": [line]}
    day = utc_now().date().isoformat()
    home.post("transactions", {"on_date": day, "payee": name, "expense": paid})
    return name


def opened(page: Page, payee: str) -> None:
    page.locator(".tx", has_text=payee).click()
    expect(page.get_by_role("heading", name="Attachments")).to_be_visible()


def rows(page: Page) -> Any:
    return page.locator(".attachment")


def test_keyboard_alone_attaches_looks_removes_and_brings_back(
    home: Home, payee: str
) -> None:
    with home.page("/transactions") as page:
        opened(page, payee)
        picker = page.get_by_test_id("attachment-file")
        picker.focus()
        with page.expect_file_chooser() as asked:
            picker.press("Enter")
        asked.value.set_files(PHOTO)
        expect(rows(page)).to_have_count(1)
        expect(rows(page)).to_contain_text("till.jpg")
        expect(page.get_by_text("till.jpg was attached.")).to_be_visible()

        page.get_by_role("button", name="View: till.jpg").press("Enter")
        shown = page.get_by_role("img", name="till.jpg")
        expect(shown).to_be_visible()
        assert shown.evaluate("one => one.decode().then(() => one.naturalWidth)") == 400
        page.keyboard.press("Escape")
        expect(shown).to_have_count(0)
        expect(page.get_by_role("heading", name="Attachments")).to_be_visible()

        page.get_by_role("button", name="Remove: till.jpg").press("Enter")
        expect(rows(page)).to_have_count(0)
        expect(picker).to_be_focused()
        removed = page.locator(".toast", has_text="till.jpg was removed.")
        removed.get_by_role("button", name="Undo").press("Enter")
        expect(rows(page)).to_have_count(1)
        page.keyboard.press("Escape")
        row = page.locator(".tx", has_text=payee)
        expect(row.get_by_text("1 attachment")).to_be_attached()


def test_files_are_dropped_and_what_is_none_of_ours_is_said(
    home: Home, payee: str, tmp_path: Path
) -> None:
    bill, program = tmp_path / "bill.pdf", tmp_path / "setup.pdf"
    bill.write_bytes(BILL)
    program.write_bytes(b"MZ not a document at all")
    with home.page("/transactions") as page:
        opened(page, payee)
        drop(page, program, bill, place=".attachments")
        expect(rows(page)).to_have_count(1)
        refused = page.get_by_role("alert")
        expect(refused).to_contain_text("setup.pdf")
        expect(refused).to_contain_text("photo (JPEG, PNG or WebP) or a PDF")
        page.evaluate(DROP, [[[BILL.decode(), "again.pdf"]], ".attachments"])
        expect(refused).to_contain_text("This file is already attached.")
        expect(rows(page)).to_have_count(1)


def test_pdf_opens_in_a_tab_of_its_own_where_it_reaches_nothing(
    home: Home, payee: str
) -> None:
    with home.page("/transactions") as page:
        opened(page, payee)
        bill: FilePayload = {
            "name": "bill.pdf",
            "mimeType": "application/pdf",
            "buffer": BILL,
        }
        page.get_by_test_id("attachment-file").set_input_files(bill)
        link = page.get_by_role("link", name="Open in a new tab: bill.pdf")
        expect(link).to_have_attribute("target", "_blank")
        answer = page.request.get(str(link.get_attribute("href")))
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"].startswith("inline; ")
        assert answer.headers["content-security-policy"].endswith("; sandbox")
        assert answer.headers["x-content-type-options"] == "nosniff"
        with page.expect_download() as saved:
            page.get_by_role("link", name="Save: bill.pdf").click()
        assert saved.value.suggested_filename == "bill.pdf"
        assert saved.value.path().read_bytes() == BILL


def test_pasted_file_is_attached_and_pasted_text_is_left_alone(
    home: Home, payee: str
) -> None:
    with home.page("/transactions") as page:
        opened(page, payee)
        typed = page.locator(".dialog").get_by_label("Payee", exact=True)
        typed.focus()
        page.evaluate(PASTE, ["screen.pdf", BILL.decode()])
        expect(rows(page)).to_contain_text("screen.pdf")
        expect(typed).to_have_value(payee)


def test_cells_of_a_table_that_are_pasted_attach_no_picture(
    home: Home, payee: str
) -> None:
    with home.page("/transactions") as page:
        opened(page, payee)
        page.locator(".dialog").get_by_label("Payee", exact=True).focus()
        page.evaluate(PASTE_CELLS, "not even a picture")
        page.wait_for_timeout(500)
        expect(rows(page)).to_have_count(0)
        expect(page.get_by_role("alert")).to_have_count(0)


def test_what_comes_while_a_file_is_on_its_way_waits_its_turn(
    home: Home, payee: str
) -> None:
    with home.page("/transactions") as page:
        opened(page, payee)
        held: list[Route] = []
        first = re.compile(r"attachments\?filename=first")
        page.route(first, lambda route: held.append(route))  # noqa: PLW0108 - of a builtin Playwright makes no handler
        page.evaluate(DROP, [[[BILL.decode(), "first.pdf"]], ".attachments"])
        expect(page.get_by_role("progressbar", name="first.pdf")).to_be_visible()
        second, third = (f"{BILL.decode()}%{n}\n%%EOF\n" for n in (2, 3))
        page.evaluate(PASTE, ["second.pdf", second])
        page.evaluate(DROP, [[[third, "third.pdf"]], ".attachments"])
        expect(page.locator(".attachment-progress")).to_contain_text("+2")
        expect(rows(page)).to_have_count(0)
        held.pop().continue_()
        expect(rows(page)).to_have_count(3)
        expect(rows(page).last).to_contain_text("third.pdf")


def test_phone_takes_a_photo_and_refuses_a_bomb(home: Home, payee: str) -> None:
    with home.page("/transactions", viewport=PHONE, has_touch=True) as page:
        opened(page, payee)
        camera = page.get_by_test_id("attachment-camera")
        expect(page.get_by_text("Take a photo")).to_be_visible()
        expect(camera).to_have_attribute("capture", "environment")
        camera.set_input_files(PHOTO)
        expect(rows(page)).to_have_count(1)
        bomb: FilePayload = {
            "name": "bomb.png",
            "mimeType": "image/png",
            "buffer": png_of(10_000, 10_000),
        }
        page.get_by_test_id("attachment-file").set_input_files(bomb)
        expect(page.get_by_role("alert")).to_contain_text("more than 50 million pixels")
        assert not is_too_wide(page)
        for one in page.locator(".attachment .icon-btn, .attachment-acts .btn").all():
            box = one.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 44


def test_mouse_has_no_camera(home: Home, payee: str) -> None:
    with home.page("/transactions") as page:
        opened(page, payee)
        expect(page.get_by_text("Take a photo")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_sheet_and_viewer_have_no_serious_finding(
    home: Home, payee: str, size: Any, scheme: Any
) -> None:
    with home.page("/transactions", viewport=size, color_scheme=scheme) as page:
        opened(page, payee)
        page.get_by_test_id("attachment-file").set_input_files(PHOTO)
        expect(rows(page)).to_have_count(1)
        assert serious(page) == []
        page.get_by_role("button", name="View: till.jpg").click()
        expect(page.get_by_role("img", name="till.jpg")).to_be_visible()
        assert serious(page) == []
        assert not is_too_wide(page)
