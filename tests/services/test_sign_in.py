"""Signing in: counted before it is judged, slowed down, never closed for good."""

import asyncio

import pytest
from sqlalchemy import text

from fintrack.core.actor import ANONYMOUS
from fintrack.services import sign_in as module
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.sessions import find_session, hash_token
from fintrack.services.sign_in import (
    Proof,
    SignedIn,
    SignIn,
    SignInRefused,
    begin_try,
    name_place,
    sign_in,
    start_session,
)
from tests.conftest import Clock
from tests.services.people import ADDRESS, COUNTER_KEY, GOOD, browser, set_up

pytestmark = pytest.mark.usefixtures("home")

COOKIE = "token"
ADA = SignIn("Ada@Example.org", GOOD)
WRONG = SignIn("ada@example.org", "wrong wrong wrong wrong")


async def attempt(
    given: SignIn, token: str = COOKIE, address: str = ADDRESS
) -> SignedIn | SignInRefused:
    return await sign_in(given, browser(token, address), COUNTER_KEY)


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
    assert await counters(home) == [5]


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
    assert isinstance(await attempt(ADA, "first"), SignedIn)
    for n in range(5):
        await attempt(WRONG, address=f"198.51.100.{n}")
    assert await attempt(WRONG, address="198.51.100.9") == SignInRefused(30)
    assert isinstance(await attempt(ADA, "second"), SignedIn)


async def test_password_changed_meanwhile_opens_nothing() -> None:
    await set_up()
    begun = await perform(ANONYMOUS, begin_try, "ada@example.org", ADDRESS, COUNTER_KEY)
    assert isinstance(begun.value, module.TryAdmitted)
    stale = module.TryAdmitted(begun.value.person_id, "old hash", "a", "b")
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


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_ipv6_customer_is_one_place(address: str, place: str) -> None:
    assert name_place(address) == place
