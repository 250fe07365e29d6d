"""One's own sessions: listed, and ended one by one or all others at once.

Doors let the session directory forget the person afterwards, so that this process
refuses an ended cookie at once; others do within ``session_directory.REMEMBERED``.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from fintrack.core.errors import NotFound
from fintrack.services.commands import Work, command, question
from fintrack.services.factor.pending import forget_pending
from fintrack.services.security_events import add_event
from fintrack.services.sessions import IDLE

_LIST = text(
    "SELECT id, device, address, created_at, last_seen_at FROM sign_in_session "
    "WHERE person_id = :person_id AND ended_at IS NULL AND expires_at > :now "
    "AND last_seen_at > :idle_since ORDER BY last_seen_at DESC, id DESC"
)
_END = text(
    "UPDATE sign_in_session SET ended_at = :now WHERE id = :id "
    "AND person_id = :person_id AND ended_at IS NULL RETURNING id"
)
_END_OTHERS = text(
    "WITH ended AS (UPDATE sign_in_session SET ended_at = :now "
    "WHERE person_id = :person_id AND ended_at IS NULL "
    "AND id IS DISTINCT FROM cast(:own AS bigint) RETURNING 1) "
    "SELECT count(*) FROM ended"
)


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A living session; ``device`` is what the browser says of itself."""

    id: int
    device: str
    address: str
    created_at: datetime
    last_seen_at: datetime
    is_this: bool


@question("session.list")
async def list_sessions(work: Work) -> tuple[OwnSession, ...]:
    """The sessions of who asks, the one used last first."""
    found = await work.session.execute(
        _LIST,
        {
            "person_id": work.person_id,
            "now": work.now,
            "idle_since": work.now - IDLE,
        },
    )
    return tuple(
        OwnSession(**row._mapping, is_this=row.id == work.actor.session_id)  # noqa: SLF001 - SQLAlchemy's public way to a row's names
        for row in found
    )


@command(
    "session.end_one",
    final="a session that has ended is never opened again",
    fresh=True,
)
async def end_own_session(work: Work, session_id: int) -> None:
    """Ends one of one's own sessions, this one too.

    Raises:
        NotFound: it is somebody else's, or has ended before.
    """
    values = {"id": session_id, "person_id": work.person_id, "now": work.now}
    if await work.session.scalar(_END, values) is None:
        raise NotFound
    detail = {"ended": "1"}
    await add_event(work.session, "sessions-ended", work.now, work.actor, detail=detail)


@command(
    "session.end_others",
    final="a session that has ended is never opened again",
    fresh=True,
)
async def end_other_sessions(work: Work) -> int:
    """Ends all sessions but the actor's, and every pending sign-in; how many ended.

    A command that changes the password calls it after the change, within its own work:
    whoever signs in with the old password meanwhile waits for the person's row.
    """
    values = {
        "person_id": work.person_id,
        "own": work.actor.session_id,
        "now": work.now,
    }
    # In this order: a second step under way has opened its session, or never does.
    await forget_pending(work.session, work.person_id)
    count = int(await work.session.scalar(_END_OTHERS, values) or 0)
    detail = {"ended": str(count)}
    await add_event(work.session, "sessions-ended", work.now, work.actor, detail=detail)
    return count
