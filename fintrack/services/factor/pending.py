"""Browsers between the right password and the second step; they have no session."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import Actor
from fintrack.services import database
from fintrack.services.commands import Work
from fintrack.services.security_events import add_event
from fintrack.services.sessions import Browser

LIFETIME = timedelta(minutes=5)

_OPEN = text(
    "INSERT INTO pending_sign_in (person_id, ledger_id, token_hash, expires_at) "
    "VALUES (:person_id, :ledger_id, :token_hash, :expires_at)"
)
_FIND = text(
    "SELECT w.person_id, w.ledger_id FROM pending_sign_in w "
    "JOIN person p ON p.id = w.person_id WHERE w.token_hash = :token_hash "
    "AND w.expires_at > :now AND p.suspended_at IS NULL"
)
# As who changes the password does: the person first, or the two wait for each other.
_HOLD = text(
    "SELECT p.id FROM person p JOIN pending_sign_in w ON w.person_id = p.id "
    "WHERE w.token_hash = :token_hash FOR SHARE OF p"
)
_CLOSE = text("DELETE FROM pending_sign_in WHERE token_hash = :token_hash RETURNING id")
_FORGET = text("DELETE FROM pending_sign_in WHERE person_id = :person_id")
_SWEEP = text("DELETE FROM pending_sign_in WHERE expires_at <= :now")


@dataclass(frozen=True, slots=True)
class Pending:
    """Who is about to sign in, and to which ledger."""

    person_id: int
    ledger_id: int


async def open_pending(
    work: Work, person_id: int, ledger_id: int, browser: Browser
) -> None:
    """Remembers for ``LIFETIME`` that this browser's password was right."""
    values = {
        "person_id": person_id,
        "ledger_id": ledger_id,
        "token_hash": browser.token_hash,
        "expires_at": work.now + LIFETIME,
    }
    await work.session.execute(_OPEN, values)
    actor = Actor(person_id, ledger_id=ledger_id)
    await add_event(
        work.session, "sign-in-begun", work.now, actor, address=browser.address
    )


async def find_pending(
    session: AsyncSession, token_hash: bytes, now: datetime
) -> Pending | None:
    """The pending sign-in of a browser, or None where there is none any more."""
    found = await session.execute(_FIND, {"token_hash": token_hash, "now": now})
    row = found.one_or_none()
    return None if row is None else Pending(int(row.person_id), int(row.ledger_id))


async def close_pending(session: AsyncSession, token_hash: bytes) -> bool:
    """Ends a pending sign-in; of two that finish it at once, one gets True.

    The person's row stays held: a new password waits, then ends what was opened.
    """
    await session.execute(_HOLD, {"token_hash": token_hash})
    return await session.scalar(_CLOSE, {"token_hash": token_hash}) is not None


async def forget_pending(session: AsyncSession, person_id: int) -> None:
    """Ends all of a person's: what they began with holds no longer."""
    await session.execute(_FORGET, {"person_id": person_id})


async def sweep_pending() -> int:
    """Removes what has expired; how many there were."""
    return await database.sweep(_SWEEP, now=database.current().clock())
