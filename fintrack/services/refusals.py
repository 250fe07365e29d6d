"""What a command returns because it must not raise it: the mark has to stay.

A wrong code is counted, so the unit of work commits; but nothing was done. Its change
set says so, and one event tells of it: that of the verb, which may know more of whom it
concerns and where it came from, or else one that is made here.
"""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import Actor
from fintrack.services import security_events

# LogDB names the change set of a refused command so, with the command's name behind it.
PREFIX = "refused."

_MARK = text(
    "UPDATE change_set SET refused = true WHERE id = :id AND NOT EXISTS "
    "(SELECT FROM change_row WHERE change_set_id = :id) RETURNING id"
)


class Refused:
    """An outcome that is no deed: returned and not raised, because its mark stays."""

    __slots__ = ()


async def settle(
    session: AsyncSession,
    change_id: int,
    actor: Actor,
    command: str,
    now: datetime,
    outcome: object,
) -> None:
    """Marks the change set of a refused command, and sees to it that one event tells.

    Raises:
        RuntimeError: the command changed tracked rows before it refused.
    """
    if not isinstance(outcome, Refused):
        return
    if await session.scalar(_MARK, {"id": change_id}) is None:
        raise RuntimeError(f"{command} was refused and changed something")
    if not security_events.tells_refusal(session):
        detail = security_events.name_refused(actor, command)
        await security_events.add_event(
            session,
            "refused",
            now,
            actor,
            detail=detail,
        )
