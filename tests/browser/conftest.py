from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import find_chromium
from tests.browser.signed_in import Home, Served, running
from tests.serving import built, data_dir, port

__all__ = ["built", "data_dir", "port"]


@pytest.fixture(scope="session")
def chromium() -> Path:
    return find_chromium()


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # No GPU is imitated: to paint without one is less work.
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(built: None) -> Iterator[Served]:
    """A FinTrack that the tests of one process share, each file with its own Ada."""
    del built
    with running() as served:
        yield served


@pytest.fixture(scope="module")
def home(served: Served, browser: Browser) -> Home:
    """The empty books of this file; a file may fill them, or serve its own."""
    return served.move_in(browser)
