"""A flood of nonsense from who is not signed in leaves nothing in the database."""

from datetime import timedelta

import httpx
import pytest
from starlette.types import ASGIApp

from fintrack.core.actor import ANONYMOUS
from fintrack.services.codes import FLOW_LIVES
from fintrack.services.database import Database
from fintrack.services.sessions import IDLE
from tests.api.asking import gives, refuses
from tests.api.conftest import make_browser
from tests.api.test_signing_in import SIGN_IN, set_up
from tests.books import Books
from tests.conftest import Clock
from tests.services.people import GOOD

USER = "/api/v1/auth/user"
ROWS = (
    "SELECT (SELECT count(*) FROM security_event) AS events, "
    "(SELECT count(*) FROM change_set) AS change_sets, "
    "(SELECT count(*) FROM try_counter) AS counters, "
    "(SELECT count(*) FROM code) AS flows"
)


@pytest.fixture
def everything(home: Database) -> Books:
    """All rows, whoever has them."""
    return Books(home, ANONYMOUS)


@pytest.fixture
async def program(api: ASGIApp, browser: httpx.AsyncClient) -> httpx.AsyncClient:
    """A client without cookie; Ada is set up."""
    await set_up(browser)
    return make_browser(api, address="203.0.113.9")


async def _rows(everything: Books) -> tuple[int, ...]:
    (found,) = await everything.rows(ROWS)
    return tuple(found)


async def _send(client: httpx.AsyncClient, what: str, token: str) -> httpx.Response:
    field = "flow" if what == "resend-code" else "refresh_token"
    return await client.post(f"{USER}/{what}", json={field: token})


CODE = {"flow": "nonsense", "code": "123456"}
RESET = {"flow": "nonsense", "code": "ABCDEFGH2345", "password": GOOD}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"{USER}/verify-otp-and-register", CODE),
        ("/api/v1/auth/password-reset/confirm", RESET),
        ("/api/v1/me/email/confirm", CODE),
    ],
)
async def test_code_for_a_flow_that_nobody_gave_out_leaves_nothing(
    ada: httpx.AsyncClient, everything: Books, path: str, body: dict[str, str]
) -> None:
    before = await _rows(everything)
    for _ in range(3):
        refuses(await ada.post(path, json=body), 422, "code")
    assert await _rows(everything) == before


@pytest.mark.parametrize(
    ("what", "status"), [("logout", 204), ("refresh", 401), ("resend-code", 404)]
)
@pytest.mark.parametrize("token", ["", "nonsense"])
async def test_token_that_nobody_gave_out_leaves_nothing(
    browser: httpx.AsyncClient, everything: Books, what: str, status: int, token: str
) -> None:
    before = await _rows(everything)
    for _ in range(3):
        answer = await _send(browser, what, token)
        assert answer.status_code == status
    assert await _rows(everything) == before


async def test_token_of_a_session_that_was_idle_too_long_leaves_nothing(
    program: httpx.AsyncClient, everything: Books, clock: Clock
) -> None:
    given = gives(await program.post(f"{USER}/login", json=SIGN_IN), 201)
    clock.advance(days=IDLE.days)
    before = await _rows(everything)
    refuses(await _send(program, "refresh", given["refresh_token"]), 401)
    assert await _rows(everything) == before


async def test_old_token_of_an_idle_session_still_ends_it(
    program: httpx.AsyncClient, everything: Books, clock: Clock
) -> None:
    first = gives(await program.post(f"{USER}/login", json=SIGN_IN), 201)
    gives(await _send(program, "refresh", first["refresh_token"]))
    clock.advance(days=IDLE.days)
    for _ in range(2):
        refuses(await _send(program, "refresh", first["refresh_token"]), 401)
    told = "SELECT FROM security_event WHERE kind = 'token-reused'"
    assert len(await everything.rows(told)) == 1


async def test_flow_that_took_too_long_leaves_nothing(
    program: httpx.AsyncClient, everything: Books, clock: Clock
) -> None:
    body = {"email": SIGN_IN["email"]}
    given = gives(await program.post("/api/v1/auth/password-reset", json=body), 202)
    clock.advance(hours=FLOW_LIVES // timedelta(hours=1))
    before = await _rows(everything)
    refuses(await _send(program, "resend-code", given["flow"]), 404)
    assert await _rows(everything) == before
