"""The pages live with their own content policy: nothing of theirs is refused."""

import time
from pathlib import Path

from playwright.sync_api import Browser

from tests.serving import fetch, serving

SECONDS = 30


def test_page_meets_no_refusal_of_its_policy(
    browser: Browser, data_dir: Path, port: int
) -> None:
    page = browser.new_page()
    said: list[str] = []
    frames: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    # From the first frame on: one that came before somebody waits is never seen.
    page.on(
        "websocket",
        lambda tab: tab.on("framereceived", lambda frame: frames.append(str(frame))),
    )
    with serving(data_dir, port):
        _, headers = fetch(port)
        assert "sha256-" in headers["content-security-policy"]
        page.goto(f"http://127.0.0.1:{port}/")
        given_up = time.monotonic() + SECONDS
        while not any("hydrated" in frame for frame in frames):
            assert time.monotonic() < given_up
            page.wait_for_timeout(50)
        page.close()
    assert [text for text in said if "Content Security Policy" in text] == []
