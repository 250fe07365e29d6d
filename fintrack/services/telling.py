"""Letters that tell people what happened to their account, in their own words."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.clock import day_in_zone
from fintrack.core.formatting import format_instant
from fintrack.models.people import Person
from fintrack.services.mail.outbox import Letter, queue_letter


async def tell(
    session: AsyncSession,
    now: datetime,
    person: Person,
    kind: str,
    *,
    to: str = "",
    once: str = "",
    **values: str,
) -> None:
    """Queues a letter to ``person``, or to the address that was theirs before.

    Their name comes with it.
    """
    letter = Letter(
        kind,
        to or person.email,
        person.language,
        {"name": person.first_name, **values},
        once=once,
    )
    await queue_letter(session, letter, now)


async def tell_of_lock(
    session: AsyncSession, at: datetime, person_id: int, kind: str, address: str
) -> None:
    """Tells that tries have to wait since ``at``; once on a day and ``kind``."""
    person = await session.get_one(Person, person_id)
    await tell(
        session,
        at,
        person,
        kind,
        once=f"{kind} {person_id} {day_in_zone(at, person.time_zone)}",
        when=when(at, person),
        address=address,
    )


def when(now: datetime, person: Person) -> str:
    """The instant as the person's own clock and language say it."""
    return format_instant(now, person.time_zone, person.language)
