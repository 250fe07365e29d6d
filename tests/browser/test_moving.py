"""Whole books of a file in a browser: seen, brought in, taken back."""

import json
from typing import Any

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import DESKTOP, PHONE, Home
from tests.core.habit_files import item, rule
from tests.core.test_whole_books import file, payment


def _file(**more: Any) -> FilePayload:
    return {
        "name": "mine.json",
        "mimeType": "application/json",
        "buffer": json.dumps(file(**more)).encode(),
    }


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_books_are_seen_brought_in_and_taken_back(home: Home, size: Any) -> None:
    with home.page("/import", viewport=size) as page:
        picker = page.get_by_test_id("books-file")
        picker.set_input_files(_file(transactions=[payment(date="never")]))
        expect(page.get_by_role("alert")).to_contain_text("t1 Shop has no day")
        picker.set_input_files(_file(rules=[rule(shares=[{"category": "?"}])]))
        expect(page.get_by_role("alert")).to_contain_text("The rule 1 Shop cannot")
        moved = _file(
            transactions=[payment(tags=["trip"])], rules=[rule()], recurring=[item()]
        )
        picker.set_input_files(moved)
        expect(page.get_by_text("1 transaction comes in.")).to_be_visible()
        expect(page.get_by_text("1 rule comes in.")).to_be_visible()
        expect(page.get_by_text("1 recurring item comes in.")).to_be_visible()
        page.get_by_text("Bank · EUR").scroll_into_view_if_needed()
        assert not is_too_wide(page)
        assert serious(page) == []
        page.get_by_role("button", name="Bring it in").click()
        expect(page.get_by_text("The books came in.")).to_be_visible()
        expect(page.get_by_text("mine.json").first).to_be_visible()
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("First an account")).to_be_visible()
