"""A fresh proof: the password, and the code where there is a factor."""

import pytest

from fintrack.core.actor import ANONYMOUS, Actor
from fintrack.core.errors import Busy, NotSignedIn, StepUpNeeded
from fintrack.services import step_up as module
from fintrack.services.commands import Work, ask, command, perform
from fintrack.services.sessions import end_session, find_session, hash_token
from fintrack.services.step_up import Again, ProofRefused, Proved, prove_again, step_up
from tests.books import Books
from tests.conftest import Clock
from tests.services.factor.phone import enrol
from tests.services.people import GOOD, browser, busy_at
from tests.services.test_sessions import open_session

pytestmark = pytest.mark.usefixtures("home")
EMAIL = "ada@example.org"


@command("test.fresh", final="only in these tests", fresh=True)
async def do_it(work: Work) -> int:
    return work.person_id


async def prove(
    actor: Actor, password: str = GOOD, code: str = "", email: str = EMAIL
) -> Proved | ProofRefused:
    given = Again(password, code)
    return await step_up(actor, email, given, browser("renewed"))


async def test_signing_in_is_a_proof_for_five_minutes(clock: Clock) -> None:
    actor = (await open_session("ada")).actor
    clock.advance(minutes=4, seconds=59)
    await perform(actor, do_it)
    clock.advance(seconds=1)
    with pytest.raises(StepUpNeeded):
        await perform(actor, do_it)


async def test_password_makes_it_fresh_and_renews_the_token(clock: Clock) -> None:
    actor = (await open_session("ada")).actor
    clock.advance(minutes=6)
    assert await prove(actor) == Proved()
    await perform(actor, do_it)
    assert await ask(ANONYMOUS, find_session, hash_token("ada")) is None
    view = await ask(ANONYMOUS, find_session, hash_token("renewed"))
    assert view is not None
    assert view.actor == actor


async def test_wrong_password_proves_nothing_and_is_counted(clock: Clock) -> None:
    actor = (await open_session("ada")).actor
    clock.advance(minutes=6)
    for _ in range(5):
        assert await prove(actor, "wrong wrong wrong") == ProofRefused("password")
    assert await prove(actor) == ProofRefused("password", retry_after=30)
    with pytest.raises(StepUpNeeded):
        await perform(actor, do_it)


async def test_with_a_factor_the_code_is_asked_for_too(clock: Clock) -> None:
    phone = await enrol(clock)
    clock.advance(minutes=6)
    for code in ("", phone.wrong):
        assert await prove(phone.actor, code=code) == ProofRefused("code")
    with pytest.raises(StepUpNeeded):
        await perform(phone.actor, do_it)
    assert await prove(phone.actor, code=phone.code) == Proved()
    await perform(phone.actor, do_it)
    assert await prove(phone.actor, code=phone.code) == ProofRefused("code")


async def test_codes_are_counted_in_step_up_too(clock: Clock) -> None:
    phone = await enrol(clock)
    clock.advance(minutes=6)
    for _ in range(5):
        await prove(phone.actor, code=phone.wrong)
    refused = await prove(phone.actor, code=phone.code)
    assert refused == ProofRefused("code", retry_after=30)


async def test_right_password_does_not_count_where_its_code_has_to_wait(
    clock: Clock,
) -> None:
    phone = await enrol(clock)
    clock.advance(minutes=6)
    for _ in range(5):
        await prove(phone.actor, code=phone.wrong)
    for _ in range(6):
        refused = await prove(phone.actor, code=phone.code)
        assert refused == ProofRefused("code", retry_after=30)


async def test_right_password_that_was_told_to_come_again_does_not_count(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = (await open_session("ada")).actor
    clock.advance(minutes=6)
    with monkeypatch.context() as patch:
        patch.setattr(module, "perform", busy_at(prove_again))
        for _ in range(6):
            with pytest.raises(Busy):
                await prove(actor)
    assert await prove(actor, "wrong wrong wrong") == ProofRefused("password")
    assert await prove(actor) == Proved()


async def test_password_of_somebody_else_proves_nothing(
    clock: Clock,
) -> None:
    """A stolen session with the thief's own credentials."""
    actor = (await open_session("ada")).actor
    clock.advance(minutes=6)
    assert await prove(actor, email="eve@example.org") == ProofRefused("password")
    thief = Actor(person_id=(actor.person_id or 0) + 1, session_id=actor.session_id)
    with pytest.raises(NotSignedIn):
        await prove(thief)


async def test_other_sessions_of_the_person_stay_as_they_are(clock: Clock) -> None:
    first = (await open_session("ada")).actor
    clock.advance(minutes=6)
    await prove(first)
    other = Actor(
        first.person_id,
        first.role,
        first.ledger_id,
        first.ledger_role,
        session_id=(first.session_id or 0) + 1,
    )
    for actor in (other, Actor(first.person_id, first.role)):
        with pytest.raises(StepUpNeeded):
            await perform(actor, do_it)


async def test_ended_session_is_never_fresh(clock: Clock) -> None:
    actor = (await open_session("ada")).actor
    await perform(actor, end_session, hash_token("ada"))
    with pytest.raises(StepUpNeeded):
        await perform(actor, do_it)
    clock.advance(minutes=6)
    with pytest.raises(NotSignedIn):
        await prove(actor)


async def test_session_of_somebody_else_makes_nobody_fresh(
    books: Books, stranger: Books
) -> None:
    borrowed = Actor(stranger.actor.person_id, stranger.actor.role, session_id=1)
    with pytest.raises(StepUpNeeded):
        await perform(borrowed, do_it)
    with pytest.raises(StepUpNeeded):
        await perform(books.actor, do_it)
