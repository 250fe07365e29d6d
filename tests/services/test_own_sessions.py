"""Where one is signed in, and ending it."""

import pytest
from sqlalchemy import text

from fintrack.core.actor import ANONYMOUS, Actor
from fintrack.core.errors import NotFound, StepUpNeeded
from fintrack.services.commands import Work, ask, command, perform
from fintrack.services.database import Database
from fintrack.services.own_sessions import (
    end_other_sessions,
    end_own_session,
    list_sessions,
)
from fintrack.services.sessions import find_session, hash_token
from fintrack.services.sign_in import SignIn, sign_in
from tests.conftest import Clock
from tests.services.people import GOOD, browser
from tests.services.test_sessions import open_session

pytestmark = pytest.mark.usefixtures("home")


@command("test.change_password", final="only in these tests")
async def change_password(work: Work) -> int:
    return await end_other_sessions(work)


@pytest.fixture
async def ada() -> Actor:
    """Ada at her desk; her phone and her tablet are signed in too."""
    view = await open_session("desk")
    for token in ("phone", "tablet"):
        given = SignIn("ada@example.org", GOOD)
        await sign_in(given, browser(token, "192.0.2.8"))
    return view.actor


async def living(*tokens: str) -> list[str]:
    found = {t: await ask(ANONYMOUS, find_session, hash_token(t)) for t in tokens}
    return [token for token, view in found.items() if view]


async def test_list_marks_this_one(ada: Actor, clock: Clock) -> None:
    found = await ask(ada, list_sessions)
    assert [(one.address, one.is_this) for one in found] == [
        ("192.0.2.8", False),
        ("192.0.2.8", False),
        ("203.0.113.7", True),
    ]
    assert {one.last_seen_at for one in found} == {clock()}


async def test_one_is_ended(ada: Actor) -> None:
    found = await ask(ada, list_sessions)
    await perform(ada, end_own_session, found[0].id)
    assert await living("desk", "phone", "tablet") == ["desk", "phone"]
    assert len(await ask(ada, list_sessions)) == 2
    with pytest.raises(NotFound):
        await perform(ada, end_own_session, found[0].id)


async def test_all_others_are_ended(ada: Actor, home: Database) -> None:
    assert (await perform(ada, end_other_sessions)).value == 2
    assert await living("desk", "phone", "tablet") == ["desk"]
    async with home.reading() as session:
        last = text("SELECT kind FROM security_event ORDER BY id DESC LIMIT 1")
        assert await session.scalar(last) == "sessions-ended"


async def test_ending_needs_a_fresh_proof_but_a_new_password_is_one(
    ada: Actor, clock: Clock
) -> None:
    clock.advance(minutes=6)
    found = await ask(ada, list_sessions)
    with pytest.raises(StepUpNeeded):
        await perform(ada, end_own_session, found[0].id)
    with pytest.raises(StepUpNeeded):
        await perform(ada, end_other_sessions)
    assert (await perform(ada, change_password)).value == 2
    assert await living("desk", "phone", "tablet") == ["desk"]


async def test_session_of_somebody_else_is_not_there(
    ada: Actor, home: Database
) -> None:
    found = await ask(ada, list_sessions)
    async with home.unit_of_work() as session:
        await session.execute(text("ALTER TABLE person DISABLE TRIGGER USER"))
        await session.execute(
            text(
                "INSERT INTO person (version, email, email_folded, first_name, "
                "last_name, password_hash, role, language, time_zone, appearance, "
                "week_starts_on, month_starts_on, created_at) SELECT 1, 'eve', 'eve', "
                "'Eve', '', '', 'user', 'en', 'UTC', 'system', 0, 1, created_at "
                "FROM person"
            )
        )
        await session.execute(
            text(
                "INSERT INTO sign_in_session (person_id, ledger_id, token_hash, "
                "address, device, created_at, proved_at, last_seen_at, expires_at) "
                "SELECT (SELECT id FROM person WHERE email = 'eve'), ledger_id, 'eve', "
                "'', '', created_at, proved_at, last_seen_at, expires_at "
                "FROM sign_in_session LIMIT 1"
            )
        )
        eve = await session.scalar(text("SELECT id FROM person WHERE email = 'eve'"))
        own = await session.scalar(text("SELECT max(id) FROM sign_in_session"))
    thief = Actor(eve, session_id=own)
    assert len(await ask(thief, list_sessions)) == 1
    for one in found:
        with pytest.raises(NotFound):
            await perform(thief, end_own_session, one.id)
    assert (await perform(thief, end_other_sessions)).value == 0
    assert await living("desk", "phone", "tablet") == ["desk", "phone", "tablet"]


async def test_idle_and_old_sessions_are_not_listed(ada: Actor, clock: Clock) -> None:
    clock.advance(days=14)
    assert await ask(ada, list_sessions) == ()


async def test_without_a_session_all_are_others(ada: Actor) -> None:
    everywhere = Actor(ada.person_id, ada.role)
    assert (await perform(everywhere, change_password)).value == 3
