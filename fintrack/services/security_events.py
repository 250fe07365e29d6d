"""Security events; a refusal gets a unit of work of its own and so leaves a mark."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import Actor
from fintrack.core.errors import FinTrackError
from fintrack.services import database, faults

MAX_DEVICE = 200
# A command that is refused has one of these, which tells of it.
OF_REFUSALS = frozenset({"refused", "token-reused", "code-asked"})

_TELLS = "an event tells of a refusal"
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
            detail = {**name_refused(actor, command), "code": refusal.code}
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
