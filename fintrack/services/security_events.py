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

_INSERT = text(
    "INSERT INTO security_event (at, kind, person_id, ledger_id, address, detail) "
    "VALUES (:at, :kind, :person_id, :ledger_id, :address, cast(:detail AS jsonb))"
)


async def note_refusal(actor: Actor, command: str, refusal: FinTrackError) -> None:
    """Keeps that somebody was refused; the refused command itself left nothing."""
    home = database.current()
    detail = {"command": command, "code": refusal.code}
    if actor.where.device:
        detail["device"] = actor.where.device[:MAX_DEVICE]
    with faults.explained():
        async with home.unit_of_work() as session:
            await add_event(
                session,
                "refused",
                home.clock(),
                actor,
                address=actor.where.address,
                detail=detail,
            )


async def add_event(
    session: AsyncSession,
    kind: str,
    at: datetime,
    actor: Actor,
    *,
    address: str = "",
    detail: Mapping[str, str] | None = None,
) -> None:
    """Adds an event to the unit of work of ``session``."""
    await session.execute(
        _INSERT,
        {
            "at": at,
            "kind": kind,
            "person_id": actor.person_id,
            "ledger_id": actor.ledger_id,
            "address": address,
            "detail": json.dumps(dict(detail or {})),
        },
    )
