import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserType, expect, sync_playwright

from tests.browser.chromium import launch, watched
from tests.browser.signed_in import Home, Served, running
from tests.serving import built, data_dir, port

__all__ = ["built", "data_dir", "port"]
LOADED_SECONDS = 60
# The slowest test takes a sixth of it.
STILL_SECONDS = 100
# Two browsers, servers and databases share what may be two slow cores.
expect.set_options(timeout=20_000)
RATE_OF_LIRA = "/api/v1/currencies/convert?from=EUR&to=TRY&amount=1"


@pytest.fixture(scope="session")
def chromium() -> Iterator[BrowserType]:
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="module")
def browser(chromium: BrowserType) -> Iterator[Browser]:
    browser = launch(chromium)
    yield browser
    browser.close()


@pytest.fixture(autouse=True)
def moving() -> Iterator[None]:
    with watched(STILL_SECONDS):
        yield


@pytest.fixture(scope="session")
def served(built: None) -> Iterator[Served]:
    """A FinTrack that the tests of one process share, each file with its own Ada.

    An Ada who does a file of tests in a minute is quicker than a person may be.
    """
    del built
    with running(FINTRACK_RATE_LIMITS="false") as served:
        yield served


@pytest.fixture(scope="session")
def served_with_rates(built: None, chromium: BrowserType) -> Iterator[Served]:
    """The same, once the rates that come with the program are loaded."""
    del built
    with running(FINTRACK_RATES="bundled") as served:
        browser = launch(chromium)
        _await_rates(served.move_in(browser))
        browser.close()
        yield served


def _await_rates(home: Home) -> None:
    context = home.context()
    for _ in range(LOADED_SECONDS):
        answer = context.request.get(RATE_OF_LIRA)
        if answer.json()["result"]:
            break
        time.sleep(1)
    else:
        pytest.fail("No rates were loaded.")
    context.close()


@pytest.fixture(scope="module")
def home(served: Served, browser: Browser) -> Iterator[Home]:
    """The empty books of this file; a file may fill them, or serve its own."""
    home = served.move_in(browser)
    yield home
    # Perhaps another one than the file began with.
    home.browser.close()
