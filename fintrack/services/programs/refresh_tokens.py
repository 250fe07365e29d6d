"""Refresh tokens: each is exchanged once, and a stolen one ends its family.

The tokens that follow from one sign-in are a family, and the family is that session: it
lives as long, and ending either ends both. A used token that comes back means that two
have it, so the session ends. A double click brings one back as well: within ``GRACE``
the late one gets nothing, but the family goes on with the token of the first. That is
for the last token that was used; an older one ends the session at once.

Whoever is not signed in may bring anything: ``exchange`` and ``sign_out`` look first,
so that what is no living token leaves nothing in the database.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import Actor
from fintrack.core.errors import NotSignedIn
from fintrack.models.programs import RefreshToken
from fintrack.services import database
from fintrack.services.commands import NOBODY, Work, ask, command, perform, question
from fintrack.services.refusals import Refused
from fintrack.services.security_events import add_event, name_refused
from fintrack.services.sessions import IDLE

GRACE = timedelta(seconds=10)

_OWN_SESSION = text(
    "SELECT id FROM sign_in_session "
    "WHERE id = :id AND person_id = :person_id AND ended_at IS NULL"
)
# Of two that come at once the second waits here, and then finds the token used.
_USE = text(
    "UPDATE refresh_token r SET used_at = :now FROM sign_in_session s "
    "JOIN person p ON p.id = s.person_id "
    "WHERE r.token_hash = :token_hash AND r.used_at IS NULL AND s.id = r.session_id "
    "AND s.ended_at IS NULL AND s.expires_at > :now AND s.last_seen_at > :idle_since "
    "AND p.suspended_at IS NULL RETURNING r.session_id"
)
_FIND = text(
    "SELECT r.session_id, r.used_at, s.person_id, s.expires_at, s.last_seen_at, "
    "EXISTS (SELECT FROM refresh_token n "
    "WHERE n.session_id = r.session_id AND n.id > r.id AND n.used_at IS NOT NULL"
    ") AS is_older FROM refresh_token r "
    "JOIN sign_in_session s ON s.id = r.session_id "
    "WHERE r.token_hash = :token_hash AND s.ended_at IS NULL"
)
_END = text(
    "UPDATE sign_in_session SET ended_at = :now WHERE id = :id AND ended_at IS NULL "
    "RETURNING person_id, ledger_id"
)
_SWEEP = text(
    "DELETE FROM refresh_token r USING sign_in_session s "
    "WHERE s.id = r.session_id AND (s.ended_at IS NOT NULL OR s.expires_at <= :now)"
)


class Refusal(StrEnum):
    """Why a refresh token is not exchanged."""

    UNKNOWN = "unknown"
    LATE = "late"
    REUSED = "reused"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The token was exchanged; the session goes on."""

    session_id: int


@dataclass(frozen=True, slots=True)
class FamilyEnded:
    """The session that has ended."""

    session_id: int


@dataclass(frozen=True, slots=True)
class Family:
    """A session that nobody ended, by a token of it.

    ``is_spent``: too old or idle for too long to be refreshed.
    """

    is_used: bool
    is_spent: bool


@dataclass(frozen=True, slots=True)
class RefreshRefused(Refused):
    """Nothing was exchanged; ``ended`` is the session that a reuse has ended.

    The end of the session is kept.
    """

    reason: Refusal
    ended: int = 0


async def exchange(
    actor: Actor, token_hash: bytes, next_hash: bytes
) -> Refreshed | RefreshRefused:
    """Exchanges a token for the next of its family; one that was used ends it."""
    family = await ask(actor, find_family, token_hash)
    if family is None or (family.is_spent and not family.is_used):
        return RefreshRefused(Refusal.UNKNOWN)
    return (await perform(actor, refresh, token_hash, next_hash)).value


async def sign_out(actor: Actor, token_hash: bytes) -> FamilyEnded | RefreshRefused:
    """Ends the session of a token, used or not."""
    if await ask(actor, find_family, token_hash) is None:
        return RefreshRefused(Refusal.UNKNOWN)
    return (await perform(actor, end_family, token_hash)).value


