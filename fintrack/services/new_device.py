"""Tells a person by mail that somebody signed in from a browser not seen before."""

from sqlalchemy import text

from fintrack.core.device_name import name_device
from fintrack.models.people import Person
from fintrack.services.commands import Work
from fintrack.services.telling import tell, when

# A program keeps no mark: it is known by what it says of itself and where it is.
_KNOWN = text(
    "SELECT EXISTS (SELECT FROM sign_in_session WHERE person_id = :person_id "
    "AND id <> :session_id AND CASE WHEN cast(:mark_hash AS bytea) IS NULL "
    "THEN device = :device AND address = :address ELSE mark_hash = :mark_hash END)"
)
# Sessions are swept; security events stay.
_CAME_BEFORE = text(
    "SELECT EXISTS (SELECT FROM security_event "
    "WHERE person_id = :person_id AND kind = 'sign-in')"
)
_SESSION = text(
    "SELECT person_id, mark_hash, device, address FROM sign_in_session "
    "WHERE id = :session_id"
)


async def tell_new_device(work: Work, session_id: int) -> None:
    """Queues the letter, unless the browser is known or this is the very first one.

    Comes before the session's own security event.
    """
    opened = (await work.session.execute(_SESSION, {"session_id": session_id})).one()
    values = {**opened._mapping, "session_id": session_id}  # noqa: SLF001 - SQLAlchemy's public way to a row's names
    if not await work.session.scalar(_CAME_BEFORE, values):
        return
    if await work.session.scalar(_KNOWN, values):
        return
    person = await work.session.get_one(Person, opened.person_id)
    await tell(
        work.session,
        work.now,
        person,
        "account.new_device",
        once=f"account.new_device {session_id}",
        when=when(work.now, person),
        device=name_device(opened.device, person.language),
        address=opened.address,
    )
