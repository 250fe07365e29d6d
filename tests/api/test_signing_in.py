"""Setup, sign-in and sign-out over REST."""

import asyncio
import re
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import text
from starlette.types import ASGIApp

from fintrack.api.parts import Parts, new_setup_code
from fintrack.api.setup import print_setup_code
from fintrack.services.database import Database
from tests.api.conftest import make_browser
from tests.conftest import Clock
from tests.services.people import GOOD

ADA = {"first_name": "Ada", "email": "ada@example.org", "password": GOOD}
SIGN_IN = {"email": "ADA@example.org", "password": GOOD}
SESSION = "/api/v1/auth/session"


async def set_up(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/api/v1/setup", json=ADA)
    assert answer.status_code == 201, answer.text
    browser.cookies.clear()


async def test_setup_signs_the_first_admin_in(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/api/v1/setup", json=ADA)
    assert (answer.status_code, answer.json()) == (
        201,
        {"next": "/welcome", "recovery": None},
    )
    me = (await browser.get("/api/v1/me")).json()
    assert (me["email"], me["role"]) == ("ada@example.org", "admin")
    assert me["ledger"]["role"] == "owner"


async def test_second_setup_is_refused(browser: httpx.AsyncClient) -> None:
    await set_up(browser)
    answer = await browser.post("/api/v1/setup", json={**ADA, "email": "e@ve.org"})
    assert answer.status_code == 409


async def test_two_setups_at_once_give_one_winner(browser: httpx.AsyncClient) -> None:
    both = [
        browser.post("/api/v1/setup", json={**ADA, "email": f"{n}@example.org"})
        for n in range(2)
    ]
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*both))
    assert statuses == [201, 409]


async def test_findings_stand_beside_their_fields(browser: httpx.AsyncClient) -> None:
    answer = await browser.post(
        "/api/v1/setup",
        json={"first_name": "", "email": "ada", "password": "short"},
        headers={"Accept-Language": "de;q=0.1, en"},
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert {e["field"] for e in problem["errors"]} == {
        "first_name",
        "email",
        "password",
    }
    assert (problem["status"], problem["code"]) == (422, "invalid")
    assert "short" not in answer.text


@pytest.mark.parametrize(
    ("address", "base", "headers"),
    [
        ("203.0.113.7", "http://localhost:8000", {}),
        ("127.0.0.1", "http://evil.example:8000", {}),
        ("127.0.0.1", "http://localhost:8000", {"X-Forwarded-For": "127.0.0.1"}),
    ],
    ids=["another machine", "rebound name", "behind a proxy"],
)
async def test_setup_from_elsewhere_demands_the_code(
    api: ASGIApp, parts: Parts, address: str, base: str, headers: dict[str, str]
) -> None:
    async with make_browser(api, address=address, base=base) as far:
        far.headers.update(headers)
        for code in ("", "AAAA-BBBB-CCCC-DDDD"):
            answer = await far.post("/api/v1/setup", json={**ADA, "code": code})
            assert answer.json()["errors"][0]["field"] == "code"
        typed = parts.setup_code.lower().replace("-", " ")
        answer = await far.post("/api/v1/setup", json={**ADA, "code": typed})
        assert answer.status_code == 201


async def test_setup_code_is_printed_where_others_reach_a_house_without_admin(
    browser: httpx.AsyncClient, parts: Parts, capsys: pytest.CaptureFixture[str]
) -> None:
    await print_setup_code(parts, "127.0.0.1")
    assert capsys.readouterr().out == ""
    await print_setup_code(parts, "0.0.0.0")  # noqa: S104 - only a name here
    assert parts.setup_code in capsys.readouterr().out
    await set_up(browser)
    await print_setup_code(parts, "0.0.0.0")  # noqa: S104 - as above
    assert capsys.readouterr().out == ""


async def test_sign_in_sets_a_cookie_that_scripts_cannot_read(
    browser: httpx.AsyncClient,
) -> None:
    await set_up(browser)
    answer = await browser.post(SESSION, json=SIGN_IN)
    assert (answer.status_code, answer.json()) == (201, {})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("fintrack=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert (await browser.get("/api/v1/me")).status_code == 200


async def test_cookie_over_https_is_bound_to_the_host(api: ASGIApp) -> None:
    async with make_browser(api, base="https://money.example") as browser:
        made = await browser.post("/api/v1/setup", json={**ADA, "code": api_code(api)})
        cookie = made.headers["set-cookie"]
        assert cookie.startswith("__Host-fintrack=")
        assert "Secure" in cookie
        assert "Domain" not in cookie


def api_code(api: ASGIApp) -> str:
    return str(api.state.parts.setup_code)  # type: ignore[attr-defined]  # Starlette


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/accounts?x=1", "/accounts?x=1"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
    ],
)
async def test_next_is_a_path_of_this_site(
    browser: httpx.AsyncClient, wanted: str, given: str
) -> None:
    await set_up(browser)
    answer = await browser.post(SESSION, json={**SIGN_IN, "next": wanted})
    assert answer.json() == {"next": given}


async def test_wrong_password_and_unknown_person_get_the_same_answer(
    browser: httpx.AsyncClient,
) -> None:
    await set_up(browser)
    wrong = await browser.post(SESSION, json={**SIGN_IN, "password": "wrong"})
    nobody = await browser.post(SESSION, json={**SIGN_IN, "email": "no@example.org"})
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.json() == nobody.json()
    assert "set-cookie" not in wrong.headers


