"""Programs over REST: tokens instead of a cookie, and what is refused."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from starlette.types import ASGIApp

from fintrack.api.app import build_api
from fintrack.api.parts import Parts
from fintrack.api.subjects import SUBJECTS
from fintrack.core.settings import Settings
from fintrack.services.programs.access_tokens import TokenRules
from fintrack.services.session_directory import SessionDirectory
from tests.api.asking import gives, refuses
from tests.api.conftest import make_browser
from tests.api.test_signing_in import ADA, SESSION, SIGN_IN, set_up
from tests.conftest import Clock

USER = "/api/v1/auth/user"
ME = "/api/v1/me"
FOREIGN = {"Origin": "https://evil.example"}


@pytest.fixture
async def program(api: ASGIApp, browser: httpx.AsyncClient) -> httpx.AsyncClient:
    """A client without cookie and Origin; Ada is set up."""
    await set_up(browser)
    client = make_browser(api, address="203.0.113.9")
    del client.headers["Origin"]
    return client


async def log_in(program: httpx.AsyncClient) -> dict[str, str]:
    """Signs in and sends the access token from now on."""
    tokens: dict[str, str] = gives(
        await program.post(f"{USER}/login", json=SIGN_IN), 201
    )
    program.headers["Authorization"] = f"Bearer {tokens['access_token']}"
    return tokens


async def refresh(program: httpx.AsyncClient, token: str) -> httpx.Response:
    return await program.post(f"{USER}/refresh", json={"refresh_token": token})


async def test_login_gives_tokens_and_no_cookie(program: httpx.AsyncClient) -> None:
    answer = await program.post(f"{USER}/login", json=SIGN_IN)
    tokens = gives(answer, 201)
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 3600)
    assert len(tokens["refresh_token"]) == 43
    assert "set-cookie" not in answer.headers
    refuses(await program.get(ME), 401)
    bearer = {"Authorization": f"bearer {tokens['access_token']}"}
    assert gives(await program.get(ME, headers=bearer))["email"] == ADA["email"]


async def test_wrong_password_and_unknown_person_get_the_same_answer(
    program: httpx.AsyncClient,
) -> None:
    wrong = await program.post(f"{USER}/login", json={**SIGN_IN, "password": "no"})
    nobody = await program.post(
        f"{USER}/login", json={**SIGN_IN, "email": "no@example.org"}
    )
    assert refuses(wrong, 401) == refuses(nobody, 401)


async def test_login_counts_tries_as_every_sign_in(program: httpx.AsyncClient) -> None:
    for _ in range(5):
        await program.post(f"{USER}/login", json={**SIGN_IN, "password": "no"})
    answer = await program.post(f"{USER}/login", json=SIGN_IN)
    refuses(answer, 429)
    assert int(answer.headers["retry-after"]) >= 30


@pytest.mark.parametrize("door", [f"{USER}/login", "/api/v1/auth/session"])
async def test_nul_in_the_e_mail_is_refused(
    program: httpx.AsyncClient, door: str
) -> None:
    given = {**SIGN_IN, "email": "a\x00b@example.org"}
    refuses(await program.post(door, json=given), 422, "email")
    odd = {**SIGN_IN, "password": "a\x00b"}
    refuses(await program.post(door, json=odd), 401)


@pytest.mark.parametrize("field", ["role", "ledger_id", "next"])
async def test_more_than_e_mail_and_password_is_refused(
    program: httpx.AsyncClient, field: str
) -> None:
    more = {**SIGN_IN, field: "admin"}
    refuses(await program.post(f"{USER}/login", json=more), 422, field)


async def test_token_is_refused_the_second_it_expires(
    program: httpx.AsyncClient, clock: Clock
) -> None:
    await log_in(program)
    clock.advance(seconds=3599)
    gives(await program.get(ME))
    clock.advance(seconds=1)
    answer = await program.get(ME)
    assert refuses(answer, 401)["code"] == "not-signed-in"
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_refresh_gives_a_new_pair(
    program: httpx.AsyncClient, clock: Clock
) -> None:
    first = await log_in(program)
    clock.advance(minutes=61)
    second = gives(await refresh(program, first["refresh_token"]))
    assert second["refresh_token"] != first["refresh_token"]
    program.headers["Authorization"] = f"Bearer {second['access_token']}"
    gives(await program.get(ME))


async def test_stolen_refresh_token_ends_the_session_at_once(
    program: httpx.AsyncClient, clock: Clock
) -> None:
    first = await log_in(program)
    await refresh(program, first["refresh_token"])
    clock.advance(seconds=11)
    gives(await program.get(ME))
    refuses(await refresh(program, first["refresh_token"]), 401)
    refuses(await program.get(ME), 401)


async def test_double_click_leaves_one_winner_and_the_session(
    program: httpx.AsyncClient,
) -> None:
    token = (await log_in(program))["refresh_token"]
    both = await asyncio.gather(refresh(program, token), refresh(program, token))
    assert sorted(answer.status_code for answer in both) == [200, 409]
    (won,) = [answer.json() for answer in both if answer.status_code == 200]
    gives(await program.get(ME))
    gives(await refresh(program, won["refresh_token"]))


async def test_logout_ends_the_access_token_too(program: httpx.AsyncClient) -> None:
    token = (await log_in(program))["refresh_token"]
    gives(await program.get(ME))
    for _ in range(2):
        answer = await program.post(f"{USER}/logout", json={"refresh_token": token})
        assert answer.status_code == 204
    refuses(await program.get(ME), 401)
    refuses(await refresh(program, token), 401)


async def test_refresh_token_is_no_cookie_and_no_access_token(
    program: httpx.AsyncClient,
) -> None:
    token = (await log_in(program))["refresh_token"]
    program.headers["Authorization"] = f"Bearer {token}"
    refuses(await program.get(ME), 401)
    del program.headers["Authorization"]
    program.cookies.set("fintrack", token)
    refuses(await program.get(ME), 401)


async def test_cookie_and_bearer_together_are_refused(
    program: httpx.AsyncClient,
) -> None:
    await log_in(program)
    bearer = program.headers.pop("Authorization")
    program.headers["Origin"] = "http://localhost:8000"
    assert (await program.post(SESSION, json=SIGN_IN)).status_code == 201
    gives(await program.get(ME))
    program.headers["Authorization"] = bearer
    assert "not both" in refuses(await program.get(ME), 401)["detail"]


async def test_proxy_that_adds_its_own_password_changes_nothing(
    program: httpx.AsyncClient,
) -> None:
    program.headers["Origin"] = "http://localhost:8000"
    await program.post(SESSION, json=SIGN_IN)
    gives(await program.get(ME, headers={"Authorization": "Basic YTpi"}))


async def test_write_with_a_bearer_needs_no_origin(program: httpx.AsyncClient) -> None:
    await log_in(program)
    account = {
        "name": "Cash",
        "type": "Cash",
        "opening": {"amount": "1.00", "currency": "EUR"},
        "opened_on": "2026-01-01",
    }
    place = "/api/v1/accounts"
    gives(await program.post(place, json=account, headers=FOREIGN), 201)
    gives(await program.post(place, json=account | {"name": "Other"}), 201)


@pytest.mark.parametrize("authorization", ["", "Bearer junk", "Basic YTpi"])
async def test_cookie_still_needs_the_origin_whatever_stands_beside_it(
    program: httpx.AsyncClient, authorization: str
) -> None:
    own = {"Origin": "http://localhost:8000"}
    assert (await program.post(SESSION, json=SIGN_IN, headers=own)).status_code == 201
    beside = FOREIGN | ({"Authorization": authorization} if authorization else {})
    refuses(await program.delete(SESSION, headers=beside), 403)
    gives(await program.get(ME))


async def test_page_of_another_site_cannot_sign_a_program_in(
    program: httpx.AsyncClient,
) -> None:
    answer = await program.post(f"{USER}/login", json=SIGN_IN, headers=FOREIGN)
    refuses(answer, 403)


async def test_issuer_audience_and_lifetime_are_settings() -> None:
    parts = Parts.of(
        Settings(jwt_issuer="us", jwt_audience="them", jwt_minutes=5),
        SessionDirectory(),
    )
    assert parts.tokens == TokenRules("us", "them", timedelta(minutes=5))


async def test_description_names_both_ways_to_sign_in() -> None:
    found = build_api(Parts.of(Settings(), SessionDirectory()), SUBJECTS)
    async with make_browser(found) as reader:
        spec = (await reader.get("/api/openapi.json")).json()
    schemes = spec["components"]["securitySchemes"]
    assert schemes["bearer"]["scheme"] == "bearer"
    assert schemes["bearer"]["bearerFormat"] == "JWT"
    assert schemes["cookie"]["in"] == "cookie"
    assert spec["paths"]["/v1/accounts"]["get"]["security"] == [
        {"bearer": []},
        {"cookie": []},
    ]
    assert "security" not in spec["paths"]["/v1/auth/user/login"]["post"]
