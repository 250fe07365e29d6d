"""The master key leaves over the web once: in the answer to who sets FinTrack up."""

import asyncio
from pathlib import Path

import httpx
import pytest
from starlette.types import ASGIApp

from fintrack.api.headers import SecureHeaders
from fintrack.api.parts import Parts
from fintrack.services.database import Database
from fintrack.services.master_key import read_recovery_text
from tests.api.asking import gives, refuses
from tests.api.conftest import make_browser, sign_in
from tests.books import make_person
from tests.services.people import GOOD

ADA = {"first_name": "Ada", "email": "ada@example.org", "password": GOOD}
SETUP = "/api/v1/setup"


@pytest.fixture
def parts(parts: Parts) -> Parts:
    parts.key_is_made_here = True
    return parts


def letters_of(parts: Parts) -> str:
    assert parts.key
    return parts.key.recovery_text


async def test_new_admin_gets_the_key_and_no_cache_keeps_it(
    api: ASGIApp, parts: Parts, tmp_path: Path
) -> None:
    async with make_browser(SecureHeaders(api, tmp_path, https=False)) as browser:
        answer = await browser.post(SETUP, json=ADA)
    sheet = gives(answer, 201)["recovery"]
    assert parts.key
    assert read_recovery_text(sheet["key"]) == parts.key
    assert sheet["fingerprint"] == parts.key.fingerprint
    assert answer.headers["cache-control"] == "no-store"
    assert sheet["key"] not in str(answer.headers)


async def test_second_setup_gets_no_key(
    browser: httpx.AsyncClient, parts: Parts
) -> None:
    gives(await browser.post(SETUP, json=ADA), 201)
    again = await browser.post(SETUP, json={**ADA, "email": "eve@example.org"})
    refuses(again, 409)
    assert letters_of(parts) not in again.text


async def test_of_two_setups_at_once_only_the_winner_gets_the_key(
    browser: httpx.AsyncClient, parts: Parts
) -> None:
    both = [
        browser.post(SETUP, json={**ADA, "email": f"{n}@example.org"}) for n in range(2)
    ]
    answers = await asyncio.gather(*both)
    shown = {answer.status_code: letters_of(parts) in answer.text for answer in answers}
    assert shown == {201: True, 409: False}


async def test_refused_setup_gets_no_key(
    browser: httpx.AsyncClient, parts: Parts
) -> None:
    answer = await browser.post(SETUP, json={**ADA, "password": "short"})
    refuses(answer, 422, "password")
    assert letters_of(parts) not in answer.text


async def test_no_address_gives_the_key_to_anybody_afterwards(
    api: ASGIApp, browser: httpx.AsyncClient, parts: Parts, home: Database
) -> None:
    gives(await browser.post(SETUP, json=ADA), 201)
    bob = await make_person(home, "bob@example.org")
    stranger_browser = await sign_in(api, bob, "bob")
    paths = gives(await browser.get("/api/openapi.json"))["paths"]
    asked = [path for path, verbs in paths.items() if "get" in verbs]
    assert asked
    for who in (browser, stranger_browser):
        for path in asked:
            answer = await who.get(f"/api{path}".replace("{", "").replace("}", ""))
            assert letters_of(parts) not in answer.text, path
    assert (await browser.get(SETUP)).status_code == 405
    await stranger_browser.aclose()


async def test_given_key_is_not_shown(browser: httpx.AsyncClient, parts: Parts) -> None:
    parts.key_is_made_here = False
    answer = await browser.post(SETUP, json=ADA)
    assert gives(answer, 201)["recovery"] is None
    assert letters_of(parts) not in answer.text


@pytest.mark.parametrize(
    ("base", "is_shown"),
    [("http://192.0.2.9:8000", False), ("https://money.example", True)],
    ids=["plain http from elsewhere", "https"],
)
async def test_key_goes_to_another_machine_over_https_only(
    api: ASGIApp, parts: Parts, base: str, *, is_shown: bool
) -> None:
    async with make_browser(api, address="192.0.2.7", base=base) as far:
        answer = await far.post(SETUP, json={**ADA, "code": parts.setup_code})
    assert (gives(answer, 201)["recovery"] is not None) is is_shown
