"""Somebody who is suspended: nothing that they hold opens anything any more."""

import httpx
import pytest
from sqlalchemy import text
from starlette.types import ASGIApp

from fintrack.core.actor import SYSTEM
from fintrack.services import change_sets
from fintrack.services.database import Database
from tests.api.asking import gives, refuses
from tests.api.conftest import make_browser
from tests.api.test_signing_in import ADA, SESSION
from tests.conftest import Clock
from tests.services.factor.phone import Phone

USER = "/api/v1/auth/user"
CREDENTIALS = {"email": ADA["email"], "password": ADA["password"]}


async def suspend(home: Database) -> None:
    async with home.unit_of_work() as session:
        now = home.clock()
        await change_sets.open_change_set(session, SYSTEM, "test", now, None, None)
        await session.execute(text("UPDATE person SET suspended_at = created_at"))


@pytest.fixture
async def ada(browser: httpx.AsyncClient) -> httpx.AsyncClient:
    """Ada's browser; she is signed in."""
    gives(await browser.post("/api/v1/setup", json=ADA), 201)
    return browser


async def test_cookie_and_tokens_end_within_seconds(
    ada: httpx.AsyncClient, api: ASGIApp, home: Database, clock: Clock
) -> None:
    program = make_browser(api)
    tokens = gives(await program.post(f"{USER}/login", json=CREDENTIALS), 201)
    program.headers["Authorization"] = f"Bearer {tokens['access_token']}"
    for one in (ada, program):
        gives(await one.get("/api/v1/me"))
    await suspend(home)
    clock.advance(seconds=5)
    for one in (ada, program):
        refuses(await one.get("/api/v1/me"), 401)
        refuses(await one.get("/api/v1/accounts"), 401)
    again = {"refresh_token": tokens["refresh_token"]}
    refuses(await program.post(f"{USER}/refresh", json=again), 401)
    refuses(await program.post(f"{USER}/login", json=CREDENTIALS), 401)
    refuses(await ada.post(SESSION, json=CREDENTIALS), 401)


async def test_command_is_refused_at_once_whatever_the_door_remembers(
    ada: httpx.AsyncClient, home: Database
) -> None:
    gives(await ada.get("/api/v1/me"))
    await suspend(home)
    body = {"name": "Bank", "type": "Cash", "opened_on": "2026-01-01"}
    opening = {"opening": {"amount": "1.00", "currency": "EUR"}}
    refuses(await ada.post("/api/v1/accounts", json=body | opening), 401)
    refuses(await ada.get("/api/v1/accounts"), 401)


async def test_second_step_that_is_owed_opens_nothing(
    api: ASGIApp, home: Database, clock: Clock, phone: Phone
) -> None:
    clock.advance(seconds=30)
    elsewhere = make_browser(api)
    answer = await elsewhere.post(SESSION, json=CREDENTIALS)
    assert gives(answer, 201) == {"second_step": True}
    await suspend(home)
    code = {"code": phone.code}
    refuses(await elsewhere.post(f"{SESSION}/second-step", json=code), 401)


@pytest.fixture
async def phone(ada: httpx.AsyncClient, home: Database, clock: Clock) -> Phone:
    """Ada has a second factor."""
    assert home
    place = "/api/v1/me/second-factor"
    secret = gives(await ada.post(place), 201)["secret"]
    made = Phone(actor=SYSTEM, clock=clock, secret=secret)
    gives(await ada.post(f"{place}/confirmation", json={"code": made.code}), 201)
    return made
