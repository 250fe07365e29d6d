"""Security events; a refusal gets a unit of work of its own and so leaves a mark.

Whoever is refused may ask on without end, so one row an hour stands for all that is the
same; it says how many there were since the row before. In books of others all of a
person is the same, or a stranger could fill their owner's trail; elsewhere what one
command or page event is refused.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import Actor
from fintrack.core.errors import FinTrackError
from fintrack.services import database, faults
from fintrack.services.tries import REFUSED

MAX_DEVICE = 200
REFUSALS_EVERY = timedelta(hours=1)
# A command that is refused has one of these, which tells of it.
OF_REFUSALS = frozenset({"refused", "token-reused", "code-asked"})

_TELLS = "an event tells of a refusal"
_PART = text(
    "SELECT EXISTS (SELECT FROM membership m WHERE m.ledger_id = l.id "
    "AND m.person_id = :person_id) FROM ledger l WHERE l.id = :ledger_id"
)
# Counted since the last row, which a new counter has not had yet; locked to the end.
_COUNT = text(
    "INSERT INTO try_counter (subject, failures, last_failed_at) "
    "VALUES (:subject, 1, :due) ON CONFLICT (subject) DO UPDATE "
    "SET failures = try_counter.failures + 1 RETURNING failures, last_failed_at"
)
_START_ANEW = text(
    "UPDATE try_counter SET failures = 0, last_failed_at = :now "
    "WHERE subject = :subject"
)
_INSERT = text(
    "INSERT INTO security_event (at, kind, person_id, ledger_id, address, detail) "
    "VALUES (:at, :kind, :person_id, :ledger_id, :address, cast(:detail AS jsonb))"
)


async def note_refusal(actor: Actor, command: str, refusal: FinTrackError) -> None:
    """Keeps that somebody was refused; the refused command itself left nothing."""
    home = database.current()
    now = home.clock()
    with faults.explained():
        async with home.unit_of_work() as session:
            subject = await _name_subject(session, actor, command)
            times = await _count_refusal(session, subject, now)
            if times:
                detail = {**name_refused(actor, command), "code": refusal.code}
                if times > 1:
                    detail["times"] = str(times)
                await add_event(session, "refused", now, actor, detail=detail)


async def add_event(
    session: AsyncSession,
    kind: str,
    at: datetime,
    actor: Actor,
    *,
    address: str = "",
    detail: Mapping[str, str] | None = None,
) -> None:
    """Adds an event to the unit of work of ``session``.

    It comes from where ``actor`` is, unless ``address`` says where.
    """
    if kind in OF_REFUSALS:
        session.info[_TELLS] = True
    await session.execute(
        _INSERT,
        {
            "at": at,
            "kind": kind,
            "person_id": actor.person_id,
            "ledger_id": actor.ledger_id,
            "address": address or actor.where.address,
            "detail": json.dumps(dict(detail or {})),
        },
    )


def tells_refusal(session: AsyncSession) -> bool:
    """Whether an event of this unit of work tells of a refusal."""
    return _TELLS in session.info


def leave_untold(session: AsyncSession) -> None:
    """Enough of the same was told: a flood must not fill the list of events."""
    session.info[_TELLS] = True


def name_refused(actor: Actor, command: str) -> dict[str, str]:
    """What an event says of a refused command: its name, and who asked for it."""
    device = actor.where.device[:MAX_DEVICE]
    return {"command": command, **({"device": device} if device else {})}


async def _name_subject(session: AsyncSession, actor: Actor, command: str) -> str:
    """What is told together; all ledgers that do not exist are one."""
    person = f"{REFUSED}{actor.person_id or 0}"
    if actor.ledger_id is None:
        return f"{person} {command}"
    asked = {"person_id": actor.person_id, "ledger_id": actor.ledger_id}
    has_part: bool | None = await session.scalar(_PART, asked)
    if has_part is None:
        return f"{person} nowhere"
    subject = f"{person} in {actor.ledger_id}"
    return f"{subject} {command}" if has_part else subject


async def _count_refusal(session: AsyncSession, subject: str, now: datetime) -> int:
    """How many refusals are to be told now, this one included; 0 is for later."""
    due = now - REFUSALS_EVERY
    counted = await session.execute(_COUNT, {"subject": subject, "due": due})
    failures, told_at = counted.one()
    if told_at > due:
        return 0
    await session.execute(_START_ANEW, {"subject": subject, "now": now})
    return int(failures)
