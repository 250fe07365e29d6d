"""A dialog is of its page and of what opened it."""

from playwright.sync_api import Page, expect

from tests.browser.signed_in import Home, await_person


def _edit(page: Page) -> None:
    await_person(page)
    page.get_by_role("button", name="Edit account").click()
    expect(page.get_by_role("dialog", name="Edit account")).to_be_visible()


def test_form_of_an_account_does_not_come_to_another(home: Home) -> None:
    kept, _ = home.open_account("Kept"), home.open_account("Edited")
    with home.page(f"/accounts/{kept}") as page:
        await_person(page)
        page.get_by_role("link", name="Accounts").first.click()
        page.locator("main").get_by_role("link", name="Edited").click()
        expect(page.get_by_role("heading", name="Edited")).to_be_visible()
        _edit(page)
        page.go_back()
        page.go_back()
        expect(page.get_by_role("heading", name="Kept")).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)
        # The form opens for the account of this page.
        _edit(page)
        expect(
            page.get_by_role("dialog").get_by_label("Name", exact=True)
        ).to_have_value("Kept")


def test_form_is_not_open_when_one_comes_back_to_its_page(home: Home) -> None:
    number = home.open_account("Left open")
    with home.page(f"/accounts/{number}") as page:
        _edit(page)
        page.evaluate("document.querySelector('a[href=\"/categories\"]').click()")
        expect(page.get_by_role("heading", name="Categories", level=1)).to_be_visible()
        page.go_back()
        expect(page.get_by_role("heading", name="Left open")).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_form_stays_where_only_the_rest_of_the_address_changes(home: Home) -> None:
    number = home.open_account("Still here")
    with home.page(f"/accounts/{number}") as page:
        _edit(page)
        page.evaluate("location.hash = 'top'")
        page.wait_for_url("**#top")
        expect(page.get_by_role("dialog", name="Edit account")).to_be_visible()


def test_keyboard_is_back_where_it_was_when_a_dialog_was_closed(home: Home) -> None:
    number = home.open_account("By keys")
    with home.page(f"/accounts/{number}") as page:
        await_person(page)
        opener = page.get_by_role("button", name="Edit account")
        opener.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_label("Name", exact=True)).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(opener).to_be_focused()
