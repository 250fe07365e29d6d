"""The page of rates in a browser: fetched, decided and filled by keyboard."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from fintrack.core.clock import utc_now
from tests.browser.barriers import is_too_wide, serious
from tests.browser.loopback_rates import RateServer, serving_rates
from tests.browser.signed_in import PHONE, Home, await_person, running_home

TODAY = utc_now().date()
BEFORE = TODAY - timedelta(days=1)
LONG_AGO = TODAY - timedelta(days=400)


@pytest.fixture(scope="module")
def source() -> Iterator[RateServer]:
    rates = {"btc": "0.00001", "try": "40"}
    past = {LONG_AGO.isoformat(): "0.9"}
    with serving_rates(RateServer(BEFORE.isoformat(), rates, past)) as found:
        yield found


@pytest.fixture(scope="module")
def home(browser: Browser, source: RateServer) -> Iterator[Home]:
    with running_home(browser, begins=True, **source.settings) as home:
        yield home


def _press(page: Page, name: str, place: str = "main") -> None:
    page.locator(place).get_by_role("button", name=name, exact=True).first.focus()
    page.keyboard.press("Enter")


def _wait_for(page: Page, words: str) -> None:
    """A job runs in its turn; the page is asked again until it has."""
    for _ in range(60):
        _press(page, "Refresh")
        expect(page.locator("[aria-busy=true], .bone")).to_have_count(0)
        if page.get_by_text(words).count():
            return
        page.wait_for_timeout(500)
    pytest.fail(f"It does not say “{words}”.")


def test_rates_are_fetched_and_a_jump_is_decided(
    home: Home, source: RateServer
) -> None:
    with home.page("/admin/rates") as page:
        await_person(page)
        expect(page.get_by_role("cell", name="currency-api")).to_be_visible()
        _press(page, "Fetch all now")
        expect(page.locator(".toast").first).to_be_visible()
        _wait_for(page, "Well")
        # The coins are nowhere to be had.
        _wait_for(page, "The source answered with status 404.")
        source.day = TODAY.isoformat()
        source.rates = {"btc": "0.001", "try": "40.1"}
        _press(page, "Fetch now")
        _wait_for(page, "100.0 times as much")
        expect(page.get_by_role("columnheader", name="In force now")).to_be_visible()
        assert serious(page) == []
        assert not is_too_wide(page)
        _press(page, "Accept")
        asking = page.get_by_role("alertdialog", name="Accept this jump?")
        expect(asking).to_contain_text("BTC")
        _press(page, "Accept", "[role=alertdialog]")
        expect(page.get_by_text("One rate is in force now.")).to_be_visible()
        expect(page.get_by_text("Jumps wait for your word.")).to_have_count(0)


def test_period_is_filled(home: Home) -> None:
    with home.page("/admin/rates", viewport=PHONE) as page:
        await_person(page)
        page.get_by_label("From", exact=True).fill(LONG_AGO.isoformat())
        page.get_by_label("To", exact=True).fill(
            (LONG_AGO - timedelta(days=1)).isoformat()
        )
        _press(page, "Fill")
        expect(page.get_by_text("The last day comes before the first.")).to_be_visible()
        page.get_by_label("To", exact=True).fill(
            (LONG_AGO + timedelta(days=2)).isoformat()
        )
        page.get_by_role("button", name="Fill", exact=True).dblclick()
        # It moves by itself, without being asked.
        expect(page.get_by_text("3 of 3 days")).to_be_visible(timeout=60_000)
        told = page.get_by_text("Done · one rate came · 2 days had none")
        expect(told).to_be_visible()
        expect(page.get_by_text("is being filled already")).to_have_count(0)
        assert serious(page) == []
        assert not is_too_wide(page)