@question("program.find_family", roles=NOBODY)
async def find_family(work: Work, token_hash: bytes) -> Family | None:
    """The family of a token; None where there is none, or its session was ended."""
    found = await _find(work.session, token_hash)
    if found is None:
        return None
    idle_since = work.now - IDLE
    is_spent = found.expires_at <= work.now or found.last_seen_at <= idle_since
    return Family(found.used_at is not None, is_spent)


@command("program.start", final="a session is ended, not undone")
async def start_family(work: Work, session_id: int, token_hash: bytes) -> None:
    """Gives a session of the person's own its first refresh token.

    Raises:
        NotSignedIn: the session is not theirs, or has ended.
    """
    found = await work.session.scalar(
        _OWN_SESSION, {"id": session_id, "person_id": work.person_id}
    )
    if found is None:
        raise NotSignedIn
    await _add_token(work, session_id, token_hash)
    await add_event(work.session, "program-signed-in", work.now, work.actor)


@command("program.refresh", roles=NOBODY, final="a token that was used stays used")
async def refresh(
    work: Work, token_hash: bytes, next_hash: bytes
) -> Refreshed | RefreshRefused:
    """Exchanges a token for the next of its family."""
    session_id = await work.session.scalar(
        _USE,
        {"token_hash": token_hash, "now": work.now, "idle_since": work.now - IDLE},
    )
    if session_id is not None:
        await _add_token(work, session_id, next_hash)
        return Refreshed(session_id)
    return await _refuse(work, token_hash)


@command("program.end", roles=NOBODY, final="a session that ended is not opened again")
async def end_family(work: Work, token_hash: bytes) -> FamilyEnded | RefreshRefused:
    """Ends the session of a token, used or not."""
    found = await _find(work.session, token_hash)
    if found is None:
        return RefreshRefused(Refusal.UNKNOWN)
    await _end_session(work, found.session_id, "sign-out")
    return FamilyEnded(found.session_id)


async def sweep_refresh_tokens() -> int:
    """Removes the tokens of sessions that are over; how many there were."""
    return await database.sweep(_SWEEP, now=database.current().clock())


async def _refuse(work: Work, token_hash: bytes) -> RefreshRefused:
    found = await _find(work.session, token_hash)
    if found is None:
        return RefreshRefused(Refusal.UNKNOWN)
    if found.used_at is None:
        return await _note(work, found.person_id, Refusal.UNKNOWN)
    if not found.is_older and _is_late(found.used_at, work.now):
        return await _note(work, found.person_id, Refusal.LATE)
    await _end_session(work, found.session_id, "token-reused")
    return RefreshRefused(Refusal.REUSED, found.session_id)


async def _note(work: Work, person_id: int, reason: Refusal) -> RefreshRefused:
    """One event for the person whose token it is."""
    await add_event(
        work.session,
        "refused",
        work.now,
        Actor(person_id=person_id, where=work.actor.where),
        detail={**name_refused(work.actor, "program.refresh"), "reason": reason},
    )
    return RefreshRefused(reason)


def _is_late(used_at: datetime, now: datetime) -> bool:
    return now - used_at < GRACE


async def _find(session: AsyncSession, token_hash: bytes) -> Row[tuple[object]] | None:
    found = await session.execute(_FIND, {"token_hash": token_hash})
    return found.one_or_none()


async def _end_session(work: Work, session_id: int, kind: str) -> None:
    found = await work.session.execute(_END, {"id": session_id, "now": work.now})
    for row in found:
        actor = Actor(row.person_id, ledger_id=row.ledger_id, where=work.actor.where)
        await add_event(work.session, kind, work.now, actor)


async def _add_token(work: Work, session_id: int, token_hash: bytes) -> None:
    work.session.add(
        RefreshToken(session_id=session_id, token_hash=token_hash, created_at=work.now)
    )
    await work.session.flush()
