"""The main job in a browser: a bank's file is checked, confirmed, taken back."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import PHONE, Home

BANKS = Path(__file__).parents[1] / "data" / "banks"
N26 = BANKS / "n26.csv"
STATEMENTS = BANKS.parent / "statements"
TWO_ACCOUNTS = STATEMENTS / "sparkasse_two_accounts.ofx"
DROP = """([files, place]) => {
  const given = new DataTransfer();
  for (const [text, name] of files) given.items.add(new File([text], name));
  const zone = document.querySelector(place);
  for (const kind of ["dragover", "drop"])
    zone.dispatchEvent(
      new DragEvent(kind, { dataTransfer: given, bubbles: true, cancelable: true }));
}"""


def drop(page: Page, *files: Path, place: str = ".drop") -> None:
    expect(page.locator(place).first).to_be_visible()
    given = [[file.read_text(encoding="utf-8"), file.name] for file in files]
    page.evaluate(DROP, [given, place])


def test_without_an_account_the_page_says_what_comes_first(home: Home) -> None:
    with home.page("/import") as page:
        expect(page.get_by_text("First an account")).to_be_visible()


def test_file_is_dropped_checked_added_taken_back_and_added_again(home: Home) -> None:
    account_id = home.open_account("Everyday")
    with home.page(f"/import?account={account_id}") as page:
        for _ in range(2):
            drop(page, N26)
            page.get_by_role("button", name="Import 4 transactions").click()
            expect(
                page.get_by_role("heading", name="4 transactions were added")
            ).to_be_visible()
            expect(page.locator(".answer")).to_have_text("€1,172.48")
            page.get_by_role("button", name="Take back").first.click()
            expect(page.get_by_text("n26.csv was taken back.").last).to_be_visible()
        drop(page, N26)
        page.get_by_role("button", name="Import 4 transactions").click()
        page.get_by_role("link", name="See the account").click()
        expect(page.locator(".answer")).to_have_text("€1,172.48")


def test_file_dropped_on_any_page_goes_to_the_account_that_it_shows(home: Home) -> None:
    home.open_account("Last used")
    shown = home.open_account("Dropped on")
    with home.page(f"/accounts/{shown}") as page:
        expect(page.get_by_role("heading", name="Dropped on")).to_be_visible()
        drop(page, N26, place="main")
        expect(page.get_by_role("button", name="Import 4 transactions")).to_be_visible()
        expect(page.get_by_label("Into the account")).to_have_value(str(shown))
        page.get_by_role("button", name="Discard").click()
        expect(page.get_by_text("n26.csv was discarded.")).to_be_visible()
        page.reload()
        expect(page.get_by_test_id("statement-file")).to_be_attached()
        expect(page.get_by_role("button", name="Import 4")).to_have_count(0)


def test_keyboard_alone_imports_a_file_but_one_row(home: Home) -> None:
    account_id = home.open_account("Second")
    with home.page(f"/import?account={account_id}") as page:
        picker = page.get_by_test_id("statement-file")
        account = page.get_by_label("Into the account")
        expect(account).to_have_value(str(account_id))
        picker.focus()
        expect(picker).to_be_focused()
        with page.expect_file_chooser() as asked:
            picker.press("Enter")
        asked.value.set_files(N26)
        page.get_by_role("button", name="Skip").first.focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Import 3 transactions").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("1 row of the file was left out.")).to_be_visible()
        with page.expect_download() as saved:
            page.get_by_role("link", name="Download them").press("Enter")
        assert saved.value.suggested_filename == "left-out-n26.csv"
        assert len(saved.value.path().read_text("utf-8-sig").splitlines()) == 2


def test_keyboard_discards_a_file_that_waits_after_a_yes(home: Home) -> None:
    home.open_account("Eighth")
    with home.page("/import") as other:
        drop(other, N26, TWO_ACCOUNTS)
        expect(other.get_by_text("1 more file waits")).to_be_visible()
    with home.page("/import") as page:
        name = f"Discard {TWO_ACCOUNTS.name}"
        rows = page.get_by_role("list", name="These wait for your check")
        ask = rows.get_by_role("button", name=name).first
        expect(ask).to_be_visible()
        before = rows.get_by_role("button", name=name).count()
        question = page.get_by_role("alertdialog", name="Discard this file?")
        for answer, left in (("Keep it", before), ("Discard", before - 1)):
            ask.press("Enter")
            expect(question).to_contain_text(TWO_ACCOUNTS.name)
            question.get_by_role("button", name=answer).press("Enter")
            expect(question).to_have_count(0)
            expect(rows.get_by_role("button", name=name)).to_have_count(left)
        expect(
            page.get_by_text(f"{TWO_ACCOUNTS.name} was discarded.").last
        ).to_be_visible()
        assert serious(page) == []


def test_file_that_is_no_statement_is_refused_in_words(
    home: Home, tmp_path: Path
) -> None:
    home.open_account("Third")
    wrong = tmp_path / "statement.csv"
    wrong.write_bytes(b"%PDF-1.7 something")
    with home.page("/import") as page:
        page.get_by_test_id("statement-file").set_input_files(wrong)
        expect(page.get_by_role("alert")).to_contain_text("This is a PDF file.")


def test_reading_is_corrected_on_a_phone(home: Home) -> None:
    account_id = home.open_account("Fourth")
    with home.page(f"/import?account={account_id}", viewport=PHONE) as page:
        page.get_by_test_id("statement-file").set_input_files(N26)
        page.get_by_role("button", name="Change", exact=True).click()
        page.get_by_label("Sign").select_option("flip")
        page.get_by_role("button", name="Read it again").click()
        expect(page.locator(".read")).to_contain_text("Plus is out")
        expect(page.locator(".r .money").first).to_have_text("+€4.50")
        assert not is_too_wide(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "size", [PHONE, {"width": 1280, "height": 800}], ids=["phone", "desktop"]
)
def test_check_has_no_serious_finding(home: Home, size: Any, scheme: Any) -> None:
    home.open_account(f"Axe {scheme} {size['width']}")
    with home.page("/import", viewport=size, color_scheme=scheme) as page:
        picker = page.get_by_test_id("statement-file")
        expect(picker).to_be_attached()
        assert serious(page) == []
        picker.set_input_files(N26)
        expect(page.locator(".r").first).to_be_visible()
        assert serious(page) == []
        assert not is_too_wide(page)


def test_files_dropped_anywhere_are_checked_one_after_another(home: Home) -> None:
    giro, savings = home.open_account("Giro"), home.open_account("Tagesgeld")
    with home.page(f"/import?account={giro}") as page:
        expect(page.locator(".drop")).to_be_visible()
        drop(page, TWO_ACCOUNTS, N26, place="h1")
        expect(page.get_by_text("1 more file waits")).to_be_visible()
        expect(page.locator(".read")).to_contain_text("OFX / QFX")
        page.get_by_role("button", name="Import 3 transactions").click()
        page.get_by_role("button", name="Another account of this file").click()
        expect(page.get_by_label("From the file")).to_have_value("0200999999")
        page.get_by_label("Into the account").select_option(str(savings))
        page.get_by_role("button", name="Import 1 transaction").click()
        expect(page.get_by_text("was added to Tagesgeld.").first).to_be_visible()
        page.get_by_role("button", name="Next file").click()
        expect(page.locator(".file")).to_contain_text("n26.csv")


def test_refused_file_is_named_and_the_others_go_on(home: Home, tmp_path: Path) -> None:
    home.open_account("Fifth")
    wrong = tmp_path / "wrong.xml"
    wrong.write_text("<html></html>")
    with home.page("/import") as page:
        picker = page.get_by_test_id("statement-file")
        picker.set_input_files([wrong, N26])
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("wrong.xml This XML file is neither")
        page.get_by_role("button", name="Go on with the others").click()
        expect(page.locator(".file")).to_contain_text("n26.csv")


def test_help_says_where_each_format_comes_from(home: Home) -> None:
    home.open_account("Sixth")
    with home.page("/import", viewport=PHONE) as page:
        page.get_by_text("OFX and QFX").click()
        expect(page.get_by_text("Called Microsoft Money")).to_be_visible()
        assert serious(page) == []
        assert not is_too_wide(page)
