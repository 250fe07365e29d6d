"""How a person stands here: suspended or not, in which role, signed in or not."""

from dataclasses import dataclass

from sqlalchemy import text

from fintrack.core.actor import STAFF, Role
from fintrack.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from fintrack.core.text import message_id
from fintrack.models.people import Person
from fintrack.services.commands import Work, command
from fintrack.services.factor.pending import forget_pending
from fintrack.services.gate import PEOPLE
from fintrack.services.ledger import rows
from fintrack.services.staff.finding import PersonView, note_deed, read_people

ADMINS = frozenset({Role.ADMIN})
FINAL = "it is set back where it was set, by an admin"

# In one order, so that two admins who act on each other wait and do not lock up.
_LOCK_ADMINS = text(
    "SELECT id FROM person WHERE role = 'admin' AND suspended_at IS NULL "
    "ORDER BY id FOR UPDATE"
)
_END_SESSIONS = text(
    "UPDATE sign_in_session SET ended_at = :now "
    "WHERE person_id = :person_id AND ended_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class PersonMark:
    """A person in the version that the admin has seen."""

    person_id: int
    version: int


@command("staff.suspend", roles=ADMINS, final=FINAL, fresh=True)
async def suspend(work: Work, mark: PersonMark) -> PersonView:
    """Signs a person out everywhere and lets them in no more; their books stay.

    Raises:
        NotFound: there is no such person.
        StaleVersion: they were changed since they were read.
        Conflict: it is oneself, or they are suspended already.
    """
    await _stand_as_admin(work)
    person = await _other(work, mark, message_id("You cannot suspend yourself."))
    if person.suspended_at is not None:
        raise Conflict("This person is suspended already.")
    person.suspended_at = work.now
    return await _keep(work, person, "person-suspended")


@command("staff.reinstate", roles=ADMINS, final=FINAL, fresh=True)
async def reinstate(work: Work, mark: PersonMark) -> PersonView:
    """Takes a suspension back; the person signs in anew.

    Raises:
        NotFound: there is no such person.
        StaleVersion: they were changed since they were read.
        Conflict: they are not suspended.
    """
    await _stand_as_admin(work)
    person = await marked(work, mark)
    if person.suspended_at is None:
        raise Conflict("This person is not suspended.")
    person.suspended_at = None
    return await _keep(work, person, "person-reinstated")


@command("staff.change_role", roles=ADMINS, final=FINAL, fresh=True)
async def change_role(work: Work, mark: PersonMark, role: Role) -> PersonView:
    """Gives a person another role; they sign in anew with it.

    Whoever is no longer of the staff has no department and position any more.

    Raises:
        InvalidInput: nobody can have this role.
        NotFound: there is no such person.
        StaleVersion: they were changed since they were read.
        Conflict: it is oneself, or they have this role already.
    """
    if role not in PEOPLE:
        raise InvalidInput("Please choose one.", field="role")
    await _stand_as_admin(work)
    person = await _other(work, mark, message_id("You cannot change your own role."))
    if person.role == role:
        raise Conflict("This person has this role already.")
    before, person.role = person.role, str(role)
    if role not in STAFF:
        person.department = person.position = ""
    return await _keep(work, person, "role-changed", before=before, after=str(role))


@command(
    "staff.end_sessions",
    roles=ADMINS,
    final="a session that has ended is never opened again",
    fresh=True,
)
async def end_sessions(work: Work, person_id: int) -> PersonView:
    """Signs a person out of all browsers and programs.

    Raises:
        NotFound: there is no such person.
    """
    if await work.session.get(Person, person_id) is None:
        raise NotFound
    await _end_sessions(work, person_id)
    await note_deed(work, "person-signed-out", person_id)
    return (await read_people(work, [person_id]))[0]


async def marked(work: Work, mark: PersonMark) -> Person:
    """The person, locked until the end of the unit of work.

    Raises:
        NotFound: there is no such person.
        StaleVersion: they were changed since they were read.
    """
    person = await work.session.get(Person, mark.person_id, with_for_update=True)
    if person is None:
        raise NotFound
    rows.check_version(person.version, mark.version)
    return person


async def _stand_as_admin(work: Work) -> None:
    """Waits for other admins at the same work, and looks again who is one still.

    So the last admin stays: of two who demote each other one comes first, and nobody
    demotes or suspends themselves.
    """
    admins = (await work.session.scalars(_LOCK_ADMINS)).all()
    if work.person_id not in admins:
        raise NotAllowed


async def _other(work: Work, mark: PersonMark, refusal: str) -> Person:
    if mark.person_id == work.person_id:
        raise Conflict(refusal)
    return await marked(work, mark)


async def _keep(work: Work, person: Person, kind: str, **more: str) -> PersonView:
    person.version += 1
    await work.session.flush()
    await _end_sessions(work, person.id)
    await note_deed(work, kind, person.id, **more)
    return (await read_people(work, [person.id]))[0]


async def _end_sessions(work: Work, person_id: int) -> None:
    await work.session.execute(_END_SESSIONS, {"person_id": person_id, "now": work.now})
    await forget_pending(work.session, person_id)
