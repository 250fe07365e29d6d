"""Every way in which a command refuses and leaves its mark, ready to be gone."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from fintrack.core.actor import ANONYMOUS, Actor, Where
from fintrack.services import own_password, password_reset, second_step, step_up
from fintrack.services.codes import GivenCode
from fintrack.services.commands import perform
from fintrack.services.database import Database
from fintrack.services.email_change import begin_email_change, finish_email_change
from fintrack.services.factor.enrolling import confirm_enrolment
from fintrack.services.password_reset import begin_reset
from fintrack.services.programs import refresh_tokens
from fintrack.services.registration import finish_registration
from fintrack.services.sessions import hash_token
from fintrack.services.sign_in import Proof, SignIn, Try, sign_in, start_session
from fintrack.services.step_up import Again
from tests.books import make_person
from tests.conftest import Clock
from tests.services.factor.phone import scan
from tests.services.mailed import register, right, wrong
from tests.services.people import ADDRESS, GOOD, browser

ADA = "ada@example.org"
BAD = "wrong wrong wrong"
NEW = "five slow barges under Ghent"
NO_FLOW = GivenCode("a flow that never was", "123456")
STRANGER = Actor(where=Where(ADDRESS, "curl"))
PROOF_OF_BEFORE = "old hash"


@dataclass
class Scene:
    """Ada, signed in, with an hour or two of the clock."""

    home: Database
    clock: Clock
    ada: Actor

    @property
    def stale(self) -> Proof:
        return Proof(Try(self.ada.person_id, PROOF_OF_BEFORE, "a", "b"))


@dataclass(frozen=True)
class Way:
    """One way to be refused and what tells of it; ``is_adas``, also in her trail."""

    arrange: "Arrange"
    said: str
    is_adas: bool = True


Act = Callable[[], Awaitable[Any]]
Arrange = Callable[[Scene], Awaitable[Act]]


async def _value(actor: Actor, verb: Any, *arguments: Any) -> Any:
    return (await perform(actor, verb, *arguments)).value


async def wrong_registration_code(scene: Scene) -> Act:
    given = await wrong(scene.home, await register())
    return lambda: _value(STRANGER, finish_registration, given, browser("x"))


async def registration_that_is_over(scene: Scene) -> Act:
    given = await right(scene.home, await register())
    scene.clock.advance(minutes=5)
    return lambda: _value(STRANGER, finish_registration, given, browser("x"))


async def no_registration(_: Scene) -> Act:
    return lambda: _value(STRANGER, finish_registration, NO_FLOW, browser("x"))


async def wrong_email_code(scene: Scene) -> Act:
    flow = await _value(scene.ada, begin_email_change, "new@example.org", ADDRESS)
    given = await wrong(scene.home, flow)
    return lambda: _value(scene.ada, finish_email_change, given, ADDRESS)


async def no_email_change(scene: Scene) -> Act:
    return lambda: _value(scene.ada, finish_email_change, NO_FLOW, ADDRESS)


async def email_change_of_somebody_else(scene: Scene) -> Act:
    eve = await make_person(scene.home, "eve@example.org")
    flow = await _value(scene.ada, begin_email_change, "new@example.org", ADDRESS)
    given = await right(scene.home, flow)
    return lambda: _value(eve.actor, finish_email_change, given, ADDRESS)


async def wrong_reset_code(scene: Scene) -> Act:
    given = await wrong(
        scene.home, await _value(ANONYMOUS, begin_reset, ADA, "en", ADDRESS)
    )
    return lambda: password_reset.choose_password(given, NEW, ADDRESS)


async def reset_that_is_over(scene: Scene) -> Act:
    given = await right(
        scene.home, await _value(ANONYMOUS, begin_reset, ADA, "en", ADDRESS)
    )
    scene.clock.advance(minutes=10)
    return lambda: password_reset.choose_password(given, NEW, ADDRESS)


async def reset_without_proof(_: Scene) -> Act:
    finish = password_reset.finish_reset
    return lambda: _value(ANONYMOUS, finish, NO_FLOW.flow, "hash", ADDRESS, b"")


async def wrong_password(_: Scene) -> Act:
    return lambda: sign_in(SignIn(ADA, BAD), browser("x"))


async def sign_in_with_the_password_of_before(scene: Scene) -> Act:
    return lambda: _value(ANONYMOUS, start_session, scene.stale, browser("x"))


async def wrong_second_step(scene: Scene) -> Act:
    phone = await scan(scene.ada, scene.clock)
    await perform(scene.ada, confirm_enrolment, phone.code)
    await sign_in(SignIn(ADA, GOOD), browser("pending"))
    pending = hash_token("pending")
    return lambda: second_step.take_second_step(pending, phone.wrong, browser("x"))


async def wrong_password_to_confirm(scene: Scene) -> Act:
    return lambda: step_up.step_up(scene.ada, ADA, Again(BAD), browser("x"))


async def wrong_code_to_confirm(scene: Scene) -> Act:
    phone = await scan(scene.ada, scene.clock)
    await perform(scene.ada, confirm_enrolment, phone.code)
    given = Again(GOOD, phone.wrong)
    return lambda: step_up.step_up(scene.ada, ADA, given, browser("x"))


async def no_code_to_confirm(scene: Scene) -> Act:
    phone = await scan(scene.ada, scene.clock)
    await perform(scene.ada, confirm_enrolment, phone.code)
    return lambda: step_up.step_up(scene.ada, ADA, Again(GOOD), browser("x"))


async def confirming_with_the_password_of_before(scene: Scene) -> Act:
    again = step_up.prove_again
    return lambda: _value(scene.ada, again, scene.stale, "", browser("x"))


async def change_with_a_wrong_password(scene: Scene) -> Act:
    given = own_password.NewPassword(BAD, NEW, browser("x"))
    return lambda: own_password.change_password(scene.ada, given)


async def change_with_the_password_of_before(scene: Scene) -> Act:
    keep = own_password.keep_new_password
    return lambda: _value(scene.ada, keep, scene.stale, "hash")


async def unknown_token(_: Scene) -> Act:
    exchange = refresh_tokens.refresh
    return lambda: _value(STRANGER, exchange, hash_token("x"), hash_token("y"))


async def token_of_a_moment_ago(scene: Scene) -> Act:
    return await _used_token(scene)


async def token_that_comes_back(scene: Scene) -> Act:
    act = await _used_token(scene)
    scene.clock.advance(minutes=1)
    return act


async def token_of_an_idle_session(scene: Scene) -> Act:
    await _begin_family(scene)
    scene.clock.advance(days=15)
    exchange = refresh_tokens.refresh
    return lambda: _value(STRANGER, exchange, hash_token("first"), hash_token("x"))


async def sign_out_with_an_unknown_token(_: Scene) -> Act:
    return lambda: _value(STRANGER, refresh_tokens.end_family, hash_token("x"))


async def wrong_first_code(scene: Scene) -> Act:
    phone = await scan(scene.ada, scene.clock)
    return lambda: _value(scene.ada, confirm_enrolment, phone.wrong)


async def _begin_family(scene: Scene) -> None:
    first = refresh_tokens.start_family
    await perform(scene.ada, first, scene.ada.session_id or 0, hash_token("first"))


async def _used_token(scene: Scene) -> Act:
    await _begin_family(scene)
    exchange = refresh_tokens.refresh
    used = hash_token("first")
    await perform(STRANGER, exchange, used, hash_token("second"))
    return lambda: _value(STRANGER, exchange, used, hash_token("third"))


REGISTERING = "Wrong or old code for a registration refused"
RESETTING = "Wrong or old code for a new password refused"
NEW_EMAIL = "Wrong or old code for a new e-mail refused"
SIGNING_IN = "Sign-in with a wrong password refused"
CONFIRMING = "Confirmation with a wrong password or code refused"
TOKEN = "Old or unknown token of a program refused"
WAYS: dict[str, tuple[Way, ...]] = {
    "registration.finish": (
        Way(wrong_registration_code, REGISTERING, is_adas=False),
        Way(registration_that_is_over, REGISTERING, is_adas=False),
        Way(no_registration, REGISTERING, is_adas=False),
    ),
    "email.finish": (
        Way(wrong_email_code, NEW_EMAIL),
        Way(no_email_change, NEW_EMAIL),
        Way(
            email_change_of_somebody_else,
            "Refused: E-mail address changed",
            is_adas=False,
        ),
    ),
    "reset.prove": (
        Way(wrong_reset_code, RESETTING),
        Way(reset_that_is_over, RESETTING),
    ),
    "reset.finish": (
        Way(
            reset_without_proof,
            "Refused: Password set anew by mail",
            is_adas=False,
        ),
    ),
    "session.start": (
        Way(wrong_password, SIGNING_IN),
        Way(sign_in_with_the_password_of_before, SIGNING_IN),
    ),
    "session.finish": (Way(wrong_second_step, "Sign-in with a wrong code refused"),),
    "session.prove": (
        Way(wrong_password_to_confirm, CONFIRMING),
        Way(wrong_code_to_confirm, CONFIRMING),
        Way(no_code_to_confirm, "Right password given to confirm; a code asked for"),
        Way(confirming_with_the_password_of_before, CONFIRMING),
    ),
    "person.change_password": (
        Way(change_with_a_wrong_password, CONFIRMING),
        Way(change_with_the_password_of_before, "Refused: Password changed"),
    ),
    "program.refresh": (
        Way(unknown_token, TOKEN, is_adas=False),
        Way(token_of_a_moment_ago, TOKEN),
        Way(token_of_an_idle_session, TOKEN),
        Way(
            token_that_comes_back, "A program's old token came back; its session ended"
        ),
    ),
    "program.end": (Way(sign_out_with_an_unknown_token, TOKEN, is_adas=False),),
    "factor.confirm": (
        Way(wrong_first_code, "Wrong code for a new second factor refused"),
    ),
}
