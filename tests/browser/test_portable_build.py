"""One build works on any host and port: the page's socket follows the page."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.serving import fetch, serving


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_socket_goes_to_where_the_page_came_from(
    browser: Browser, data_dir: Path, port: int, host: str
) -> None:
    page = browser.new_page()
    with serving(data_dir, port):
        fetch(port)
        with page.expect_websocket() as opened:
            page.goto(f"http://{host}:{port}/")
        assert opened.value.url.startswith(f"ws://{host}:{port}/_event")
        page.close()
