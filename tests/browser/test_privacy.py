"""With privacy on, no amount can be read, whatever its size."""

from playwright.sync_api import Locator, expect

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
    with home.page(f"/accounts/{number}/reconcile") as page:
        field = page.get_by_label("Balance it says")
        expect(field).not_to_have_value("")
        page.get_by_role("button", name="Hide amounts").click()
        assert _blur(field) > 0.5
        field.focus()
        assert _blur(field) == 0
        page.goto("/accounts")
        amounts = page.locator(".money")
        expect(amounts.first).to_be_visible()
        assert all(_blur(one) > 0.5 for one in amounts.all())
