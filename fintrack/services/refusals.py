"""How a refusal leaves its mark, whether it is raised or returned.

What is raised undoes everything, so it is told beside the command. Whoever is refused
may ask on without end: one row an hour stands for all that is the same. In books of
others all of a person at one address is the same, or a stranger could fill their
owner's trail; elsewhere what one command or page event is refused.

Some outcomes are returned because the mark has to stay. A wrong code is counted, so the
unit of work commits; but nothing was done. Its change set says so, and one event tells
of it: that of the verb, which may know more of whom it concerns and where it came from,
or else one that is made here.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import STAFF, Actor
from fintrack.core.errors import FinTrackError
from fintrack.services import database, faults, gate, security_events, turned_away

# LogDB names the change set of a refused command so, with the command's name behind it.
PREFIX = "refused."

_PART = text(
    "SELECT EXISTS (SELECT FROM membership m WHERE m.ledger_id = l.id "
    "AND m.person_id = :person_id) FROM ledger l WHERE l.id = :ledger_id"
)
_MARK = text(
    "UPDATE change_set SET refused = true WHERE id = :id AND NOT EXISTS "
    "(SELECT FROM change_row WHERE change_set_id = :id) RETURNING id"
)


class Refused:
    """An outcome that is no deed: returned and not raised, because its mark stays."""

    __slots__ = ()


async def note_refusal(
    actor: Actor,
    command: str,
    refusal: FinTrackError,
    *,
    is_for_staff: bool,
    session: AsyncSession | None = None,
) -> None:
    """Keeps that somebody was refused; the refused command itself left nothing.

    Each deed of staff is told by itself; so is all where nobody tells what was counted.
    ``session`` is one that can still read, where the caller has one.
    """
    actor, about = await _find_books(session, actor, command)
    counting = turned_away.current()
    if counting is None or (is_for_staff and actor.role in STAFF):
        await security_events.note_refusal(actor, command, refusal)
    else:
        counting.refuse(actor, command, refusal.code, about=about)


async def note_refused_verb(
    actor: Actor,
    name: str,
    access: gate.Access,
    refusal: FinTrackError,
    session: AsyncSession | None = None,
) -> None:
    """The owner of a ledger sees who was refused there; it is nobody's otherwise."""
    if not access.ledger:
        actor = replace(actor, ledger_id=None)
    await note_refusal(
        actor, name, refusal, is_for_staff=access.is_for_staff, session=session
    )


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


async def _find_books(
    session: AsyncSession | None, actor: Actor, command: str
) -> tuple[Actor, str]:
    """Whose books they are, and what is told together; what is nowhere is one."""
    if actor.ledger_id is None:
        return actor, command
    with faults.explained():
        if session is None:
            async with database.current().reading() as reading:
                has_part = await _has_part(reading, actor)
        else:
            has_part = await _has_part(session, actor)
    if has_part is None:
        # Somebody may get this number one day, and it is no matter of theirs.
        return replace(actor, ledger_id=None), ""
    return actor, command if has_part else ""


async def _has_part(session: AsyncSession, actor: Actor) -> bool | None:
    """Whether they are a member; None where there are no such books."""
    asked = {"person_id": actor.person_id, "ledger_id": actor.ledger_id}
    found: bool | None = await session.scalar(_PART, asked)
    return found
