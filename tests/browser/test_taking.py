"""The whole books as a file: after a fresh proof, on a phone, by keyboard."""

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import text

from fintrack.cli.databases import LOG_DATABASE, MAIN_DATABASE
from fintrack.core.clock import utc_now
from fintrack.services import database, embedded
from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import ADA, BEGINS, PHONE, Home, Served, running

STALE = text("UPDATE sign_in_session SET proved_at = proved_at - interval '6 minutes'")
WORDS = {
    "en": {
        "export": "Export",
        "files": "Export these transactions",
        "confirm": "Please confirm that it is you",
        "password": "Password",
        "wrong": "The password is not right.",
    },
    "tr": {
        "export": "Dışa aktar",
        "files": "Bu işlemleri dışa aktar",
        "confirm": "Lütfen siz olduğunuzu doğrulayın",
        "password": "Parola",
        "wrong": "Parola doğru değil.",
    },
}


@pytest.fixture(scope="module")
def house() -> Iterator[Served]:
    with running() as served:
        yield served


@pytest.fixture(scope="module")
def home(house: Served, browser: Browser) -> Home:
    """Ada with a password, and one payment of today."""
    home = Home(house.base, browser)
    home.post("setup", ADA)
    home.post("ledger/start", BEGINS)
    bank = home.open_account("Bank")
    food = home.post("categories", {"name": "Bread", "kind": "expense"})["item"]["id"]
    amount = {"amount": "2.00", "currency": "EUR"}
    line = {"category_id": food, "amount": amount}
    paid = {"account_id": bank, "amount": amount, "lines": [line]}
    today = utc_now().date().isoformat()
    home.post("transactions", {"on_date": today, "payee": "Lidl", "expense": paid})
    return home


@pytest.mark.parametrize("language", sorted(WORDS))
def test_whole_books_come_after_the_password(
    house: Served, home: Home, language: str
) -> None:
    words = WORDS[language]
    _speak(home, language)
    _let_proof_age(house)
    with home.page("/transactions?period=all", viewport=PHONE) as page:
        files = _open_files(page, words)
        link = files.get_by_role("link", name="JSON", exact=True)
        proof = _ask_for_proof(page, link, words)
        assert serious(page) == []
        assert not is_too_wide(page)
        page.keyboard.press("Escape")
        expect(proof).to_have_count(0)
        expect(files).to_be_visible()
        expect(link).to_be_focused()
        _prove_at_the_second_try(page, link, words)
        expect(page.locator(".tx", has_text="Lidl")).to_be_visible()
        assert "period=all" in page.url
        # The page that came anew goes on with the new cookie, and does not ask again.
        link = _open_files(page, words).get_by_role("link", name="CSV", exact=True)
        with page.expect_download() as saved:
            link.press("Enter")
        assert saved.value.suggested_filename == "transactions.csv"
        home.cookies = page.context.cookies()


def test_month_comes_at_once(house: Served, home: Home) -> None:
    _speak(home, "en")
    _let_proof_age(house)
    with home.page("/transactions") as page:
        files = _open_files(page, WORDS["en"])
        with page.expect_download() as saved:
            files.get_by_role("link", name="CSV", exact=True).click()
        assert "Lidl" in Path(saved.value.path()).read_text(encoding="utf-8")
        expect(files).to_be_visible()


def test_proof_over_a_dialog_is_given_with_the_mouse(house: Served, home: Home) -> None:
    words = WORDS["en"]
    _speak(home, "en")
    _let_proof_age(house)
    with home.page("/transactions?period=all") as page:
        files = _open_files(page, words)
        files.get_by_role("link", name="CSV", exact=True).click()
        proof = page.get_by_role("dialog", name=words["confirm"])
        proof.get_by_role("button", name="Cancel").click()
        expect(files.get_by_role("alert")).to_have_text(f"{words['confirm']}.")
        files.get_by_role("link", name="CSV", exact=True).click()
        proof.get_by_label(words["password"], exact=True).click()
        page.keyboard.type(ADA["password"])
        with page.expect_download():
            proof.get_by_role("button", name="Confirm").click()
        home.cookies = page.context.cookies()


def test_server_that_does_not_answer_is_told_beside_the_link(home: Home) -> None:
    with home.page("/transactions") as page:
        page.route("**/export/check?*", lambda route: route.abort())
        files = _open_files(page, WORDS["en"])
        files.get_by_role("link", name="CSV", exact=True).click()
        expect(files.get_by_role("alert")).to_contain_text("did not answer")


def _open_files(page: Page, words: dict[str, str]) -> Locator:
    button = page.get_by_role("button", name=words["export"], exact=True)
    button.focus()
    button.press("Enter")
    return page.get_by_role("dialog", name=words["files"])


def _ask_for_proof(page: Page, link: Locator, words: dict[str, str]) -> Locator:
    link.press("Enter")
    proof = page.get_by_role("dialog", name=words["confirm"])
    expect(proof.get_by_label(words["password"], exact=True)).to_be_focused()
    return proof


def _prove_at_the_second_try(page: Page, link: Locator, words: dict[str, str]) -> None:
    proof = _ask_for_proof(page, link, words)
    page.keyboard.type("three loud herons")
    page.keyboard.press("Enter")
    expect(proof.get_by_text(words["wrong"])).to_be_visible()
    page.keyboard.press("Control+A")
    page.keyboard.type(ADA["password"])
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    books = json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))
    assert saved.value.suggested_filename == "transactions.json"
    assert [one["payee"] for one in books["transactions"]] == ["Lidl"]


def _speak(home: Home, language: str) -> None:
    context = home.context()
    url = "/api/v1/me/settings"
    settings = {**context.request.get(url).json(), "language": language}
    done = context.request.put(url, data=settings, headers={"Origin": home.base})
    assert done.ok, done.text()
    cookie = {"name": "fintrack_language", "value": language, "url": home.base}
    context.add_cookies([cookie])  # pyright: ignore[reportArgumentType] - a TypedDict
    home.cookies = context.cookies()
    context.close()


def _let_proof_age(house: Served) -> None:
    """All proofs are six minutes old; Playwright has a loop in this thread already."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _age(house.data_dir)).result()


async def _age(data_dir: Path) -> None:
    with embedded.start(data_dir) as server:
        urls = server.url(MAIN_DATABASE), server.url(LOG_DATABASE)
        made = database.connect(*urls, utc_now)
        async with made.unit_of_work() as session:
            await session.execute(STALE)
        await made.dispose()
