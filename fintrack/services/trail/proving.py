"""What a verification found stays: a row of the trail, and its health, tell of it."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import SYSTEM, Actor
from fintrack.core.errors import Problem
from fintrack.core.text import message_id
from fintrack.services import database
from fintrack.services.commands import ask
from fintrack.services.security_events import add_event
from fintrack.services.trail.starting_over import LOST
from fintrack.services.trail.verifying import Verdict, verify_trail

VERIFIED = "trail-verified"
# What is said of a verification that was noted before its sentence was kept.
BAD = message_id("Row {row} is not as it was written.")
_log = logging.getLogger(__name__)
# Whatever was found of a chain that is lost says nothing of the one begun anew.
_NEWEST = text(
    "SELECT at, detail FROM security_event WHERE kind IN (:verified, :lost) "
    "ORDER BY id DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the last verification found to be wrong, and when."""

    at: datetime
    problem: Problem


async def prove_trail() -> int:
    """Verifies the chain and keeps what was found; its rows. For the timetable."""
    verdict = await ask(SYSTEM, verify_trail)
    if verdict.breach is not None:
        _log.error("The trail is broken; see the overview of the staff area.")
    await keep_verdict(verdict)
    return verdict.rows


async def keep_verdict(verdict: Verdict) -> None:
    """Notes a verification that nobody in person asked for."""
    home = database.current()
    async with home.unit_of_work() as session:
        await note_verdict(session, home.clock(), SYSTEM, verdict)


async def note_verdict(
    session: AsyncSession, now: datetime, actor: Actor, verdict: Verdict
) -> None:
    """Adds to the security events what a verification found."""
    detail = {"rows": str(verdict.rows), "bad_row": ""}
    if verdict.breach is not None:
        problem = verdict.breach.problem
        values = {name: str(value) for name, value in problem.values}
        detail["bad_row"] = str(verdict.breach.position)
        detail["finding"] = json.dumps([problem.message, values])
    await add_event(session, VERIFIED, now, actor, detail=detail)


def read_problem(detail: Mapping[str, str]) -> Problem | None:
    """What an event of a verification says is wrong; None where all was sound."""
    row = detail.get("bad_row", "")
    if not row:
        return None
    if "finding" not in detail:
        return Problem(BAD, values=(("row", row),))
    message, values = json.loads(detail["finding"])
    return Problem(message, values=tuple(values.items()))


async def find_finding(session: AsyncSession) -> Finding | None:
    """What is wrong with the chain, as far as the last verification knows."""
    kinds = {"verified": VERIFIED, "lost": LOST}
    row = (await session.execute(_NEWEST, kinds)).one_or_none()
    problem = None if row is None else read_problem(row.detail)
    return Finding(row.at, problem) if row is not None and problem else None
