"""Light or dark is the person's choice, on each of their devices."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.signed_in import ADA, Home, await_person, running_home


@pytest.fixture(scope="module")
def home(browser: Browser) -> Iterator[Home]:
    """Who signs in with a password, and has chosen nothing yet."""
    with running_home(browser) as home:
        yield home


def _choose(page: Page, name: str) -> None:
    page.get_by_role("button", name="Account menu").click()
    page.get_by_role("dialog", name="Account menu").get_by_role(
        "button", name=name
    ).click()
    page.keyboard.press("Escape")


def _expect_dark(page: Page, *, is_dark: bool) -> None:
    await_person(page)
    expect(page.locator("html")).to_have_class("dark" if is_dark else "light")


def _go_on(page: Page) -> None:
    """What follows on the same socket comes after what was chosen."""
    page.get_by_role("link", name="Categories").first.click()
    expect(page.get_by_role("heading", name="Categories", level=1)).to_be_visible()


def _stranger(home: Home) -> BrowserContext:
    return Home(home.base, home.browser).context(color_scheme="light")


def _sign_in(page: Page) -> None:
    page.get_by_label("E-mail").fill(ADA["email"])
    page.get_by_label("Password", exact=True).fill(ADA["password"])
    page.get_by_role("button", name="Sign in").click()


def test_choice_at_the_door_is_kept_where_nobody_has_chosen(home: Home) -> None:
    context = _stranger(home)
    page = context.new_page()
    page.goto("/signin")
    page.get_by_role("button", name="Dark").click()
    _sign_in(page)
    _expect_dark(page, is_dark=True)
    _go_on(page)
    _expect_dark(page, is_dark=True)
    context.close()
    with home.page("/accounts", color_scheme="light") as there:
        _expect_dark(there, is_dark=True)


def test_first_page_of_a_new_device_is_painted_as_it_was_chosen(home: Home) -> None:
    with home.page("/accounts") as here:
        await_person(here)
        _choose(here, "Dark")
        _go_on(here)
    context = _stranger(home)
    page = context.new_page()
    page.goto("/signin")
    expect(page.locator("html")).to_have_class("light")
    # Without its modules a page is what it is at its first paint.
    page.route("**/assets/entry.client*", lambda route: route.abort())
    _sign_in(page)
    page.wait_for_url(f"{home.base}/")
    expect(page.locator("html")).to_have_class("dark")
    context.close()


def test_choice_beside_the_settings_leaves_their_form_alone(home: Home) -> None:
    with home.page("/settings") as page:
        await_person(page)
        looks = page.locator("main").get_by_role("group", name="Appearance")
        for name in ("Light", "Dark"):
            looks.get_by_role("button", name=name).click()
        page.get_by_label("First name").fill("Augusta")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Your settings are saved.")).to_be_visible()


def test_choice_comes_to_another_device_and_goes_back(home: Home) -> None:
    with home.page("/accounts", color_scheme="light") as here:
        _choose(here, "Light")
        _choose(here, "Dark")
        _expect_dark(here, is_dark=True)
        _go_on(here)
        _expect_dark(here, is_dark=True)
        here.reload()
        _expect_dark(here, is_dark=True)
    with home.page("/accounts", color_scheme="light") as there:
        _expect_dark(there, is_dark=True)
        _choose(there, "System")
        _expect_dark(there, is_dark=False)
        _go_on(there)
    with home.page("/accounts", color_scheme="light") as again:
        _expect_dark(again, is_dark=False)
