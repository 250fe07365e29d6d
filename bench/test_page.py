"""What the first load of the dashboard costs on the wire."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, expect

from bench.table import print_table
from tests.browser.conftest import browser, chromium
from tests.browser.test_first_run import SECONDS, set_up, show_sample
from tests.serving import built, data_dir, fetch, port, serving

__all__ = ["browser", "built", "chromium", "data_dir", "port"]

BEFORE_PAINT = 550_000
WITH_CHARTS = 1_000_000
# What the headers of one answer weigh, the policy included.
HEADERS = 1_500
# Tells when the largest element was painted, in milliseconds since the page began.
LARGEST = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
    .observe({type: "largest-contentful-paint", buffered: true});
})"""


@dataclass
class Wire:
    """Which files came, and when each of them was there.

    Over plain http Chromium asks for gzip only; behind TLS it takes brotli. The sizes
    are therefore those that the server answers when it is asked for brotli.
    """

    session: CDPSession
    port: int
    paths: dict[str, str] = field(default_factory=dict)
    arrived: list[tuple[float, str]] = field(default_factory=list)
    began: float = 0.0

    def listen(self) -> None:
        self.session.send("Network.enable")
        self.session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.session.on("Network.requestWillBeSent", self._begin)
        self.session.on("Network.loadingFinished", self._finish)

    def total(self, *, until: float = float("inf")) -> int:
        """Bytes of what was there ``until`` so many seconds after the first request."""
        return sum(
            self._size(path) for at, path in self.arrived if at - self.began <= until
        )

    def _size(self, path: str) -> int:
        _, headers = fetch(self.port, path)
        names = {name.lower(): value for name, value in headers.items()}
        return int(names["content-length"]) + HEADERS

    def _begin(self, event: dict[str, Any]) -> None:
        self.began = self.began or event["timestamp"]
        self.paths[event["requestId"]] = urlsplit(event["request"]["url"]).path

    def _finish(self, event: dict[str, Any]) -> None:
        self.arrived.append((event["timestamp"], self.paths[event["requestId"]]))


def test_first_load_of_the_dashboard(
    browser: Browser, data_dir: Path, port: int
) -> None:
    with serving(data_dir, port):
        fetch(port)
        address = f"http://127.0.0.1:{port}"
        context = browser.new_context(
            viewport={"width": 1280, "height": 800}, locale="de-DE"
        )
        context.set_default_timeout(SECONDS)
        page = context.new_page()
        set_up(page, address)
        show_sample(page)
        painted, before, all_of_it = _load(page, address, port)
        context.close()
    print_table(
        "dashboard, first load",
        [
            ("largest paint", f"{painted:.0f} ms"),
            ("until then, at most 550 KB", f"{before / 1000:.0f} KB"),
            ("with charts, at most 1,000 KB", f"{all_of_it / 1000:.0f} KB"),
        ],
    )
    assert before <= BEFORE_PAINT
    assert all_of_it <= WITH_CHARTS


def _load(page: Page, address: str, port: int) -> tuple[float, int, int]:
    """Milliseconds to the largest paint, bytes until then, bytes in all."""
    fresh = page.context.new_page()
    wire = Wire(page.context.new_cdp_session(fresh), port)
    wire.listen()
    fresh.goto(address)
    expect(fresh.locator(".js-plotly-plot").first).to_be_visible(timeout=SECONDS)
    fresh.wait_for_load_state("networkidle")
    painted = float(fresh.evaluate(LARGEST))
    found = painted, wire.total(until=painted / 1000), wire.total()
    fresh.close()
    return found
