"""Proving again who one is: the password, and the second factor if there is one.

It makes the session fresh for ``gate.FRESH`` and gives it another token, so that a
token that leaked before is worth nothing afterwards.
"""

from dataclasses import dataclass, field

from sqlalchemy import text

from fintrack.core.actor import Actor
from fintrack.core.errors import NotSignedIn, TooManyTries
from fintrack.services.commands import Work, command, perform
from fintrack.services.factor.proving import is_on
from fintrack.services.refusals import Refused
from fintrack.services.second_step import judge_code
from fintrack.services.security_events import add_event
from fintrack.services.sessions import Browser
from fintrack.services.sign_in import (
    Proof,
    SignIn,
    SignInRefused,
    forgiven_if_told_to_wait,
    prove,
)
from fintrack.services.tries import forgive

PROVE = "session.prove"

_UNCHANGED = text(
    "SELECT EXISTS (SELECT FROM person WHERE id = :id AND password_hash = :seen)"
)
_PROVE = text(
    "UPDATE sign_in_session SET proved_at = :now, token_hash = :token_hash "
    "WHERE id = :id AND person_id = :person_id AND ended_at IS NULL RETURNING id"
)


@dataclass(frozen=True, slots=True)
class Again:
    """What somebody gives to prove who they are; without a factor no code is read."""

    password: str = field(repr=False)
    code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Proved:
    """The session is fresh, and has the token of the ``Browser`` that was given."""


@dataclass(frozen=True, slots=True)
class ProofRefused(Refused):
    """What was wrong, ``password`` or ``code``; ``retry_after`` is in seconds.

    A wrong try was counted, and stays so.
    """

    field: str
    retry_after: int = 0


async def step_up(
    actor: Actor, email: str, given: Again, browser: Browser
) -> Proved | ProofRefused:
    """Makes the actor's session fresh, if ``given`` is right; tries are counted.

    ``email`` is the actor's own; ``browser`` has the session's new token.
    """
    proof = await prove(SignIn(email, given.password), browser, purpose=PROVE)
    if isinstance(proof, SignInRefused):
        return ProofRefused("password", proof.retry_after)
    try:
        async with forgiven_if_told_to_wait(proof):
            done = await perform(actor, prove_again, proof, given.code, browser)
    except TooManyTries as refusal:
        return ProofRefused("code", refusal.retry_after)
    return done.value


@command(PROVE, final="a proof that was given stays given")
async def prove_again(
    work: Work, proof: Proof, code: str, browser: Browser
) -> Proved | ProofRefused:
    """Judges the code after a right password, and makes the session fresh.

    Raises:
        NotSignedIn: the session has ended meanwhile.
        TooManyTries: for codes.
    """
    admitted = proof.admitted
    seen = {"id": work.person_id, "seen": admitted.password_hash}
    if not await work.session.scalar(_UNCHANGED, seen):
        return ProofRefused("password")
    await forgive(work.session, admitted.account, admitted.place)
    if not await _has_right_code(work, code, browser):
        return ProofRefused("code")
    values = {
        "id": work.actor.session_id,
        "person_id": work.person_id,
        "now": work.now,
        "token_hash": browser.token_hash,
    }
    if await work.session.scalar(_PROVE, values) is None:
        raise NotSignedIn
    await add_event(
        work.session,
        "proved",
        work.now,
        work.actor,
        address=browser.address,
    )
    return Proved()


async def _has_right_code(work: Work, code: str, browser: Browser) -> bool:
    """An empty code is no try: somebody has not been asked for one yet."""
    if not await is_on(work.session, work.person_id):
        return True
    if not code:
        await add_event(
            work.session, "code-asked", work.now, work.actor, address=browser.address
        )
        return False
    return await judge_code(work, work.person_id, code, browser, purpose=PROVE)
