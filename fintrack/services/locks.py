"""Wrong tries leave an event; when further ones must wait, a job tells the person.

The answer to a try does the same for known and unknown e-mails. Whom to tell is decided
later, from the events, so that nothing is lost with a process that is killed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import Actor
from fintrack.services import database
from fintrack.services.jobs.calling import call_leader
from fintrack.services.security_events import add_event
from fintrack.services.telling import tell_of_lock
from fintrack.services.tries import FREE_TRIES, failures_of

TELL = "locks.tell"
PASSWORD, CODE = "wrong password", "wrong code"
LOCKED = {PASSWORD: "account.locked", CODE: "account.codes_guessed"}
TOLD_WITHIN = timedelta(days=1)

# One a kind, person and run; a letter names its day, so no run tells it again. An index
# holds these events alone, and the waits bound how many there can be.
_LOCKS = text(
    "SELECT DISTINCT ON (person_id, detail ->> 'reason') "
    "person_id, at, address, detail ->> 'reason' AS reason FROM "
    "security_event WHERE kind = 'refused' AND detail ? 'waits' "
    "AND EXISTS (SELECT FROM person p WHERE p.id = person_id) "
    "AND at > :since ORDER BY person_id, detail ->> 'reason', id DESC"
)


@dataclass(frozen=True, slots=True)
class WrongTry:
    """A try that was wrong; ``person_id`` is None where nobody has the e-mail.

    ``account`` names the counter, ``command`` what the try was for; ``reason`` is
    ``PASSWORD`` or ``CODE``.
    """

    person_id: int | None
    address: str
    account: str
    command: str
    reason: str


async def note_wrong_try(session: AsyncSession, now: datetime, made: WrongTry) -> None:
    """One event for each counted try: how many there can be, the delays bound."""
    detail = {"command": made.command, "reason": made.reason}
    if await failures_of(session, made.account) >= FREE_TRIES:
        detail["waits"] = "yes"
        await call_leader(session, TELL)
    actor = Actor(person_id=made.person_id)
    await add_event(session, "refused", now, actor, address=made.address, detail=detail)


async def tell_locks() -> int:
    """Tells those whose tries must wait; how many locks it found. For the timetable."""
    home = database.current()
    values = {"since": home.clock() - TOLD_WITHIN}
    async with home.unit_of_work() as session:
        locks = (await session.execute(_LOCKS, values)).all()
        for lock in locks:
            kind = LOCKED[lock.reason]
            await tell_of_lock(session, lock.at, lock.person_id, kind, lock.address)
    return len(locks)
