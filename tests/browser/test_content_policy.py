"""The pages live with their own content policy: nothing of theirs is refused."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.serving import fetch, serving

SECONDS = 30


def test_page_meets_no_refusal_of_its_policy(
    browser: Browser, data_dir: Path, port: int
) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    with serving(data_dir, port):
        _, headers = fetch(port)
        assert "sha256-" in headers["content-security-policy"]
        page.goto(f"http://127.0.0.1:{port}/")
        # The way there is told over the socket, and what a page shows comes from there.
        field = page.get_by_label("First name")
        expect(field).to_be_visible(timeout=SECONDS * 1000)
        page.close()
    assert [text for text in said if "Content Security Policy" in text] == []
