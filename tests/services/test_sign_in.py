"""Signing in: counted before it is judged, slowed down, never closed for good."""

import asyncio

import pytest
from sqlalchemy import text

from fintrack.core.actor import ANONYMOUS
from fintrack.core.errors import Busy
from fintrack.services import passwords
from fintrack.services import sign_in as module
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.sessions import find_session, hash_token
from fintrack.services.sign_in import (
    Proof,
    SecondStepNeeded,
    SignedIn,
    SignIn,
    SignInRefused,
    begin_try,
    check_wait,
    sign_in,
    start_session,
)
from fintrack.services.tries import LONGEST_DELAY
from tests.conftest import Clock
from tests.services.people import ADDRESS, GOOD, browser, busy_at, set_up

pytestmark = pytest.mark.usefixtures("home")

COOKIE = "token"
ADA = SignIn("Ada@Example.org", GOOD)
WRONG = SignIn("ada@example.org", "wrong wrong wrong wrong")


async def attempt(
    given: SignIn, token: str = COOKIE, address: str = ADDRESS, mark: bytes = b""
) -> SignedIn | SecondStepNeeded | SignInRefused:
    return await sign_in(given, browser(token, address, mark))


async def counters(home: Database) -> list[int]:
    async with home.reading() as session:
        statement = text("SELECT failures FROM try_counter ORDER BY failures DESC")
        return list(await session.scalars(statement))


async def events(home: Database) -> list[str]:
    async with home.reading() as session:
        statement = text("SELECT kind FROM security_event ORDER BY id")
        return list(await session.scalars(statement))


async def test_right_password_opens_a_session(home: Database) -> None:
    made = await set_up()
    assert await attempt(ADA) == SignedIn(made.person_id)
    view = await ask(ANONYMOUS, find_session, hash_token("token"))
    assert view is not None
    assert (view.person_id, view.ledger_id) == (made.person_id, made.ledger_id)
    assert await events(home) == ["sign-in"]


async def test_password_is_good_until_somebody_changes_it(clock: Clock) -> None:
    made = await set_up()
    clock.advance(days=3650)
    assert await attempt(ADA) == SignedIn(made.person_id)


async def test_five_wrong_passwords_leave_the_counters_at_five(home: Database) -> None:
    await set_up()
    for _ in range(5):
        assert await attempt(WRONG) == SignInRefused()
    assert await counters(home) == [5, 5]
    assert await events(home) == ["refused"] * 5


async def test_sixth_try_waits_even_with_the_right_password(
    home: Database, clock: Clock
) -> None:
    await set_up()
    for _ in range(5):
        await attempt(WRONG)
    assert await attempt(ADA) == SignInRefused(retry_after=30)
    clock.advance(seconds=30)
    assert isinstance(await attempt(ADA), SignedIn)
    assert await counters(home) == [0]


async def test_try_that_is_not_judged_is_not_counted(
    home: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So many sign in at once that five right passwords are told to come again."""
    await set_up()
    before = await rows(home)
    with monkeypatch.context() as patch:
        patch.setattr(passwords, "MAX_WAITING", 0)
        for _ in range(5):
            with pytest.raises(Busy):
                await attempt(ADA)
    assert await rows(home) == before
    assert isinstance(await attempt(ADA), SignedIn)


async def test_right_password_that_finds_no_connection_does_not_count(
    home: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await set_up()
    with monkeypatch.context() as patch:
        patch.setattr(module, "perform", busy_at(start_session))
        for _ in range(6):
            with pytest.raises(Busy):
                await attempt(ADA)
    assert await counters(home) == [0]
    assert isinstance(await attempt(ADA), SignedIn)


async def test_tries_at_once_are_all_counted(home: Database) -> None:
    await set_up()
    answers = await asyncio.gather(*(attempt(WRONG) for _ in range(9)))
    assert sum(a == SignInRefused() for a in answers) == 5
    assert await counters(home) == [5, 5]


async def test_unknown_person_is_answered_and_counted_like_a_known_one() -> None:
    await set_up()
    nobody = SignIn("nobody@example.org", GOOD)
    assert [await attempt(nobody) for _ in range(6)] == [
        *[SignInRefused()] * 5,
        SignInRefused(retry_after=30),
    ]


async def test_stranger_cannot_lock_the_owner_out() -> None:
    await set_up()
    assert isinstance(await attempt(ADA, "first", mark=b"hers"), SignedIn)
    for n in range(5):
        await attempt(WRONG, address=f"198.51.100.{n}")
    assert await attempt(WRONG, address="198.51.100.9") == SignInRefused(30)
    assert isinstance(await attempt(ADA, "second", mark=b"hers"), SignedIn)


async def rows(home: Database) -> int:
    """All rows that signing in can leave."""
    async with home.reading() as session:
        return int(
            await session.scalar(
                text(
                    "SELECT (SELECT count(*) FROM change_set) "
                    "+ (SELECT count(*) FROM security_event) "
                    "+ (SELECT count(*) FROM try_counter)"
                )
            )
        )


@pytest.mark.parametrize("at_once", [1, 50])
async def test_thousand_refused_tries_leave_no_more_rows_than_the_counted_ones(
    home: Database, at_once: int
) -> None:
    await set_up()
    assert isinstance(await attempt(ADA, mark=b"hers"), SignedIn)
    before = await rows(home)
    for _ in range(1000 // at_once):
        await asyncio.gather(
            *(attempt(WRONG, address="198.51.100.1") for _ in range(at_once))
        )
    # Five counted tries: a change set and an event each, and the two counters.
    assert await rows(home) == before + 5 + 5 + 2
    assert isinstance(await attempt(ADA, "second", mark=b"hers"), SignedIn)


async def test_owner_at_a_new_place_waits_a_quarter_of_an_hour_at_most(
    clock: Clock,
) -> None:
    await set_up()
    for n in range(30):
        clock.advance(minutes=15)
        assert await attempt(WRONG, address=f"198.51.100.{n}") == SignInRefused()
    refused = await attempt(ADA, address="192.0.2.1")
    assert refused == SignInRefused(int(LONGEST_DELAY.total_seconds()))
    clock.advance(minutes=15)
    assert isinstance(await attempt(ADA, address="192.0.2.1"), SignedIn)


async def test_password_changed_meanwhile_opens_nothing() -> None:
    await set_up()
    counters = await ask(ANONYMOUS, check_wait, "ada@example.org", browser("x"))
    begun = await perform(ANONYMOUS, begin_try, "ada@example.org", counters)
    stale = module.Try(begun.value.person_id, "old hash", "a", "b")
    done = await perform(ANONYMOUS, start_session, Proof(stale), browser("token"))
    assert done.value == SignInRefused()
    assert await ask(ANONYMOUS, find_session, hash_token("token")) is None


async def test_database_that_does_not_answer_lets_nobody_in(home: Database) -> None:
    await set_up()
    await home.main.dispose()
    async with home.unit_of_work() as session:
        await session.execute(text("DROP TABLE try_counter CASCADE"))
    with pytest.raises(Exception, match="try_counter"):
        await attempt(ADA)
    assert await ask(ANONYMOUS, find_session, hash_token("token")) is None
