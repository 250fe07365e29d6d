"""A forgotten password: proved by a mailed code, then chosen anew.

Nobody is signed in by it, so that a second factor is still asked for. The browser of
who proved it counts for itself from then on: somebody who was locked out gets in by
mail, with any code of the last ten minutes, whoever asked for it.
"""

from dataclasses import dataclass, replace

from fintrack.core.actor import ANONYMOUS, Actor, Where
from fintrack.core.email_address import read_email
from fintrack.core.one_time_code import Purpose
from fintrack.core.password_rules import check_password
from fintrack.models.people import Person
from fintrack.services import passwords
from fintrack.services.codes import (
    Asked,
    CodeRefused,
    Flow,
    GivenCode,
    Reason,
    begin,
    find_proved,
    judge,
)
from fintrack.services.commands import NOBODY, Work, command, perform
from fintrack.services.flows import bring_back
from fintrack.services.new_people import find_owner
from fintrack.services.own_password import Known, keep_password, known_of
from fintrack.services.places import find_counters, know_browser
from fintrack.services.security_events import add_event
from fintrack.services.sign_in import KIND
from fintrack.services.tries import forgive


@dataclass(frozen=True, slots=True)
class Reset:
    """Who has a new password."""

    person_id: int


@command("reset.begin", roles=NOBODY, final="a letter cannot be taken back")
async def begin_reset(work: Work, email: str, language: str, address: str) -> Flow:
    """Sends a code; to an address without account or of one suspended, words on it.

    A letter to a person is in the person's language, whoever asked for it.

    Raises:
        InvalidInput: it cannot be an address.
        TooManyTries: too many letters were asked for.
    """
    given = read_email(email)
    owner = await find_owner(work, given)
    # As they gave it: another spelling of it may be somebody else's mailbox.
    if owner is None:
        asked = Asked(Purpose.RESET, given, language, "account.unknown")
    elif owner.is_suspended:
        asked = Asked(Purpose.RESET, owner.email, owner.language, owner.letter)
    else:
        asked = Asked(
            Purpose.RESET, owner.email, owner.language, "code.reset", owner.person_id
        )
    return await begin(work, asked, address)


async def choose_password(
    given: GivenCode, new_password: str, address: str, *, mark_hash: bytes = b""
) -> Reset | CodeRefused:
    """Judges the code, then keeps the new password and ends every session.

    ``mark_hash`` is that of the browser's mark: no stranger makes it wait afterwards.

    Raises:
        InvalidInput: the password is not good; the code stays good for another.
        TooManyTries: too many codes were tried.
    """
    check_password(new_password, has_second_factor=True)
    proved = await bring_back(ANONYMOUS, prove_reset, given, address)
    if isinstance(proved, CodeRefused):
        return proved
    # Only now: what it must not be made of would tell strangers whose account it is.
    proved.check(new_password)
    kept = await passwords.hash_password(new_password)
    done = await perform(ANONYMOUS, finish_reset, given.flow, kept, address, mark_hash)
    return done.value


@command("reset.prove", roles=NOBODY, final="a try that was made stays counted")
async def prove_reset(
    work: Work, given: GivenCode, address: str
) -> Known | CodeRefused:
    """Judges the code."""
    flow = await judge(work, Purpose.RESET, given, address)
    if isinstance(flow, CodeRefused):
        return flow
    person = await work.session.get_one(Person, flow.person_id)
    return await known_of(work, person)


@command("reset.finish", roles=NOBODY, final="a password is never given back")
async def finish_reset(
    work: Work, flow: str, kept: str, address: str, mark_hash: bytes
) -> Reset | CodeRefused:
    """Keeps the hash of the new password for who proved the code of ``flow``.

    The code is dead for somebody who was suspended meanwhile.
    """
    proved = await find_proved(work, Purpose.RESET, flow)
    if proved is None or proved.person_id is None:
        return await _refuse(work, None, address)
    person = await work.session.get_one(Person, proved.person_id)
    if person.suspended_at is not None:
        return await _refuse(work, person.id, address)
    theirs = replace(work, actor=Actor(person_id=person.id, where=Where(address)))
    await keep_password(theirs, person, kept)
    await add_event(work.session, "password-reset", work.now, theirs.actor)
    email = person.email_folded
    await know_browser(work.session, email, mark_hash, work.now)
    counters = await find_counters(work.session, KIND, email, address, mark_hash)
    await forgive(work.session, counters.account, counters.place)
    return Reset(person.id)


async def _refuse(work: Work, person_id: int | None, address: str) -> CodeRefused:
    await add_event(
        work.session,
        "refused",
        work.now,
        Actor(person_id=person_id),
        address=address,
        detail={"command": "reset.finish"},
    )
    return CodeRefused(Reason.DEAD)
