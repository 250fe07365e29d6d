"""The pages live with their own content policy: nothing of theirs is refused."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.serving import fetch, serving


def test_page_meets_no_refusal_of_its_policy(
    browser: Browser, data_dir: Path, port: int
) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    with serving(data_dir, port):
        _, headers = fetch(port)
        assert "sha256-" in headers["content-security-policy"]
        with page.expect_websocket(lambda opened: "/_event" in opened.url) as tab:
            page.goto(f"http://127.0.0.1:{port}/")
        tab.value.wait_for_event(
            "framereceived", lambda frame: "hydrated" in str(frame)
        )
        page.close()
    assert [text for text in said if "Content Security Policy" in text] == []
