"""An account beside its statement in a browser: by keyboard, and on a phone."""

from playwright.sync_api import expect

from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import PHONE, Home

DAY = "2026-03-05"


def _account(home: Home, name: str) -> int:
    """100 euros; 30 at the baker's and 5 at the kiosk, not cleared."""
    account_id = home.open_account(name, opening={"amount": "100", "currency": "EUR"})
    body = {"name": f"{name} food", "kind": "expense"}
    category = home.post("categories", body)["item"]["id"]
    for payee, amount in (("Baker", "30"), ("Kiosk", "5")):
        money = {"amount": amount, "currency": "EUR"}
        line = {"category_id": category, "amount": money}
        paid = {"account_id": account_id, "amount": money, "lines": [line]}
        home.post("transactions", {"on_date": DAY, "payee": payee, "expense": paid})
    return account_id


def test_statement_is_reconciled_with_the_keyboard_alone(home: Home) -> None:
    account_id = _account(home, "Everyday")
    with home.page(f"/accounts/{account_id}") as page:
        page.get_by_role("link", name="Reconcile").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Reconcile")).to_be_visible()
        balance = page.get_by_label("Balance it says")
        balance.focus()
        balance.press("Control+a")
        page.keyboard.type("65")
        expect(
            page.get_by_text("More is cleared than the statement says")
        ).to_be_visible()
        kiosk = page.get_by_role("checkbox", name="Kiosk")
        baker = page.get_by_role("checkbox", name="Baker")
        kiosk.focus()
        page.keyboard.press("Space")
        expect(kiosk).to_be_checked()
        page.keyboard.press("ArrowDown")
        expect(baker).to_be_focused()
        page.keyboard.press("Space")
        expect(baker).to_be_checked()
        expect(page.get_by_text("It agrees with the statement.")).to_be_visible()
        page.reload()
        expect(page.get_by_role("checkbox", name="Baker")).to_be_checked()
        page.get_by_role("button", name="Finish").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("Everyday is reconciled up to")).to_be_visible()
        expect(page.get_by_role("heading", name="Reconciliations")).to_be_visible()
        page.get_by_role("button", name="Undo").last.press("Enter")
        expect(page.get_by_role("heading", name="Reconciliations")).to_be_hidden()


def test_difference_is_balanced_only_where_one_says_so(home: Home) -> None:
    account_id = _account(home, "Purse")
    with home.page(
        f"/accounts/{account_id}/reconcile?balance=98", viewport=PHONE
    ) as page:
        page.get_by_role("button", name="Add a balancing transaction").click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_text("−€2.00")).to_be_visible()
        assert not is_too_wide(page)
        assert serious(page) == []
        dialog.get_by_label("Category").select_option(label="Purse food")
        dialog.get_by_role("button", name="Add it").click()
        expect(page.get_by_text("It agrees with the statement.")).to_be_visible()
        page.get_by_role("button", name="Finish").click()
        expect(page.get_by_text("Purse is reconciled up to")).to_be_visible()


def test_balance_confirmed_with_enter_outlives_a_reload(home: Home) -> None:
    account_id = _account(home, "Tin")
    with home.page(f"/accounts/{account_id}/reconcile?balance=65") as page:
        balance = page.get_by_label("Balance it says")
        expect(balance).to_have_value("65.00")
        balance.fill("70")
        balance.press("Enter")
        page.wait_for_url("**/reconcile?balance=70*")
        page.reload()
        expect(balance).to_have_value("70.00")


def test_key_marks_the_row_with_the_focus(home: Home) -> None:
    account_id = _account(home, "Jar")
    path = f"/transactions?account={account_id}&period=2026-03"
    with home.page(path) as page:
        row = page.locator("[data-row]", has_text="Kiosk")
        mark = page.locator("li", has=row).locator("[data-mark]")
        expect(mark).to_have_attribute("aria-pressed", "false")
        row.focus()
        page.keyboard.press("c")
        expect(mark).to_have_attribute("aria-pressed", "true")
        expect(row).to_be_focused()
        mark.click()
        expect(mark).to_have_attribute("aria-pressed", "false")


def test_lock_is_broken_only_after_the_question(home: Home) -> None:
    account_id = _account(home, "Vault")
    with home.page(f"/accounts/{account_id}/reconcile") as page:
        page.get_by_role("button", name="Mark all of this page").click()
        expect(page.get_by_text("2 transactions marked as cleared.")).to_be_visible()
        page.get_by_label("Balance it says").fill("65")
        page.get_by_role("button", name="Finish").click()
        expect(page.get_by_text("Vault is reconciled up to")).to_be_visible()
        page.goto(f"/transactions?account={account_id}&period=2026-03")
        page.locator("[data-row]", has_text="Kiosk").click()
        page.locator("#amount").fill("6")
        page.locator("#amount").press("Enter")
        asked = page.get_by_role("alertdialog")
        expect(asked.get_by_text("Vault with the statement of")).to_be_visible()
        asked.get_by_role("button", name="Leave it").click()
        expect(asked).to_be_hidden()
        page.locator("#amount").press("Enter")
        page.get_by_role("button", name="Change it anyway").click()
        expect(
            page.get_by_text("Kiosk, €6.00: saved.").or_(
                page.get_by_text("Kiosk, −€6.00: saved.")
            )
        ).to_be_visible()
