"""Where a second factor is demanded: REST and programs get to setting one up only."""

import httpx
import pytest

from fintrack.api.parts import Parts
from fintrack.api.routes import ENROLLING, PERSON
from tests.api.asking import gives, refuses
from tests.api.taking import routes_for
from tests.api.test_second_factor import FACTOR, ME, STEP_UP, ada, enrol, now
from tests.api.test_signing_in import SESSION, SIGN_IN
from tests.conftest import Clock
from tests.services.people import GOOD

LOGIN = "/api/v1/auth/user/login"
REFRESH = "/api/v1/auth/user/refresh"
NEEDED = "second-factor-needed"
__all__ = ["ada"]
pytestmark = pytest.mark.usefixtures("factor_for_all")


def is_kept_out(answer: httpx.Response) -> bool:
    return answer.status_code == 403 and answer.json()["code"] == NEEDED


def test_routes_before_the_factor_are_the_ones_that_set_it_up() -> None:
    assert routes_for(ENROLLING) == {
        "GET /v1/me/second-factor",
        "POST /v1/me/second-factor",
        "POST /v1/me/second-factor/confirmation",
        "POST /v1/auth/step-up",
    }


@pytest.mark.parametrize("name", sorted(routes_for(PERSON)))
async def test_route_is_closed_without_the_factor(
    ada: httpx.AsyncClient, name: str
) -> None:
    method, path = name.split()
    for place in ("preview_id", "name"):
        path = path.replace(f"{{{place}}}", "x")
    path = path.replace("{", "").replace("}", "")
    parts = [part if not part.endswith("_id") else "1" for part in path.split("/")]
    assert is_kept_out(await ada.request(method, "/api" + "/".join(parts)))


async def test_factor_is_set_up_and_everything_opens(
    ada: httpx.AsyncClient, clock: Clock
) -> None:
    answer = await ada.get(ME)
    assert is_kept_out(answer)
    assert "set yours up first" in answer.json()["detail"]
    await enrol(ada, clock)
    gives(await ada.get(ME))


async def test_late_enrolment_proves_again_who_one_is(
    ada: httpx.AsyncClient, clock: Clock
) -> None:
    clock.advance(minutes=6)
    refuses(await ada.post(FACTOR), 403)
    assert (await ada.post(STEP_UP, json={"password": GOOD})).status_code == 204
    await enrol(ada, clock)
    gives(await ada.get(ME))


async def test_signing_out_needs_no_factor(ada: httpx.AsyncClient) -> None:
    assert (await ada.delete(SESSION)).status_code == 204
    refuses(await ada.get(ME), 401)


async def test_program_sets_the_factor_up_before_anything_else(
    ada: httpx.AsyncClient, parts: Parts, clock: Clock
) -> None:
    assert parts
    ada.cookies.clear()
    tokens = gives(await ada.post(LOGIN, json=SIGN_IN), 201)
    ada.headers["Authorization"] = f"Bearer {tokens['access_token']}"
    assert is_kept_out(await ada.get("/api/v1/accounts"))
    body = {"refresh_token": tokens["refresh_token"]}
    tokens = gives(await ada.post(REFRESH, json=body))
    ada.headers["Authorization"] = f"Bearer {tokens['access_token']}"
    assert is_kept_out(await ada.get("/api/v1/accounts"))
    made = gives(await ada.post(FACTOR), 201)
    code = {"code": now(made["secret"], clock)}
    gives(await ada.post(f"{FACTOR}/confirmation", json=code), 201)
    gives(await ada.get("/api/v1/accounts"))


async def test_switching_off_closes_everything_at_once(
    ada: httpx.AsyncClient, clock: Clock
) -> None:
    await enrol(ada, clock)
    gives(await ada.get(ME))
    assert (await ada.delete(FACTOR)).status_code == 204
    assert is_kept_out(await ada.get(ME))
