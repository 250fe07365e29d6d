"""A new e-mail address: proved by a code it got; the old one is told."""

from fintrack.core.email_address import fold_email, read_email
from fintrack.core.errors import Conflict, InvalidInput
from fintrack.core.one_time_code import Purpose
from fintrack.models.people import Person
from fintrack.services.codes import (
    Asked,
    CodeRefused,
    Flow,
    GivenCode,
    Reason,
    begin,
    end_flows,
    judge,
)
from fintrack.services.commands import Work, command
from fintrack.services.new_people import find_owner
from fintrack.services.own_sessions import end_other_sessions
from fintrack.services.security_events import add_event
from fintrack.services.telling import tell, when


@command("email.begin", final="a letter cannot be taken back", fresh=True)
async def begin_email_change(work: Work, email: str, address: str) -> Flow:
    """Sends a code to the new address; to one that is taken, a letter that says so.

    Raises:
        InvalidInput: it cannot be an address, or is the present one.
        TooManyTries: too many letters were asked for.
    """
    new = read_email(email)
    person = await work.session.get_one(Person, work.person_id)
    if fold_email(new) == person.email_folded:
        raise InvalidInput("This is your e-mail address already.", field="email")
    owner = await find_owner(work, new)
    if owner is None:
        asked = Asked(Purpose.EMAIL, new, person.language, "code.email", person.id)
    else:
        # As they gave it: another spelling of it may be somebody else's mailbox.
        asked = Asked(
            Purpose.EMAIL, owner.email, owner.language, owner.letter, person.id
        )
    return await begin(work, asked, address)


@command("email.finish", final="an address is proved anew, not undone")
async def finish_email_change(
    work: Work, given: GivenCode, address: str
) -> CodeRefused | None:
    """The second step: this is the person's e-mail now; other sessions end.

    Raises:
        TooManyTries: too many codes were tried.
        Conflict: somebody registered with it a moment ago.
    """
    flow = await judge(work, Purpose.EMAIL, given, address)
    if isinstance(flow, CodeRefused):
        return flow
    if flow.person_id != work.person_id:
        return CodeRefused(Reason.DEAD)
    if await find_owner(work, flow.email):
        raise Conflict("This e-mail has an account already.")
    person = await work.session.get_one(Person, work.person_id)
    before, person.email = person.email, flow.email
    person.email_folded = fold_email(flow.email)
    person.version += 1
    await work.session.flush()
    await end_other_sessions(work)
    # Whoever still reads the old address must not reset the password with it.
    await end_flows(work.session, person.id)
    await add_event(work.session, "email-changed", work.now, work.actor)
    await tell(
        work.session,
        work.now,
        person,
        "account.email_changed",
        to=before,
        when=when(work.now, person),
    )
    return None
