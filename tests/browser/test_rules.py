"""Rules and the review in a browser: keys, drag, the editor, no serious finding."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import serious
from tests.browser.signed_in import Home

STATEMENT = "Date;Amount;Payee\n" + "".join(
    f"2026-03-0{day};-{day}.50;{payee}\n"
    for day, payee in enumerate(("Lidl", "Lidl", "Bar", "Shell"), start=1)
)


@pytest.fixture(scope="module")
def home(home: Home) -> Home:
    bank = home.open_account("Bank")
    for name in ("Groceries", "Eating out"):
        home.post("categories", {"name": name, "kind": "expense"})
    _bring(home, bank)
    return home


def _bring(home: Home, account_id: int) -> None:
    context = home.context()
    address = f"/api/v1/imports?account_id={account_id}&filename=bank.csv"
    headers = {"Origin": home.base, "Content-Type": "application/octet-stream"}
    sent = context.request.post(address, data=STATEMENT.encode(), headers=headers)
    assert sent.ok, sent.text()
    preview_id = sent.json()["item"]["id"]
    context.close()
    home.post(f"imports/{preview_id}/confirm", {})


def _toast(page: Page, text: str) -> None:
    expect(page.locator(".toast").filter(has_text=text)).to_be_visible()


def test_keys_settle_payees_until_the_calm_zero(home: Home) -> None:
    with home.page("/review") as page:
        expect(page.get_by_text("4 left").first).to_be_visible()
        expect(page.locator(".rail .count")).to_have_text("4 left")
        assert serious(page) == []
        first = page.locator('[data-key="1"] span').first.inner_text()
        page.keyboard.press("1")
        _toast(page, f"Lidl: 2 transactions are {first} now.")
        expect(page.get_by_text(f"Always put Lidl in {first}?")).to_be_visible()
        page.keyboard.press("Control+z")
        expect(page.get_by_text("4 left").first).to_be_visible()
        page.locator("[data-choices]").nth(1).focus()
        page.keyboard.press("2")
        expect(page.get_by_text("3 left").first).to_be_visible()
        page.locator("[data-choices]").first.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("1 left").first).to_be_visible()
        page.keyboard.press("1")
        expect(page.get_by_text("All caught up")).to_be_visible()
        expect(page.locator(".rail .count")).to_have_count(0)
        assert serious(page) == []


def test_rule_is_made_from_an_offer_ordered_and_told_as_the_reason(home: Home) -> None:
    home.post(
        "rules",
        {
            "conditions": [{"field": "payee", "test": "contains", "words": "bar"}],
            "actions": {"payee": "The Bar"},
        },
    )
    with home.page("/rules?payee=Lidl") as page:
        form = page.locator(".rule-form")
        expect(form).to_be_visible()
        form.get_by_label("Category", exact=True).last.select_option("Groceries")
        assert serious(page) == []
        page.get_by_role("button", name="See what changes").click()
        page.get_by_role("button", name="Save", exact=True).click()
        _toast(page, "The rule was saved.")
        rows = page.locator(".rules > li")
        expect(rows).to_have_count(2)
        expect(rows.first).to_contain_text("The Bar")
        rows.nth(1).drag_to(rows.first)
        expect(rows.first).to_contain_text("Groceries")
        rows.first.get_by_role("button", name="Move down").press("Enter")
        expect(rows.first).to_contain_text("The Bar")
        assert serious(page) == []
