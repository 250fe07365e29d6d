"""Security events; a refusal gets a unit of work of its own and so leaves a mark.

Whoever is refused may ask on without end, so one row an hour stands for all that is the
same; it says how many there were since the row before, and comes by itself once the
hour is over. In books of others all of a person is the same, or a stranger could fill
their owner's trail; elsewhere what one command or page event is refused.
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
MOST_AT_ONCE = 500
# A command that is refused has one of these, which tells of it.
OF_REFUSALS = frozenset({"refused", "token-reused", "code-asked"})

_TELLS = "an event tells of a refusal"
# What is told together, of an event or of what is about to be one; all ledgers that do
# not exist are one.
_SUBJECT = (
    "concat(cast(:refused AS text), coalesce(e.person_id, 0), "
    "CASE WHEN e.ledger_id IS NULL THEN ' ' || e.command "
    "WHEN NOT EXISTS (SELECT FROM ledger l WHERE l.id = e.ledger_id) THEN ' nowhere' "
    "WHEN EXISTS (SELECT FROM membership m WHERE m.ledger_id = e.ledger_id "
    "AND m.person_id = e.person_id) THEN concat(' in ', e.ledger_id, ' ', e.command) "
    "ELSE ' in ' || e.ledger_id END)"
)
_NAME = text(
    f"SELECT {_SUBJECT} FROM (SELECT cast(:person_id AS bigint) AS person_id, "  # noqa: S608 - our own words
    "cast(:ledger_id AS bigint) AS ledger_id, cast(:command AS text) AS command) e"
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
_DUE = text(
    "SELECT subject, failures, last_failed_at AS told_at FROM try_counter "
    "WHERE starts_with(subject, :refused) AND failures > 0 AND last_failed_at <= :due "
    "ORDER BY last_failed_at LIMIT :most FOR UPDATE SKIP LOCKED"
)
# The row that was told last, once more: from there, and of that, it went on.
_TELL_ON = text(
    "INSERT INTO security_event (at, kind, person_id, ledger_id, address, detail) "  # noqa: S608 - our own words
    "SELECT :now, kind, person_id, ledger_id, address, "
    "detail || jsonb_build_object('times', cast(:times AS text)) "
    "FROM (SELECT *, detail ->> 'command' AS command FROM security_event) e "
    "WHERE (person_id = :person_id OR (:person_id = 0 AND person_id IS NULL)) "
    "AND kind = 'refused' AND detail ? 'code' AND at = :told_at "
    f"AND {_SUBJECT} = :subject ORDER BY id DESC LIMIT 1"
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


async def tell_refusals() -> int:
    """Tells what was counted where its hour is over; how many. For the timetable."""
    home = database.current()
    now = home.clock()
    asked = {"refused": REFUSED, "due": now - REFUSALS_EVERY, "most": MOST_AT_ONCE}
    async with home.unit_of_work() as session:
        due = (await session.execute(_DUE, asked)).all()
        for one in due:
            values = {
                "now": now,
                "refused": REFUSED,
                "subject": one.subject,
                "person_id": int(one.subject.split(" ")[1]),
                "told_at": one.told_at,
                "times": str(one.failures),
            }
            await session.execute(_TELL_ON, values)
            await session.execute(_START_ANEW, {"subject": one.subject, "now": now})
    return len(due)


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
    who = {"person_id": actor.person_id, "ledger_id": actor.ledger_id}
    named = {**who, "command": command, "refused": REFUSED}
    return str(await session.scalar(_NAME, named))


async def _count_refusal(session: AsyncSession, subject: str, now: datetime) -> int:
    """How many refusals are to be told now, this one included; 0 is for later."""
    due = now - REFUSALS_EVERY
    counted = await session.execute(_COUNT, {"subject": subject, "due": due})
    failures, told_at = counted.one()
    if told_at > due:
        return 0
    await session.execute(_START_ANEW, {"subject": subject, "now": now})
    return int(failures)
