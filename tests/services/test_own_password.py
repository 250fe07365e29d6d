"""A password is changed with the old one, and ends what others opened with it."""

from dataclasses import replace
from types import ModuleType

import pytest

from fintrack.core.actor import ANONYMOUS, Actor, Where
from fintrack.core.errors import Busy, InvalidInput, StepUpNeeded
from fintrack.services import own_password as module
from fintrack.services import passwords
from fintrack.services.codes import CodeRefused, Reason
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.own_password import (
    NewPassword,
    change_password,
    keep_new_password,
)
from fintrack.services.password_reset import choose_password
from fintrack.services.sessions import find_session, hash_token
from fintrack.services.sign_in import Proof, SignIn, SignInRefused, Try, sign_in
from fintrack.services.trail.deeds import TOLD_BY_EVENT
from fintrack.services.trail.own import list_own_trail
from tests.conftest import Clock
from tests.services.factor.phone import enrol
from tests.services.mailed import letters, right
from tests.services.people import ADDRESS, GOOD, browser, busy_at, set_up
from tests.services.test_password_reset import forget

NEW = "five slow barges under Ghent"
ADA = "ada@example.org"


@pytest.fixture
async def ada(home: Database) -> Actor:
    """Ada, signed in with two browsers; she acts from the first."""
    assert home
    await set_up()
    for cookie in ("here", "there"):
        await sign_in(SignIn(ADA, GOOD), browser(cookie))
    view = await ask(ANONYMOUS, find_session, hash_token("here"))
    assert view is not None
    return view.actor


def change(old: str = GOOD, new: str = NEW) -> NewPassword:
    return NewPassword(old, new, browser("x"))


async def lives(cookie: str) -> bool:
    return await ask(ANONYMOUS, find_session, hash_token(cookie)) is not None


async def test_change_ends_the_other_sessions_and_is_told(
    home: Database, ada: Actor
) -> None:
    assert await change_password(ada, change()) is None
    assert [await lives(cookie) for cookie in ("here", "there")] == [True, False]
    assert (await letters(home))[-1] == ("account.password_changed", ADA)
    old = await sign_in(SignIn(ADA, GOOD), browser("x"))
    assert old == SignInRefused()


async def test_change_is_told_once_and_from_where(home: Database, ada: Actor) -> None:
    there = replace(ada, where=Where("192.0.2.77"))
    assert await change_password(there, change()) is None
    given = await right(home, await forget())
    await choose_password(given, "nine loud geese over Lille", ADDRESS)
    found = (await ask(ada, list_own_trail)).traces
    told = [(one.what, one.address) for one in found if "password" in one.what]
    assert told == [("password-reset", ADDRESS), ("password-changed", "192.0.2.77")]
    assert not {one.what for one in found} & TOLD_BY_EVENT


async def test_codes_of_before_are_dead_after_the_change(
    home: Database, ada: Actor
) -> None:
    """Somebody who read the mail began a reset; the owner noticed."""
    given = await right(home, await forget())
    assert await change_password(ada, change()) is None
    refused = await choose_password(given, "nine loud geese over Lille", ADDRESS)
    assert refused == CodeRefused(Reason.DEAD)
    assert await lives("here")


async def test_password_alone_changes_nothing_beside_a_second_factor(
    home: Database, clock: Clock
) -> None:
    phone = await enrol(clock)
    clock.advance(minutes=5)
    for _ in range(6):
        with pytest.raises(StepUpNeeded):
            await change_password(phone.actor, change())
    assert "account.password_changed" not in dict(await letters(home))
    proof = Proof(Try(phone.actor.person_id, "hash", "a", "b"))
    with pytest.raises(StepUpNeeded):
        await perform(phone.actor, keep_new_password, proof, "new hash")


@pytest.mark.usefixtures("home")
async def test_shorter_password_will_do_beside_a_second_factor(clock: Clock) -> None:
    phone = await enrol(clock)
    assert await change_password(phone.actor, change(new="barges of G1")) is None


async def test_program_that_changes_the_password_goes_on(ada: Actor) -> None:
    """Its session has no cookie; it is known by its id."""
    assert await change_password(ada, change()) is None
    assert await lives("here")


async def test_wrong_old_password_changes_nothing_and_counts_as_a_try(
    ada: Actor,
) -> None:
    bad = change(old="wrong wrong wrong wrong")
    for _ in range(5):
        assert await change_password(ada, bad) == SignInRefused()
    assert await change_password(ada, change()) == SignInRefused(30)
    assert await lives("there")


async def have_no_place(_: str) -> str:
    raise Busy


@pytest.mark.parametrize(
    ("place", "name", "busy"),
    [
        (passwords, "hash_password", have_no_place),
        (module, "perform", busy_at(keep_new_password)),
    ],
)
async def test_right_old_password_that_was_told_to_come_again_locks_nobody(
    ada: Actor,
    monkeypatch: pytest.MonkeyPatch,
    place: ModuleType,
    name: str,
    busy: object,
) -> None:
    with monkeypatch.context() as full:
        full.setattr(place, name, busy)
        for _ in range(6):
            with pytest.raises(Busy):
                await change_password(ada, change())
    assert await change_password(ada, change(old="wrong wrong wrong")) == (
        SignInRefused()
    )
    assert await change_password(ada, change()) is None


@pytest.mark.parametrize(
    "new", ["short", "Ada Lovelace Ada Lovelace", "mailcreated5240"]
)
async def test_new_password_that_is_refused_stands_on_its_own_field(
    ada: Actor, new: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await change_password(ada, change(new=new))
    assert [problem.field for problem in refused.value.problems] == ["new_password"]


async def test_password_changed_meanwhile_is_not_overwritten(ada: Actor) -> None:
    stale = Proof(Try(ada.person_id, "old hash", "a", "b"))
    done = await perform(ada, keep_new_password, stale, "new hash")
    assert done.value == SignInRefused()
    assert await lives("there")


async def test_proof_of_somebody_else_is_worth_nothing(ada: Actor) -> None:
    other = Proof(Try((ada.person_id or 0) + 1, "hash", "a", "b"))
    done = await perform(ada, keep_new_password, other, "new hash")
    assert done.value == SignInRefused()
