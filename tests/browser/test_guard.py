"""What a tab keeps when its session is renewed, in a real browser."""

import json

from playwright.sync_api import Browser

from fintrack.state.guard import RELOAD, RENEW

HERE = "http://fintrack.test/"
FLOW = "fintrack.flow /api/v1/me/email"


def _kept(browser: Browser, script: str) -> list[str]:
    page = browser.new_page()
    page.route("**/*", lambda route: route.fulfill(content_type="text/html", body="x"))
    page.goto(HERE)
    page.evaluate(f"sessionStorage.setItem({json.dumps(FLOW)}, '1')")
    page.evaluate("sessionStorage.setItem('token', '1')")
    page.evaluate("sessionStorage.setItem('fintrack.flowers', '1')")
    with page.expect_navigation():
        page.evaluate(script)
    kept = list(page.evaluate("Object.keys(sessionStorage)"))
    page.close()
    return kept


def test_mailed_code_outlives_a_renewed_session(browser: Browser) -> None:
    assert _kept(browser, RENEW) == [FLOW]


def test_nothing_outlives_a_change_of_person(browser: Browser) -> None:
    assert _kept(browser, RELOAD) == []
