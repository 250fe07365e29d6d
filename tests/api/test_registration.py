"""Registering, a forgotten password, e-mail and password of one's own over REST."""

import re
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp

from fintrack.api.parts import Parts
from fintrack.core.consents import TERMS_VERSION
from fintrack.services.database import Database
from tests.api.asking import gives, refuses
from tests.api.conftest import make_browser
from tests.conftest import Clock
from tests.services.mailed import letters, mailed_code
from tests.services.people import GOOD, set_up

pytestmark = pytest.mark.usefixtures("people")
AUTH = "/api/v1/auth"
BEGIN = f"{AUTH}/user/initiate-registration"
FINISH = f"{AUTH}/user/verify-otp-and-register"
RESEND = f"{AUTH}/user/resend-code"
RESET = f"{AUTH}/password-reset"
NEW = "five slow barges under Ghent"
DEFNE = {
    "first_name": "Defne",
    "last_name": "Karaçam",
    "email": "defne@example.org",
    "password": GOOD,
    "time_zone": "Europe/Istanbul",
    "base_currency": "TRY",
    "terms_version": TERMS_VERSION,
    "agrees_to_terms": True,
    "is_of_age": True,
}


@pytest.fixture
async def people(home: Database) -> None:
    assert home
    await set_up()


@pytest.fixture
async def defne(browser: httpx.AsyncClient, home: Database) -> httpx.AsyncClient:
    """Defne's browser, just registered."""
    await register(browser, home)
    return browser


async def register(browser: httpx.AsyncClient, home: Database) -> Any:
    flow = gives(await browser.post(BEGIN, json=DEFNE), 202)["flow"]
    code = await mailed_code(home)
    given = {"flow": flow, "code": f"{code[:3]} {code[3:]}"}
    return gives(await browser.post(FINISH, json=given), 201)


async def test_registration_signs_in_with_a_new_session(
    browser: httpx.AsyncClient, home: Database, parts: Parts
) -> None:
    browser.cookies.set("fintrack", "fixed by somebody else")
    assert await register(browser, home) == {"next": "/welcome"}
    tokens = [c.value for c in browser.cookies.jar if c.name == "fintrack"]
    living = [token for token in tokens if token and await parts.directory.find(token)]
    assert len(living) == 1
    assert living[0] != "fixed by somebody else"


async def test_registered_person_is_a_user_and_owns_books(
    defne: httpx.AsyncClient,
) -> None:
    me = gives(await defne.get("/api/v1/me"))
    assert (me["email"], me["role"]) == ("defne@example.org", "user")
    assert (me["ledger"]["role"], me["ledger"]["base_currency"]) == ("owner", "TRY")
    assert gives(await defne.get("/api/v1/categories"))["items"]


async def test_known_and_unknown_e_mail_get_the_same_answer(
    browser: httpx.AsyncClient, home: Database
) -> None:
    known = DEFNE | {"email": "ADA@example.org"}
    answers = [await browser.post(BEGIN, json=body) for body in (DEFNE, known)]
    shapes = [
        (answer.status_code, re.sub(r'"flow":"[^"]{43}"', "", answer.text))
        for answer in answers
    ]
    assert shapes[0] == shapes[1]
    assert [kind for kind, _ in await letters(home)] == [
        "code.register",
        "account.exists",
    ]


async def test_wrong_code_stands_beside_its_field(
    browser: httpx.AsyncClient, home: Database
) -> None:
    flow = gives(await browser.post(BEGIN, json=DEFNE), 202)["flow"]
    code = f"{(int(await mailed_code(home)) + 1) % 1_000_000:06}"
    wrong = {"flow": flow, "code": code}
    problem = refuses(await browser.post(FINISH, json=wrong), 422, "code")
    assert "4" in problem["detail"]
    refuses(await browser.post(FINISH, json=wrong | {"code": "12"}), 422, "code")
    problem = refuses(await browser.post(FINISH, json=wrong), 422, "code")
    assert "3" in problem["detail"]


async def test_code_that_was_tried_out_is_told_to_programs(
    browser: httpx.AsyncClient, home: Database
) -> None:
    flow = gives(await browser.post(BEGIN, json=DEFNE), 202)["flow"]
    code = f"{(int(await mailed_code(home)) + 1) % 1_000_000:06}"
    wrong = {"flow": flow, "code": code}
    codes = [
        refuses(await browser.post(FINISH, json=wrong), 422, "code")["code"]
        for _ in range(5)
    ]
    assert codes == ["invalid"] * 4 + ["code-dead"]


async def test_new_code_waits_half_a_minute(
    browser: httpx.AsyncClient, home: Database, clock: Clock
) -> None:
    flow = gives(await browser.post(BEGIN, json=DEFNE), 202)["flow"]
    early = await browser.post(RESEND, json={"flow": flow})
    refuses(early, 429)
    assert early.headers["retry-after"] == "30"
    clock.advance(seconds=30)
    again = gives(await browser.post(RESEND, json={"flow": flow}), 202)
    given = {"flow": again["flow"], "code": await mailed_code(home)}
    gives(await browser.post(FINISH, json=given), 201)


