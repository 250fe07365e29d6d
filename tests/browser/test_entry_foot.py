"""The foot of a transaction's form: what it says and what it offers, in one column."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.signed_in import DESKTOP, PHONE, Home


@pytest.fixture(scope="module")
def home(home: Home) -> Home:
    home.buy_tea(home.open_account("Everyday"))
    return home


def _left(one: Locator) -> float:
    box = one.bounding_box()
    assert box is not None
    return box["x"]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_words_and_links_begin_where_save_does(home: Home, viewport: Any) -> None:
    still = {"viewport": viewport, "reduced_motion": "reduce"}
    with home.page("/transactions", **still) as page:
        page.locator(".tx", has_text="Tea").first.click()
        dialog = page.get_by_role("dialog")
        words = dialog.get_by_text("You chose the category.")
        expect(words).to_be_visible()
        save = dialog.get_by_role("button", name="Save", exact=True)
        first = dialog.get_by_role("button", name="Split")
        column = pytest.approx(_left(save), abs=0.5)
        assert [_left(words), _left(first)] == [column, column]
