"""Tells a person by mail that somebody signed in from a browser not seen before."""

from fintrack.core.device_name import name_device
from fintrack.models.people import Person
from fintrack.services.commands import Work
from fintrack.services.telling import tell, when

# Whether a session about to open is not the very first, and its browser not known.
# A program keeps no mark: it is known by what it says of itself and where it is.
# Sessions are swept; security events stay, and that of this session comes later.
IS_NEW = (
    "SELECT EXISTS (SELECT FROM security_event "
    "WHERE person_id = :person_id AND kind = 'sign-in') "
    "AND NOT EXISTS (SELECT FROM sign_in_session WHERE person_id = :person_id "
    "AND CASE WHEN cast(:mark_hash AS bytea) IS NULL "
    "THEN device = :device AND address = :address ELSE mark_hash = :mark_hash END)"
)


async def tell_new_device(
    work: Work, person_id: int, session_id: int, device: str, address: str
) -> None:
    """Queues the letter, once for the session."""
    person = await work.session.get_one(Person, person_id)
    await tell(
        work.session,
        work.now,
        person,
        "account.new_device",
        once=f"account.new_device {session_id}",
        when=when(work.now, person),
        device=name_device(device, person.language),
        address=address,
    )
