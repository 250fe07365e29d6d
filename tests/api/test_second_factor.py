"""The second factor, the proof and own sessions over REST, attacks included."""

from collections.abc import AsyncIterator

import httpx
import pytest
from pyotp.totp import TOTP
from sqlalchemy import text
from starlette.types import ASGIApp

from fintrack.api.parts import Parts
from fintrack.services.database import Database
from tests.api.asking import gives, refuses
from tests.api.conftest import make_browser
from tests.api.test_signing_in import SESSION, SIGN_IN, set_up
from tests.conftest import Clock
from tests.services.people import GOOD

ME = "/api/v1/me"
FACTOR = "/api/v1/me/second-factor"
SESSIONS = "/api/v1/me/sessions"
STEP = "/api/v1/auth/session/second-step"
STEP_UP = "/api/v1/auth/step-up"
PLACED = text(
    "SELECT kind, address FROM security_event WHERE kind IN ("
    "'sign-out', 'program-signed-in', 'recovery-code-used') ORDER BY id"
)


@pytest.fixture
async def ada(browser: httpx.AsyncClient) -> httpx.AsyncClient:
    await set_up(browser)
    gives(await browser.post(SESSION, json=SIGN_IN), 201)
    return browser


@pytest.fixture
async def thief(api: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    async with make_browser(api, address="198.51.100.9") as client:
        yield client


async def enrol(browser: httpx.AsyncClient, clock: Clock) -> tuple[str, list[str]]:
    """The secret, and the recovery codes; half a minute has gone by since."""
    made = gives(await browser.post(FACTOR), 201)
    body = {"code": now(made["secret"], clock)}
    given = gives(await browser.post(f"{FACTOR}/confirmation", json=body), 201)
    clock.advance(seconds=30)
    return made["secret"], given["recovery_codes"]


def now(secret: str, clock: Clock) -> str:
    return TOTP(secret).at(clock())


async def test_enrolment_gives_qr_and_secret_and_then_codes(
    ada: httpx.AsyncClient, clock: Clock
) -> None:
    assert gives(await ada.get(FACTOR))["is_on"] is False
    made = gives(await ada.post(FACTOR), 201)
    assert made["qr"].startswith("data:image/svg+xml")
    assert made["secret"] in made["address"]
    wrong = await ada.post(f"{FACTOR}/confirmation", json={"code": "12"})
    refuses(wrong, 422, "code")
    body = {"code": now(made["secret"], clock)}
    given = gives(await ada.post(f"{FACTOR}/confirmation", json=body), 201)
    assert len(given["recovery_codes"]) == 10
    factor = await ada.get(FACTOR)
    assert gives(factor)["recovery_codes_left"] == 10
    assert made["secret"] not in factor.text


async def test_thief_of_a_cookie_does_not_guess_the_first_code(
    ada: httpx.AsyncClient, thief: httpx.AsyncClient
) -> None:
    """Ada has scanned the secret; whoever confirms it gets the recovery codes."""
    gives(await ada.post(FACTOR), 201)
    thief.cookies = ada.cookies
    guesses = [{"code": f"{n:06}"} for n in range(20)]
    answers = [await thief.post(f"{FACTOR}/confirmation", json=one) for one in guesses]
    judged = [one for one in answers if one.status_code == 422]
    assert len(judged) <= 10
    refuses(answers[-1], 429)


async def test_password_alone_opens_nothing(
    ada: httpx.AsyncClient, clock: Clock
) -> None:
    secret, _ = await enrol(ada, clock)
    ada.cookies.clear()
    assert gives(await ada.post(SESSION, json=SIGN_IN), 201) == {"second_step": True}
    assert "fintrack" not in ada.cookies
    refuses(await ada.get(ME), 401)
    for name in ("fintrack", "__Host-fintrack"):
        ada.cookies.set(name, ada.cookies["fintrack_step"])
        refuses(await ada.get(ME), 401)
        ada.cookies.delete(name)
    refuses(await ada.post(STEP, json={"code": "000000"}), 422, "code")
    answer = await ada.post(STEP, json={"code": now(secret, clock)})
    gives(answer, 201)
    session = next(
        c for c in answer.headers.get_list("set-cookie") if c.startswith("fintrack=")
    )
    assert "HttpOnly" in session
    assert "fintrack_step" not in ada.cookies
    gives(await ada.get(ME))


async def test_second_step_needs_the_browser_of_the_first(
    ada: httpx.AsyncClient, thief: httpx.AsyncClient, clock: Clock
) -> None:
    secret, _ = await enrol(ada, clock)
    await ada.post(SESSION, json=SIGN_IN)
    refuses(await thief.post(STEP, json={"code": now(secret, clock)}), 401)


async def test_planted_cookies_are_worth_nothing_after_the_sign_in(
    ada: httpx.AsyncClient, thief: httpx.AsyncClient, clock: Clock
) -> None:
    """Session fixation: the thief knows what the browser had before."""
    secret, _ = await enrol(ada, clock)
    ada.cookies.clear()
    for name in ("fintrack", "fintrack_step", "fintrack_mark"):
        ada.cookies.set(name, "planted", domain="localhost.local")
    await ada.post(SESSION, json=SIGN_IN)
    step = ada.cookies["fintrack_step"]
    gives(await ada.post(STEP, json={"code": now(secret, clock)}), 201)
    assert ada.cookies["fintrack"] not in ("planted", step)
    for token in ("planted", step):
        thief.cookies.set("fintrack", token)
        refuses(await thief.get(ME), 401)
        thief.cookies.set("fintrack_step", token)
        clock.advance(seconds=30)
        refuses(await thief.post(STEP, json={"code": now(secret, clock)}), 401)


async def test_code_that_was_watched_is_refused(
    ada: httpx.AsyncClient, thief: httpx.AsyncClient, clock: Clock
) -> None:
    """The thief has the password and the code of a moment ago."""
    secret, _ = await enrol(ada, clock)
    code = {"code": now(secret, clock)}
    await ada.post(SESSION, json=SIGN_IN)
    gives(await ada.post(STEP, json=code), 201)
    await thief.post(SESSION, json=SIGN_IN)
    refuses(await thief.post(STEP, json=code), 422, "code")
    refuses(await thief.get(ME), 401)


async def test_six_digits_are_not_guessed(
    ada: httpx.AsyncClient, thief: httpx.AsyncClient, clock: Clock
) -> None:
    await enrol(ada, clock)
    statuses, answer = [], None
    for n in range(12):
        await thief.post(SESSION, json=SIGN_IN)
        answer = await thief.post(STEP, json={"code": f"{n:06}"})
        statuses.append(answer.status_code)
    assert statuses == [422] * 5 + [429] * 7
    assert answer is not None
    assert int(answer.headers["retry-after"]) == 30


async def test_recovery_code_stands_in_for_the_phone_once(
    ada: httpx.AsyncClient, clock: Clock
) -> None:
    _, codes = await enrol(ada, clock)
    for status in (201, 422):
        await ada.post(SESSION, json=SIGN_IN)
        answer = await ada.post(STEP, json={"code": codes[0].lower()})
        assert answer.status_code == status
    assert gives(await ada.get(FACTOR))["recovery_codes_left"] == 9


async def test_recovery_code_is_noted_with_its_address_at_every_door(
    ada: httpx.AsyncClient, thief: httpx.AsyncClient, home: Database, clock: Clock
) -> None:
    """At a sign-in, in a proof, and at the login of a program elsewhere."""
    _, codes = await enrol(ada, clock)
    gives(await ada.post(SESSION, json=SIGN_IN), 201)
    gives(await ada.post(STEP, json={"code": codes[0]}), 201)
    proof = {"password": GOOD, "code": codes[1]}
    assert (await ada.post(STEP_UP, json=proof)).status_code == 204
    body = {**SIGN_IN, "code": codes[2]}
    gives(await thief.post("/api/v1/auth/user/login", json=body), 201)
    assert (await ada.delete(SESSION)).status_code == 204
    async with home.reading() as session:
        found = [(row.kind, row.address) for row in await session.execute(PLACED)]
    assert found == [
        ("recovery-code-used", "127.0.0.1"),
        ("sign-out", "127.0.0.1"),
        ("recovery-code-used", "127.0.0.1"),
        ("recovery-code-used", "198.51.100.9"),
        ("program-signed-in", "198.51.100.9"),
        ("sign-out", "127.0.0.1"),
    ]


async def test_old_proof_is_asked_for_again_and_then_counts(
    ada: httpx.AsyncClient, parts: Parts, clock: Clock
) -> None:
    secret, codes = await enrol(ada, clock)
    clock.advance(minutes=6)
    renewing = f"{FACTOR}/recovery-codes"
    problem = refuses(await ada.post(renewing), 403)
    assert problem["code"] == "step-up-needed"
    refuses(await ada.post(STEP_UP, json={"password": "no"}), 422, "password")
    refuses(await ada.post(STEP_UP, json={"password": GOOD}), 422, "code")
    before = ada.cookies["fintrack"]
    proof = {"password": GOOD, "code": now(secret, clock)}
    assert (await ada.post(STEP_UP, json=proof)).status_code == 204
    assert ada.cookies["fintrack"] != before
    assert await parts.directory.find(before) is None
    given = gives(await ada.post(renewing), 201)
    assert not set(given["recovery_codes"]) & set(codes)
    assert (await ada.delete(FACTOR)).status_code == 204
    assert gives(await ada.get(FACTOR))["is_on"] is False


async def test_stolen_session_changes_no_factor(
    ada: httpx.AsyncClient, thief: httpx.AsyncClient, clock: Clock
) -> None:
    """Whoever has the cookie alone neither takes the factor away nor adds theirs."""
    clock.advance(minutes=6)
    thief.cookies.set("fintrack", ada.cookies["fintrack"])
    assert refuses(await thief.post(FACTOR), 403)["code"] == "step-up-needed"
    await ada.post(STEP_UP, json={"password": GOOD})
    refuses(await thief.get(ME), 401)
    await enrol(ada, clock)
    clock.advance(minutes=6)
    thief.cookies.set("fintrack", ada.cookies["fintrack"])
    assert refuses(await thief.delete(FACTOR), 403)["code"] == "step-up-needed"
    for _ in range(5):
        refuses(await thief.post(STEP_UP, json={"password": "x" * 15}), 422)
    refuses(await thief.post(STEP_UP, json={"password": "x" * 15}), 429)


async def test_sessions_are_listed_and_ended(
    ada: httpx.AsyncClient, thief: httpx.AsyncClient
) -> None:
    phone = "Mozilla/5.0 (Android 16; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0"
    thief.headers["User-Agent"] = phone
    gives(await thief.post(SESSION, json=SIGN_IN), 201)
    gives(await thief.get(ME))
    found = gives(await ada.get(SESSIONS))["items"]
    assert [one["is_this"] for one in found].count(True) == 1
    other = next(one for one in found if one["address"] == "198.51.100.9")
    assert other["device"] == "Firefox on Android"
    assert (await ada.delete(f"{SESSIONS}/{other['id']}")).status_code == 204
    refuses(await thief.get(ME), 401)
    refuses(await ada.delete(f"{SESSIONS}/{other['id']}"), 404)

    gives(await thief.post(SESSION, json=SIGN_IN), 201)
    assert (await ada.delete(SESSIONS)).status_code == 204
    refuses(await thief.get(ME), 401)
    gives(await ada.get(ME))


async def test_bodies_take_no_other_fields(ada: httpx.AsyncClient) -> None:
    for place, body in (
        (STEP, {"code": "1"}),
        (STEP_UP, {"password": "x"}),
        (f"{FACTOR}/confirmation", {"code": "1"}),
    ):
        for extra in ("role", "ledger_id", "person_id", "session_id"):
            refuses(await ada.post(place, json={**body, extra: 1}), 422, extra)


async def test_foreign_page_finishes_no_sign_in(
    ada: httpx.AsyncClient, clock: Clock
) -> None:
    secret, _ = await enrol(ada, clock)
    ada.cookies.clear()
    await ada.post(SESSION, json=SIGN_IN)
    for origin in ("https://evil.example", "null"):
        answer = await ada.post(
            STEP, json={"code": now(secret, clock)}, headers={"Origin": origin}
        )
        refuses(answer, 403)
    del ada.headers["Origin"]
    refuses(await ada.post(STEP, json={"code": now(secret, clock)}), 403)


async def test_program_sends_the_code_with_the_password(
    ada: httpx.AsyncClient, thief: httpx.AsyncClient, clock: Clock
) -> None:
    secret, _ = await enrol(ada, clock)
    place = "/api/v1/auth/user/login"
    refuses(await thief.post(place, json=SIGN_IN), 422, "code")
    refuses(await thief.post(place, json={**SIGN_IN, "code": "000000"}), 401)
    code = now(secret, clock)
    tokens = gives(await thief.post(place, json={**SIGN_IN, "code": code}), 201)
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    gives(await thief.get(ME, headers=bearer))
    clock.advance(minutes=6)
    proof = {"password": GOOD, "code": now(secret, clock)}
    answer = await thief.post(STEP_UP, json=proof, headers=bearer)
    assert answer.status_code == 204
    assert "set-cookie" not in answer.headers
