"""A person's own password: changed with the old one, which ends all other sessions."""

from dataclasses import dataclass, field

from sqlalchemy import text

from fintrack.core.actor import Actor
from fintrack.core.errors import InvalidInput
from fintrack.core.password_rules import check_password
from fintrack.models.people import Person
from fintrack.services import master_key, passwords
from fintrack.services.commands import Work, ask, command, perform, question
from fintrack.services.factor.enrolling import find_factor
from fintrack.services.factor.pending import forget_pending
from fintrack.services.security_events import add_event
from fintrack.services.sign_in import (
    COUNTER_LABEL,
    Proof,
    SignIn,
    SignInRefused,
    prove,
)
from fintrack.services.telling import tell, when
from fintrack.services.tries import forgive

_END_SESSIONS = text(
    "UPDATE sign_in_session SET ended_at = :now WHERE person_id = :person_id "
    "AND ended_at IS NULL AND token_hash <> :but"
)


@dataclass(frozen=True, slots=True)
class NewPassword:
    """The old and the new password, and the browser whose session goes on."""

    old: str = field(repr=False)
    new: str = field(repr=False)
    token_hash: bytes = field(repr=False)
    address: str


@question("person.known_words")
async def known_words(work: Work) -> tuple[str, str, str]:
    """One's e-mail and names, which a password must not be made of."""
    person = await work.session.get_one(Person, work.person_id)
    return person.email, person.first_name, person.last_name


async def change_password(actor: Actor, given: NewPassword) -> None | SignInRefused:
    """Keeps a new password; None when it is kept.

    Raises:
        InvalidInput: the new one is not good.
    """
    known = await ask(actor, known_words)
    factor = await ask(actor, find_factor)
    _check_new(given, known, has_second_factor=factor.is_on)
    proof = await prove_own(actor, given.old, given.address)
    if isinstance(proof, SignInRefused):
        return proof
    kept = await passwords.hash_password(given.new)
    done = await perform(actor, keep_new_password, proof, kept, given.token_hash)
    return done.value


async def prove_own(actor: Actor, password: str, address: str) -> Proof | SignInRefused:
    """Verifies the password of who is signed in; counted like a sign-in."""
    email, *_ = await ask(actor, known_words)
    return await prove(
        SignIn(email, password), address, master_key.derive(COUNTER_LABEL)
    )


@command("person.change_password", final="a password is never given back")
async def keep_new_password(
    work: Work, proof: Proof, kept: str, token_hash: bytes
) -> None | SignInRefused:
    """Keeps the hash of a new password, unless the old one changed meanwhile."""
    person = await find_proved_person(work, proof)
    if person is None:
        return SignInRefused()
    await keep_password(work, person, kept, but=token_hash)
    await add_event(work.session, "password-changed", work.now, work.actor, detail={})
    return None


async def find_proved_person(work: Work, proof: Proof) -> Person | None:
    """Who is at work, if the proof is theirs and their password still the same."""
    person = await work.session.get_one(Person, work.person_id, with_for_update=True)
    seen = proof.admitted
    if person.id != seen.person_id or person.password_hash != seen.password_hash:
        return None
    await forgive(work.session, seen.account, seen.place)
    return person


async def keep_password(
    work: Work, person: Person, kept: str, *, but: bytes = b""
) -> None:
    """Keeps the hash, ends the person's sessions (not ``but``) and tells them."""
    person.password_hash = kept
    await work.session.flush()
    ending = {"now": work.now, "person_id": person.id, "but": but}
    await work.session.execute(_END_SESSIONS, ending)
    await forget_pending(work.session, person.id)
    await tell(
        work.session,
        work.now,
        person,
        "account.password_changed",
        when=when(work.now, person),
    )


def _check_new(
    given: NewPassword, known: tuple[str, ...], *, has_second_factor: bool
) -> None:
    try:
        check_password(given.new, known=known, has_second_factor=has_second_factor)
    except InvalidInput as error:
        # The form has two passwords; the finding is on the new one.
        problem, *_ = error.problems
        raise InvalidInput(
            problem.message, field="new_password", **dict(problem.values)
        ) from None
