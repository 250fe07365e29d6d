"""A new e-mail is proved by a code it got; the old one is told."""

import pytest

from fintrack.core.actor import ANONYMOUS, Actor
from fintrack.core.errors import Conflict, InvalidInput, StepUpNeeded
from fintrack.services.codes import CodeRefused, Flow, GivenCode, Reason
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.email_change import begin_email_change, finish_email_change
from fintrack.services.sessions import find_session, hash_token
from fintrack.services.sign_in import SignIn, sign_in
from tests.books import make_person
from tests.conftest import Clock
from tests.services.mailed import last_letter, letters, right
from tests.services.people import ADDRESS, GOOD, behind, browser, set_up
from tests.services.test_password_reset import forget

ADA, NEW = "ada@example.org", "Countess@Example.org"
DEAD = CodeRefused(Reason.DEAD)


@pytest.fixture
async def ada(home: Database) -> Actor:
    """Ada, who has just signed in."""
    assert home
    await set_up()
    return await enter("token")


async def enter(cookie: str) -> Actor:
    await sign_in(SignIn(ADA, GOOD), browser(cookie))
    view = await ask(ANONYMOUS, find_session, hash_token(cookie))
    assert view is not None
    return view.actor


async def begin(actor: Actor, email: str = NEW) -> Flow:
    return (await perform(actor, begin_email_change, email, ADDRESS)).value


async def finish(actor: Actor, given: GivenCode) -> CodeRefused | None:
    return (await perform(actor, finish_email_change, given, ADDRESS)).value


async def test_proved_address_is_the_new_identity_and_the_old_one_is_told(
    home: Database, ada: Actor
) -> None:
    flow = await begin(ada)
    assert await finish(ada, await right(home, flow)) is None
    view = await ask(ANONYMOUS, find_session, hash_token("token"))
    assert view is not None
    assert view.email == NEW
    assert (await letters(home))[-2:] == [
        ("code.email", NEW),
        ("account.email_changed", ADA),
    ]


async def test_change_ends_the_other_sessions(home: Database, ada: Actor) -> None:
    await enter("thief")
    assert await finish(ada, await right(home, await begin(ada))) is None
    assert await ask(ANONYMOUS, find_session, hash_token("thief")) is None
    assert await ask(ANONYMOUS, find_session, hash_token("token")) is not None


async def test_address_is_not_changed_without_a_fresh_proof(
    ada: Actor, clock: Clock
) -> None:
    clock.advance(minutes=6)
    with pytest.raises(StepUpNeeded):
        await begin(ada)


async def test_code_is_worth_nothing_to_somebody_else(
    home: Database, ada: Actor
) -> None:
    eve = await make_person(home, "eve@example.org")
    given = await right(home, await begin(ada))
    assert await finish(eve.actor, given) == DEAD


async def test_taken_address_gets_a_letter_and_no_code(
    home: Database, ada: Actor
) -> None:
    await make_person(home, "eve@example.org")
    await begin(ada, "eve@example.org")
    assert (await letters(home))[-1] == ("account.exists", "eve@example.org")


async def test_owner_of_a_taken_address_reads_their_own_language(
    home: Database, ada: Actor
) -> None:
    await make_person(home, "eve@example.org")
    speak = "UPDATE person SET language = 'tr' WHERE email = 'eve@example.org'"
    await behind(home, speak)
    await begin(ada, "EVE@example.org")
    letter = await last_letter(home)
    assert (letter.recipient, letter.language) == ("eve@example.org", "tr")


async def test_address_that_was_taken_meanwhile_stays_theirs(
    home: Database, ada: Actor
) -> None:
    given = await right(home, await begin(ada))
    await make_person(home, NEW.casefold())
    with pytest.raises(Conflict):
        await finish(ada, given)


@pytest.mark.parametrize("email", ["ADA@example.org", "nobody", "a@b.c\r\nBcc: x@y.z"])
async def test_own_or_impossible_address_is_refused(ada: Actor, email: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        await begin(ada, email)
    assert refused.value.problems[0].field == "email"


async def test_reset_that_the_old_address_began_ends_with_the_change(
    home: Database, ada: Actor
) -> None:
    await forget()
    assert await finish(ada, await right(home, await begin(ada))) is None
    rows = await (await make_person(home, "eve@example.org")).rows("SELECT * FROM code")
    assert rows == []
