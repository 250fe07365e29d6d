"""Registering in two steps: what somebody gives waits until the mailed code is back."""

from dataclasses import asdict, replace

from fintrack.core.actor import ANONYMOUS, Role
from fintrack.core.clock import day_in_zone
from fintrack.core.consents import (
    AGE,
    AGE_VERSION,
    TERMS,
    TERMS_VERSION,
    Consents,
    find_problems,
)
from fintrack.core.errors import Conflict
from fintrack.core.one_time_code import Purpose
from fintrack.models.codes import Code, Consent
from fintrack.models.people import Person
from fintrack.services.codes import (
    Asked,
    CodeRefused,
    Flow,
    GivenCode,
    begin,
    check_wait,
    judge,
)
from fintrack.services.commands import NOBODY, Work, ask, command, perform
from fintrack.services.ledger.categories import plant_tree
from fintrack.services.new_people import (
    Added,
    NewPerson,
    add_person,
    find_owner,
    prepare,
)
from fintrack.services.sessions import Browser, open_session
from fintrack.services.setup import is_open
from fintrack.services.telling import tell


async def register(
    given: NewPerson, password: str, consents: Consents, address: str
) -> Flow:
    """The first step: checks everything, hashes the password, sends a letter.

    Whether the e-mail has an account changes only what the letter says.

    Raises:
        InvalidInput: with every finding, each on its field.
        TooManyTries: too many letters were asked for.
        Conflict: nobody has set this FinTrack up yet.
    """
    await ask(ANONYMOUS, check_wait, given.email, address)
    ready = await prepare(given, password, *find_problems(consents))
    return (await perform(ANONYMOUS, begin_registration, ready, address)).value


@command("registration.begin", roles=NOBODY, final="a letter cannot be taken back")
async def begin_registration(work: Work, new: NewPerson, address: str) -> Flow:
    """Keeps a checked registration until its code comes back.

    Raises:
        TooManyTries: too many letters were asked for.
        Conflict: nobody has set this FinTrack up yet.
    """
    if await is_open(work):
        raise Conflict("FinTrack is not set up yet.")
    owner = await find_owner(work, new.email)
    if owner is None:
        asked = Asked(Purpose.REGISTER, new.email, new.language, "code.register")
    else:
        # As they gave it: another spelling of it may be somebody else's mailbox.
        asked = Asked(Purpose.REGISTER, owner.email, owner.language, owner.letter)
    return await begin(work, replace(asked, pending=asdict(new)), address)


@command(
    "registration.finish",
    roles=NOBODY,
    final="an account is deleted by its owner, not undone",
)
async def finish_registration(
    work: Work, given: GivenCode, browser: Browser
) -> Added | CodeRefused:
    """The second step: person, ledger, default categories, welcome letter, session.

    Raises:
        TooManyTries: too many codes were tried.
        Conflict: this e-mail got its account a moment ago.
    """
    flow = await judge(work, Purpose.REGISTER, given, browser.address)
    if isinstance(flow, CodeRefused):
        return flow
    new = NewPerson(**flow.pending)
    if await find_owner(work, new.email):
        raise Conflict("This e-mail has an account already. Please sign in.")
    added = await add_person(work, new, Role.USER)
    await plant_tree(
        work.session,
        added.ledger_id,
        language=new.language,
        today=day_in_zone(work.now, new.time_zone),
    )
    _add_consents(work, added.person_id, flow)
    await work.session.delete(flow)
    person = await work.session.get_one(Person, added.person_id)
    await tell(work.session, work.now, person, "account.welcome")
    await open_session(
        work, added.person_id, added.ledger_id, browser, proof="code by mail"
    )
    return added


def _add_consents(work: Work, person_id: int, flow: Code) -> None:
    """What was ticked in the first step, at the time it was ticked."""
    for subject, version in ((TERMS, TERMS_VERSION), (AGE, AGE_VERSION)):
        work.session.add(
            Consent(
                person_id=person_id,
                subject=subject,
                text_version=version,
                language=flow.language,
                given_at=flow.begun_at,
            )
        )
