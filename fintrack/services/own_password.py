"""A person's own password: changed with the old one, which ends all other sessions."""

from dataclasses import dataclass, field

from fintrack.core.actor import Actor
from fintrack.core.errors import InvalidInput, StepUpNeeded
from fintrack.core.password_rules import check_password
from fintrack.models.people import Person
from fintrack.services import gate, passwords
from fintrack.services.codes import end_flows
from fintrack.services.commands import Work, ask, command, perform, question
from fintrack.services.factor.proving import is_on
from fintrack.services.own_sessions import end_other_sessions
from fintrack.services.security_events import add_event
from fintrack.services.sessions import Browser
from fintrack.services.sign_in import (
    Proof,
    SignIn,
    SignInRefused,
    forgiven_if_told_to_wait,
    prove,
)
from fintrack.services.step_up import PROVE
from fintrack.services.telling import tell, when
from fintrack.services.tries import forgive


@dataclass(frozen=True, slots=True)
class NewPassword:
    """The old and the new password, and where they come from."""

    old: str = field(repr=False)
    new: str = field(repr=False)
    browser: Browser


@dataclass(frozen=True, slots=True)
class Known:
    """What others know of a person, and whether they have a second factor."""

    email: str
    first_name: str
    last_name: str
    has_second_factor: bool

    def check(self, new_password: str) -> None:
        """Passes a good new password of this person.

        Raises:
            InvalidInput: with what is wrong with it, on the field ``password``.
        """
        check_password(
            new_password,
            known=(self.email, self.first_name, self.last_name),
            has_second_factor=self.has_second_factor,
        )


@question("person.known_words")
async def known_words(work: Work) -> Known:
    """What a new password of one's own must not be made of, and how short it may be.

    Raises:
        StepUpNeeded: as ``keep_new_password`` does.
    """
    person = await work.session.get_one(Person, work.person_id)
    words = await known_of(work, person)
    await _check_proved(work, words)
    return words


async def change_password(actor: Actor, given: NewPassword) -> SignInRefused | None:
    """Keeps a new password; None when it is kept.

    Raises:
        InvalidInput: the new one is not good.
        StepUpNeeded: as ``keep_new_password`` does.
        Busy: too much is asked for at the moment; the try does not count.
    """
    words = await ask(actor, known_words)
    _check_new(given.new, words)
    own = SignIn(words.email, given.old)
    proof = await prove(own, given.browser, purpose=PROVE)
    if isinstance(proof, SignInRefused):
        return proof
    async with forgiven_if_told_to_wait(proof):
        kept = await passwords.hash_password(given.new)
        return (await perform(actor, keep_new_password, proof, kept)).value


@command("person.change_password", final="a password is never given back")
async def keep_new_password(
    work: Work, proof: Proof, kept: str
) -> SignInRefused | None:
    """Keeps the hash of a new password, unless the old one changed meanwhile.

    Raises:
        StepUpNeeded: there is a second factor, and no fresh proof with it.
    """
    person = await work.session.get_one(Person, work.person_id, with_for_update=True)
    await _check_proved(work, await known_of(work, person))
    seen = proof.admitted
    if person.id != seen.person_id or person.password_hash != seen.password_hash:
        return SignInRefused()
    await forgive(work.session, seen.account, seen.place)
    await keep_password(work, person, kept)
    await add_event(work.session, "password-changed", work.now, work.actor)
    return None


async def keep_password(work: Work, person: Person, kept: str) -> None:
    """Keeps the hash, ends all sessions but the one at work, and tells the person.

    ``work`` is that of ``person``. Codes that were mailed before are dead: a thief may
    have asked for them.
    """
    person.password_hash = kept
    await work.session.flush()
    await end_flows(work.session, person.id)
    await end_other_sessions(work)
    await tell(
        work.session,
        work.now,
        person,
        "account.password_changed",
        when=when(work.now, person),
    )


async def known_of(work: Work, person: Person) -> Known:
    """What a new password of ``person`` is checked against."""
    has_factor = await is_on(work.session, person.id)
    return Known(person.email, person.first_name, person.last_name, has_factor)


async def _check_proved(work: Work, words: Known) -> None:
    """The old password proves who one is only where nothing else is asked for.

    Raises:
        StepUpNeeded: a code of the second factor belongs to the proof.
    """
    if words.has_second_factor and not await gate.has_proved(
        work.session, work.actor, work.now
    ):
        raise StepUpNeeded


def _check_new(new_password: str, words: Known) -> None:
    try:
        words.check(new_password)
    except InvalidInput as error:
        # The form has two passwords; the finding is on the new one.
        problem, *_ = error.problems
        raise InvalidInput(
            problem.message, field="new_password", **dict(problem.values)
        ) from None
