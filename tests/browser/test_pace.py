"""Who clicks faster than the limit allows is told so, in a toast."""

from playwright.sync_api import Browser, expect

from fintrack.core.rate_limits import LIMITS, Kind
from tests.browser.signed_in import running_home

CLICK = "(button, times) => { for (let n = 0; n < times; n += 1) button.click(); }"


def test_events_over_the_limit_are_answered_in_words(browser: Browser) -> None:
    with running_home(browser) as home:
        home.open_account("Everyday")
        with home.page("/accounts") as page:
            button = page.get_by_role("button", name="New account")
            button.evaluate(CLICK, LIMITS[Kind.EVENT].per_account + 20)
            toast = page.get_by_text("That was too much at once")
            expect(toast).to_be_visible(timeout=60_000)
            expect(toast).to_have_count(1)
