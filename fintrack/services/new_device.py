"""Tells a person by mail that somebody signed in from a browser not seen before."""

from zoneinfo import ZoneInfo

from sqlalchemy import text

from fintrack.core.device_name import name_device
from fintrack.core.formatting import format_day
from fintrack.services.commands import Work
from fintrack.services.mail.outbox import Letter, queue_letter

# A program keeps no mark: it is known by what it says of itself and where it is.
_BEFORE = text(
    "SELECT count(*) AS sessions, count(*) FILTER (WHERE CASE WHEN "
    "cast(:mark_hash AS bytea) IS NULL THEN device = :device AND address = :address "
    "ELSE mark_hash = :mark_hash END) AS same "
    "FROM sign_in_session WHERE person_id = :person_id AND id <> :session_id"
)
_PERSON = text(
    "SELECT email, first_name, language, time_zone FROM person WHERE id = :person_id"
)
_SESSION = text(
    "SELECT person_id, mark_hash, device, address FROM sign_in_session "
    "WHERE id = :session_id"
)


async def tell_new_device(work: Work, session_id: int) -> None:
    """Queues the letter, unless the browser is known or this is the very first one."""
    opened = (await work.session.execute(_SESSION, {"session_id": session_id})).one()
    values = {**opened._mapping, "session_id": session_id}  # noqa: SLF001 - SQLAlchemy's public way to a row's names
    before = (await work.session.execute(_BEFORE, values)).one()
    if not before.sessions or before.same:
        return
    found = await work.session.execute(_PERSON, {"person_id": opened.person_id})
    person = found.one()
    local = work.now.astimezone(ZoneInfo(person.time_zone))
    letter = Letter(
        "account.new_device",
        person.email,
        person.language,
        {
            "name": person.first_name,
            "when": f"{format_day(local.date(), person.language)}, {local:%H:%M}",
            "device": name_device(opened.device, person.language),
            "address": opened.address,
        },
        once=f"new-device {session_id}",
    )
    await queue_letter(work.session, letter, work.now)
