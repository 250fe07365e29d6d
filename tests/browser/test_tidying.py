"""What stands in the way, what is locked, and tags that become one, in a browser."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fintrack.core.clock import utc_now
from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import DESKTOP, PHONE, Home

SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
TODAY = utc_now().date().isoformat()


def _euro(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


@pytest.fixture(scope="module")
def home(home: Home) -> Home:
    """Two payments changed together, of which one is void since; a locked pot."""
    bank, pot = home.open_account("Bank"), home.open_account("Pot")
    food, fun = (
        home.post("categories", {"name": name, "kind": "expense"})["item"]["id"]
        for name in ("Groceries", "Fun")
    )
    marks = [_spend(home, bank, food, payee) for payee in ("Corner shop", "Bakery")]
    home.post("transactions/change", {"transactions": marks, "category_id": fun})
    home.post(f"transactions/{marks[0]['id']}/void", {"version": 2})
    locked = {"account_id": pot, "statement_on": TODAY, "balance": _euro("0")}
    home.post("reconciliations", locked)
    home.post("recurring", _saving(bank, pot))
    _bring(home, bank)
    condition = {"field": "payee", "test": "contains", "words": "kiosk"}
    rule = {"conditions": [condition], "actions": {"transfer_account_id": pot}}
    home.post("rules", rule)
    return home


def _bring(home: Home, account_id: int) -> None:
    """A payment of the bank's file, whose category nobody chose."""
    context = home.context()
    address = f"/api/v1/imports?account_id={account_id}&filename=bank.csv"
    headers = {"Origin": home.base, "Content-Type": "application/octet-stream"}
    statement = f"Date;Amount;Payee\n{TODAY};-1.50;Kiosk\n".encode()
    sent = context.request.post(address, data=statement, headers=headers)
    assert sent.ok, sent.text()
    preview_id = sent.json()["item"]["id"]
    context.close()
    home.post(f"imports/{preview_id}/confirm", {})


def _spend(home: Home, bank: int, category: int, payee: str) -> dict[str, int]:
    body = {
        "on_date": TODAY,
        "payee": payee,
        "tags": [payee.split(maxsplit=1)[0].lower(), "june"],
        "expense": {
            "account_id": bank,
            "amount": _euro("12.50"),
            "lines": [{"category_id": category, "amount": _euro("12.50")}],
        },
    }
    item = home.post("transactions", body)["item"]
    return {"id": item["id"], "version": item["version"]}


def _saving(bank: int, pot: int) -> dict[str, Any]:
    return {
        "name": "Rainy days",
        "account_id": bank,
        "other_id": pot,
        "amount": _euro("-20.00"),
        "pattern": "days",
        "every": 30,
        "is_automatic": True,
        "starts_on": (utc_now().date() - timedelta(days=30)).isoformat(),
    }


def _sound(page: Page) -> None:
    assert not is_too_wide(page)
    assert serious(page) == []


@SIZES
def test_refused_undo_names_what_is_in_its_way(home: Home, size: Any) -> None:
    with home.page("/history", viewport=size) as page:
        row = page.locator("li", has_text="Several transactions changed")
        row.get_by_role("button", name="Undo").click()
        note = row.get_by_role("note")
        expect(note).to_contain_text("Corner shop")
        expect(note).to_contain_text("made void since then")
        _sound(page)


@SIZES
def test_several_tags_become_one_and_are_again(home: Home, size: Any) -> None:
    with home.page("/tags", viewport=size) as page:
        page.get_by_role("button", name="Merge several").click()
        for name in ("#corner", "#bakery"):
            box = page.get_by_role("checkbox", name=name)
            box.click()
            expect(box).to_be_checked()
        page.get_by_label("Keep").select_option("#june")
        _sound(page)
        page.get_by_role("button", name="Merge", exact=True).click()
        expect(page.get_by_text("Everything has #june now.")).to_be_visible()
        page.keyboard.press("Control+z")
        expect(page.get_by_role("link", name="#bakery")).to_be_visible()


@SIZES
def test_rule_and_recurring_date_say_what_is_locked(home: Home, size: Any) -> None:
    with home.page("/recurring", viewport=size) as page:
        waiting = page.get_by_role("list", name="Waits for your yes")
        expect(waiting).to_contain_text("So it was not booked by itself.")
        _sound(page)
        page.goto("/rules")
        page.get_by_role("button", name="When payee").click()
        page.get_by_role("button", name="See what changes").click()
        expect(page.get_by_text("1 stays as it is")).to_be_visible()
        expect(page.get_by_text("Stays as it is", exact=True)).to_be_visible()
        _sound(page)


@SIZES
def test_list_narrows_to_files_and_marks(home: Home, size: Any) -> None:
    with home.page("/transactions", viewport=size) as page:
        page.get_by_role("button", name="More", exact=True).first.click()
        page.get_by_label("Seen by the bank").select_option("Cleared")
        page.get_by_label("Only with files").check()
        _sound(page)
        page.get_by_role("button", name="Apply").click()
        expect(page.get_by_role("button", name="With files")).to_be_visible()
        assert "cleared=yes" in page.url
        _sound(page)
