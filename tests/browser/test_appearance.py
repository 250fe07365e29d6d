"""Light or dark is the person's choice, on each of their devices."""

from playwright.sync_api import Page, expect

from tests.browser.signed_in import Home, await_person


def _choose(page: Page, name: str) -> None:
    page.get_by_role("button", name="Account menu").click()
    page.get_by_role("dialog", name="Account menu").get_by_role(
        "button", name=name
    ).click()


def _expect_dark(page: Page, *, is_dark: bool) -> None:
    await_person(page)
    expect(page.locator("html")).to_have_class("dark" if is_dark else "light")


def test_choice_comes_to_another_device_and_goes_back(home: Home) -> None:
    with home.page("/accounts", color_scheme="light") as here:
        _expect_dark(here, is_dark=False)
        _choose(here, "Dark")
        _expect_dark(here, is_dark=True)
        # What follows on the same socket comes after it.
        here.get_by_role("link", name="Categories").first.click()
        expect(here.get_by_role("heading", name="Categories", level=1)).to_be_visible()
        here.reload()
        _expect_dark(here, is_dark=True)
    with home.page("/accounts", color_scheme="light") as there:
        _expect_dark(there, is_dark=True)
        _choose(there, "System")
        _expect_dark(there, is_dark=False)
        there.get_by_role("link", name="Categories").first.click()
        expect(there.get_by_role("heading", name="Categories", level=1)).to_be_visible()
    with home.page("/accounts", color_scheme="light") as again:
        _expect_dark(again, is_dark=False)
