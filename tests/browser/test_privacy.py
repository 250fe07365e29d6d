"""With privacy on, no amount can be read, whatever its size."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.signed_in import Home


def _blur(one: Locator) -> float:
    """The blur of an element beside the size of its letters."""
    found = one.evaluate(
        "one => { const style = getComputedStyle(one);"
        "return [style.filter, style.fontSize].map((text) => text.match(/[0-9.]+/)) }"
    )
    blur, size = (float(match[0]) if match else 0.0 for match in found)
    return blur / size


def test_blur_grows_with_the_amount_and_ends_where_one_writes(home: Home) -> None:
    opening = {"amount": "12345.67", "currency": "EUR"}
    number = home.open_account("Everyday", opening=opening)
    with home.page(f"/accounts/{number}/reconcile?balance=12345.67") as page:
        field = page.get_by_label("Balance it says")
        expect(field).not_to_have_value("")
        page.get_by_role("button", name="Hide amounts").click()
        assert _blur(field) > 0.5
        field.focus()
        assert _blur(field) > 0.5
        field.press("End")
        assert _blur(field) == 0
        field.blur()
        assert _blur(field) > 0.5
        field.click()
        assert _blur(field) == 0
        page.goto("/accounts")
        amounts = page.locator(".money")
        expect(amounts.first).to_be_visible()
        assert all(_blur(one) > 0.5 for one in amounts.all())


def test_amounts_among_words_are_blurred_too(home: Home) -> None:
    number = home.open_account("Purse")
    place = home.post("categories", {"name": "Rare", "kind": "expense"})["item"]["id"]
    shares = [{"category_id": place}]
    bounds = {"field": "amount", "test": "between", "least": "777.7", "most": "888"}
    rule = {"conditions": [bounds], "actions": {"shares": shares}}
    home.post("rules", rule)
    amount = {"amount": "777.70", "currency": "EUR"}
    at = {"account_id": number, "shares": shares, "amount": amount}
    home.post("templates", {"name": "Tram", "kind": "expense", **at})
    preview = _statement(home, number)
    with home.page("/transactions?new=1") as page:
        page.get_by_role("button", name="Hide amounts").click()
        page.get_by_role("button", name="From a template").click()
        _is_hidden(page, "777.70")
        page.keyboard.press("Control+k")
        page.get_by_role("combobox", name="Account, category").fill("tram")
        _is_hidden(page.get_by_role("option", name="New: Tram"), "777.70")
        page.goto("/rules")
        _is_hidden(page, "777.7–888")
        page.goto(f"/import?preview={preview}")
        _is_hidden(page, "-777.70")


def test_what_arrives_of_a_transfer_that_comes_again_is_blurred(home: Home) -> None:
    euros = home.open_account("Euros")
    zero = {"amount": "0", "currency": "USD"}
    dollars = home.open_account("Dollars", opening=zero)
    item = {
        "name": "Saving",
        "account_id": euros,
        "other_id": dollars,
        "amount": {"amount": "-10", "currency": "EUR"},
        "received": {"amount": "11", "currency": "USD"},
        "pattern": "month-day",
        "day": 5,
        "starts_on": "2026-01-01",
    }
    home.post("recurring", item)
    with home.page("/recurring") as page:
        page.get_by_role("button", name="Hide amounts").click()
        _is_hidden(page, "11.00")


def test_amount_that_a_form_opens_on_is_blurred_until_one_types(home: Home) -> None:
    home.buy_tea(home.open_account("Till"))
    with home.page("/transactions") as page:
        page.get_by_role("button", name="Hide amounts").click()
        page.locator(".tx", has_text="Tea").first.click()
        field = page.get_by_role("dialog").get_by_label("Amount", exact=True)
        expect(field).to_be_focused()
        assert _blur(field) > 0.5
        field.press_sequentially("4")
        assert _blur(field) == 0


def _statement(home: Home, account_id: int) -> str:
    context = home.context()
    sent = context.request.post(
        f"/api/v1/imports?account_id={account_id}&filename=bank.csv",
        data=b"Date;Amount;Payee\n2026-03-01;-777.70;Lidl\n",
        headers={"Origin": home.base, "Content-Type": "application/octet-stream"},
    )
    assert sent.ok, sent.text()
    preview_id = str(sent.json()["item"]["id"])
    context.close()
    return preview_id


def _is_hidden(part: Page | Locator, text: str) -> None:
    """What says it, in whatever words, is blurred."""
    found = part.get_by_text(text).last
    expect(found).to_be_visible()
    assert _blur(found) > 0.5
