"""Two at the same time: a proof opens one door once, and none that was just closed."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import text

from fintrack.core.actor import ANONYMOUS, SYSTEM, Actor
from fintrack.core.errors import Conflict
from fintrack.services.codes import CodeRefused, GivenCode
from fintrack.services.commands import Work, ask, perform
from fintrack.services.database import Database
from fintrack.services.email_change import begin_email_change, finish_email_change
from fintrack.services.factor.pending import close_pending, find_pending
from fintrack.services.new_people import Added
from fintrack.services.own_password import NewPassword, change_password
from fintrack.services.own_sessions import end_other_sessions
from fintrack.services.password_reset import Reset, choose_password
from fintrack.services.registration import finish_registration
from fintrack.services.sessions import find_session, hash_token, open_session
from fintrack.services.sign_in import SecondStepNeeded, SignIn, sign_in
from tests.conftest import Clock
from tests.services.factor.phone import enrol
from tests.services.factor.test_proving import use
from tests.services.mailed import DEFNE, EMAIL, register, right
from tests.services.people import ADDRESS, GOOD, browser, set_up
from tests.services.test_email_change import enter
from tests.services.test_password_reset import forget

NEW = "five slow barges under Ghent"
Ending = Callable[[Actor], Awaitable[object]]


async def end_others(actor: Actor) -> object:
    return await perform(actor, end_other_sessions)


async def change(actor: Actor) -> object:
    given = NewPassword(GOOD, NEW, browser("x"))
    return await change_password(actor, given)


@pytest.mark.parametrize("end", [end_others, change])
async def test_second_step_under_way_opens_nothing_that_outlives_the_end(
    home: Database, clock: Clock, end: Ending
) -> None:
    """A thief knows the password and a code; the owner ends everything meanwhile."""
    phone = await enrol(clock)
    given = SignIn("ada@example.org", GOOD)
    half = await sign_in(given, browser("half"))
    assert half == SecondStepNeeded()
    async with home.unit_of_work() as session:
        work = Work(session, SYSTEM, clock())
        found = await find_pending(session, hash_token("half"), clock())
        assert found
        assert await close_pending(session, hash_token("half"))
        ending = asyncio.ensure_future(end(phone.actor))
        await until_somebody_waits(home)
        thief = browser("thief")
        await open_session(work, found.person_id, found.ledger_id, thief)
    await ending
    assert await ask(ANONYMOUS, find_session, hash_token("thief")) is None
    assert await ask(ANONYMOUS, find_session, hash_token("ada")) is not None


async def test_one_code_registers_one_person(home: Database) -> None:
    await set_up()
    given = await right(home, await register())
    outcomes = await _both(_register(given, "one"), _register(given, "two"))
    assert sorted(outcomes) == ["Added", "CodeRefused"]


async def test_one_e_mail_is_registered_once(home: Database) -> None:
    await set_up()
    first = await right(home, await register())
    second = await right(home, await register())
    outcomes = await _both(_register(first, "one"), _register(second, "two"))
    assert sorted(outcomes) == ["Added", "Conflict"]
    assert await _people(home, EMAIL) == 1


async def test_address_that_somebody_changes_to_is_not_registered_too(
    home: Database,
) -> None:
    await set_up()
    ada = await enter("token")
    flow = (await perform(ada, begin_email_change, EMAIL, ADDRESS)).value
    changing = await right(home, flow)
    registering = await right(home, await register(DEFNE))
    outcomes = await _both(
        perform(ada, finish_email_change, changing, ADDRESS),
        _register(registering, "two"),
    )
    assert "Conflict" in outcomes
    assert await _people(home, EMAIL) == 1


async def test_one_code_resets_one_password(home: Database) -> None:
    await set_up()
    given = await right(home, await forget())
    outcomes = await _both(
        choose_password(given, NEW, ADDRESS),
        choose_password(given, "nine loud geese over Lille", ADDRESS),
    )
    assert sorted(outcomes) == ["CodeRefused", "Reset"]


async def test_recovery_code_counts_once(home: Database, clock: Clock) -> None:
    assert home
    phone = await enrol(clock)
    ada, code = phone.actor.person_id, phone.codes[0]
    assert sorted(await asyncio.gather(use(ada, code), use(ada, code))) == [False, True]


async def _register(given: GivenCode, cookie: str) -> Added | CodeRefused:
    done = await perform(ANONYMOUS, finish_registration, given, browser(cookie))
    return done.value


async def _both(*tries: Awaitable[Any]) -> list[str]:
    """What came of each, by the name of its kind; a defect is raised."""
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    known = Added | CodeRefused | Reset | Conflict
    for outcome in outcomes:
        if isinstance(outcome, BaseException) and not isinstance(outcome, Conflict):
            raise outcome
    return [type(one).__name__ if isinstance(one, known) else "" for one in outcomes]


async def _people(home: Database, email: str) -> int:
    async with home.reading() as session:
        query = text("SELECT count(*) FROM person WHERE email_folded = :email")
        return int(await session.scalar(query, {"email": email}) or 0)


async def until_somebody_waits(home: Database) -> None:
    """Until a statement of this database waits for a row that another one holds."""
    query = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
        "AND datname = current_database()"
    )
    async with asyncio.timeout(20):
        waiting = 0
        while not waiting:
            async with home.reading() as session:
                waiting = await session.scalar(query) or 0