@pytest.mark.parametrize("extra", ["role", "ledger_id", "password_hash", "language"])
async def test_nobody_registers_with_more_than_the_form_has(
    browser: httpx.AsyncClient, extra: str
) -> None:
    answer = await browser.post(BEGIN, json=DEFNE | {extra: "admin"})
    refuses(answer, 422, extra)


async def test_without_consent_and_age_there_is_no_account(
    browser: httpx.AsyncClient,
) -> None:
    body = DEFNE | {"agrees_to_terms": False, "is_of_age": False}
    answer = await browser.post(BEGIN, json=body)
    refuses(answer, 422, "agrees_to_terms")
    refuses(answer, 422, "is_of_age")


async def test_closed_house_takes_nobody_in(
    browser: httpx.AsyncClient, home: Database, parts: Parts
) -> None:
    flow = gives(await browser.post(BEGIN, json=DEFNE), 202)["flow"]
    parts.registration_is_open = False
    refuses(await browser.post(BEGIN, json=DEFNE), 403)
    given = {"flow": flow, "code": await mailed_code(home)}
    refuses(await browser.post(FINISH, json=given), 403)


async def test_registration_from_another_site_is_refused(api: ASGIApp) -> None:
    async with make_browser(api) as foreign:
        foreign.headers["Origin"] = "https://evil.example"
        for path in (BEGIN, FINISH, RESET, RESEND):
            refuses(await foreign.post(path, json={}), 403)


async def test_browser_of_a_reset_waits_for_no_stranger(
    api: ASGIApp, defne: httpx.AsyncClient, home: Database
) -> None:
    """Whoever is kept out on purpose gets in by mail, in a browser that is new."""
    hers = {"email": "defne@example.org", "password": NEW}
    defne.cookies.clear()
    flow = gives(await defne.post(RESET, json={"email": hers["email"]}), 202)["flow"]
    given = {"flow": flow, "code": await mailed_code(home), "password": NEW}
    gives(await defne.post(f"{RESET}/confirm", json=given))
    guess = {**hers, "password": "wrong wrong wrong wrong"}
    for n, status in enumerate([401] * 5 + [429]):
        async with make_browser(api, address=f"198.51.100.{n}") as stranger:
            refuses(await stranger.post(f"{AUTH}/session", json=guess), status)
    gives(await defne.post(f"{AUTH}/session", json=hers), 201)


async def test_forgotten_password_is_chosen_anew(
    defne: httpx.AsyncClient, home: Database
) -> None:
    email = {"email": "DEFNE@example.org"}
    flow = gives(await defne.post(RESET, json=email), 202)["flow"]
    six = {"flow": flow, "code": "123456", "password": NEW}
    refuses(await defne.post(f"{RESET}/confirm", json=six), 422, "code")
    code = (await mailed_code(home)).lower()
    given = {"flow": flow, "code": f"{code[:4]} {code[4:]}", "password": NEW}
    assert gives(await defne.post(f"{RESET}/confirm", json=given)) == {
        "next": "/signin?done=password"
    }
    refuses(await defne.get("/api/v1/me"), 401)
    sign_in = {"email": "defne@example.org", "password": NEW}
    gives(await defne.post(f"{AUTH}/session", json=sign_in), 201)


async def test_unknown_e_mail_gets_the_answer_of_a_known_one(
    browser: httpx.AsyncClient,
) -> None:
    for email in ("ada@example.org", "nobody@example.org"):
        found = gives(await browser.post(RESET, json={"email": email}), 202)
        assert set(found) == {"flow", "expires_in", "resend_in"}


async def test_password_of_ones_own_is_changed_with_the_old_one(
    defne: httpx.AsyncClient,
) -> None:
    place = "/api/v1/me/password"
    wrong = {"password": "wrong wrong wrong wrong", "new_password": NEW}
    refuses(await defne.put(place, json=wrong), 422, "password")
    short = {"password": GOOD, "new_password": "short"}
    refuses(await defne.put(place, json=short), 422, "new_password")
    answer = await defne.put(place, json={"password": GOOD, "new_password": NEW})
    assert answer.status_code == 204
    assert gives(await defne.get("/api/v1/me"))["email"] == "defne@example.org"


async def test_e_mail_of_ones_own_is_changed_with_a_fresh_proof(
    defne: httpx.AsyncClient, home: Database, clock: Clock
) -> None:
    place, new = "/api/v1/me/email", {"email": "d@example.org"}
    clock.advance(minutes=6)
    assert refuses(await defne.post(place, json=new), 403)["code"] == "step-up-needed"
    proof = await defne.post(f"{AUTH}/step-up", json={"password": GOOD})
    assert proof.status_code == 204
    flow = gives(await defne.post(place, json=new), 202)["flow"]
    given = {"flow": flow, "code": await mailed_code(home)}
    answer = await defne.post(f"{place}/confirm", json=given)
    assert answer.status_code == 204
    assert gives(await defne.get("/api/v1/me"))["email"] == "d@example.org"