async def test_sixth_try_is_told_how_long_to_wait(
    browser: httpx.AsyncClient, clock: Clock
) -> None:
    await set_up(browser)
    wrong = {"email": "x@example.org", "password": "no"}
    for _ in range(5):
        await browser.post(SESSION, json=wrong)
    answer = await browser.post(SESSION, json=wrong)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "30")
    clock.advance(seconds=30)
    assert (await browser.post(SESSION, json=SIGN_IN)).status_code == 201


async def test_signing_in_again_ends_the_session_before(
    browser: httpx.AsyncClient, parts: Parts
) -> None:
    await set_up(browser)
    await browser.post(SESSION, json=SIGN_IN)
    first = browser.cookies["fintrack"]
    await browser.post(SESSION, json=SIGN_IN)
    assert browser.cookies["fintrack"] != first
    assert await parts.directory.find(first) is None


async def test_sign_out_ends_the_session_at_once(browser: httpx.AsyncClient) -> None:
    await set_up(browser)
    await browser.post(SESSION, json=SIGN_IN)
    cookie = browser.cookies["fintrack"]
    answer = await browser.delete(SESSION)
    assert answer.status_code == 204
    assert "fintrack" not in browser.cookies
    browser.cookies.set("fintrack", cookie)
    assert (await browser.get("/api/v1/me")).status_code == 401


@pytest.fixture
async def ended_elsewhere(browser: httpx.AsyncClient, home: Database) -> str:
    """The cookie of a session that another process ended, remembered by this one."""
    await set_up(browser)
    await browser.post(SESSION, json=SIGN_IN)
    assert (await browser.get("/api/v1/me")).status_code == 200
    async with home.unit_of_work() as session:
        ended = text("UPDATE sign_in_session SET ended_at = :now")
        await session.execute(ended, {"now": home.clock()})
    return browser.cookies["fintrack"]


async def test_session_that_ended_elsewhere_is_in_nobodys_way_in(
    browser: httpx.AsyncClient, ended_elsewhere: str
) -> None:
    answer = await browser.post(SESSION, json=SIGN_IN)
    assert answer.status_code == 201, answer.text
    assert browser.cookies["fintrack"] != ended_elsewhere
    assert (await browser.get("/api/v1/me")).status_code == 200


async def test_session_that_ended_elsewhere_is_signed_out_of(
    browser: httpx.AsyncClient, ended_elsewhere: str, parts: Parts
) -> None:
    answer = await browser.delete(SESSION)
    assert answer.status_code == 204
    assert "fintrack" not in browser.cookies
    assert await parts.directory.find(ended_elsewhere) is None


async def test_ledger_of_somebody_else_changes_nothing_in_me(
    browser: httpx.AsyncClient,
) -> None:
    await browser.post("/api/v1/setup", json=ADA)
    bad = await browser.get("/api/v1/me", headers={"FinTrack-Ledger": "abc"})
    assert bad.status_code == 422
    assert [one["field"] for one in bad.json()["errors"]] == ["FinTrack-Ledger"]
    assert bad.json()["detail"] == "This value cannot be used."


@pytest.mark.parametrize(
    "body",
    [
        '{"email": NaN, "password": "x"}',
        '{"email": 5, "password": "x"}',
        '{"email": "a@b.c", "password": "x", "is_admin": true}',
        '{"email": "a@b.c", "email": "d@e.f", "password": "x"}',
        '{"email": "a@b.c"',
        '["a@b.c"]',
        "",
    ],
)
async def test_json_is_read_strictly(browser: httpx.AsyncClient, body: str) -> None:
    answer = await browser.post(
        SESSION, content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_body_that_no_form_has_is_refused(browser: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 65536

    declared = await browser.post(SESSION, content=b"x" * (1024 * 1024 + 1))
    streamed = await browser.post(SESSION, content=endless())
    assert declared.status_code == streamed.status_code == 413


async def test_unknown_address_below_api_is_a_problem(
    browser: httpx.AsyncClient,
) -> None:
    answer = await browser.get("/api/nothing")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not-found"
    assert (await browser.get("/api")).headers["location"] == "/api/docs"


async def test_docs_come_from_here_alone(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/api/docs")
    assert "//" not in page.text.replace("<!doctype", "")
    for name in ("swagger-ui-bundle.js", "swagger-ui.css", "start.js"):
        assert (await browser.get(f"/api/docs/{name}")).status_code == 200
    spec = (await browser.get("/api/openapi.json")).json()
    assert "/v1/auth/session" in spec["paths"]


def test_setup_code_has_160_random_bits() -> None:
    codes = {new_setup_code() for _ in range(100)}
    assert len(codes) == 100
    assert all(re.fullmatch(r"([A-Z2-7]{4}-){7}[A-Z2-7]{4}", code) for code in codes)


async def test_sign_in_says_how_the_pages_are_to_look(
    browser: httpx.AsyncClient,
) -> None:
    await set_up(browser)
    assert (await browser.post(SESSION, json=SIGN_IN)).json() == {}
    settings = (await browser.get("/api/v1/me/settings")).json()
    chosen = {**settings, "appearance": "dark"}
    assert (await browser.put("/api/v1/me/settings", json=chosen)).is_success
    assert (await browser.post(SESSION, json=SIGN_IN)).json() == {"appearance": "dark"}
