"""Signed-in browsers: how one starts, is found again, and ends.

The cookie holds 256 random bits; the database holds only their SHA-256.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import Actor, LedgerRole, Role, Where
from fintrack.core.errors import NotSignedIn
from fintrack.services import database, faults, gate
from fintrack.services.commands import ANYBODY, Work, command, question
from fintrack.services.new_device import IS_NEW, tell_new_device
from fintrack.services.security_events import MAX_DEVICE, add_event

IDLE = timedelta(days=14)
ABSOLUTE = timedelta(days=90)
SEEN_EVERY = timedelta(minutes=1)
TOKEN_BYTES = 32
MAX_TOKEN = 64
KEPT = timedelta(days=90)

_LIVING = (
    "SELECT s.id AS session_id, s.last_seen_at, "  # noqa: S608 - a constant only
    "s.person_id, p.role, s.ledger_id, "
    "coalesce(m.role, 0) AS ledger_role, p.first_name, p.last_name, p.email, "
    "p.language, p.time_zone, p.appearance, p.picture, "
    "p.week_starts_on, p.month_starts_on, l.name AS ledger_name, l.base_currency, "
    f"{gate.HAS_FACTOR} AS has_factor "
    "FROM sign_in_session s JOIN person p ON p.id = s.person_id "
    "JOIN ledger l ON l.id = s.ledger_id "
    "LEFT JOIN membership m ON m.person_id = p.id AND m.ledger_id = s.ledger_id "
    "WHERE s.ended_at IS NULL AND s.expires_at > :now "
    "AND s.last_seen_at > :idle_since AND p.suspended_at IS NULL "
)
_FIND = text(f"{_LIVING} AND s.token_hash = :token_hash")
_FIND_BY_ID = text(f"{_LIVING} AND s.id = :session_id")
# What stands in RETURNING does not see the row that is being inserted.
_OPEN = text(
    "INSERT INTO sign_in_session (person_id, "  # noqa: S608 - constants only
    "ledger_id, token_hash, address, device, mark_hash, "
    "created_at, proved_at, last_seen_at, expires_at) VALUES (:person_id, "
    ":ledger_id, :token_hash, :address, :device, :mark_hash, "
    ":now, :now, :now, :expires_at) "
    f"RETURNING id, ({IS_NEW}) AS is_new"
)
_SEEN = text(
    "UPDATE sign_in_session SET last_seen_at = :now "
    "WHERE id = :id AND last_seen_at < :now"
)
_END = text(
    "UPDATE sign_in_session SET ended_at = :now WHERE token_hash = :token_hash "
    "AND person_id = :person_id AND ended_at IS NULL RETURNING id"
)
_SWEEP = text(
    "DELETE FROM sign_in_session "
    "WHERE least(ended_at, expires_at, last_seen_at + :idle) < :before"
)


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a session is used: its token's hash, its address and what it says it is.

    ``mark_hash`` is that of the mark by which the browser is known again later; it is
    empty for a program, which keeps none.
    """

    token_hash: bytes = field(repr=False)
    address: str
    device: str
    mark_hash: bytes = field(default=b"", repr=False)

    @property
    def stranger(self) -> Actor:
        """Who is there before they are signed in."""
        return Actor(where=Where(self.address, self.device))


@dataclass(frozen=True, slots=True)
class SessionView:
    """Who is signed in, as doors and pages need it; no secret in it.

    With ``lacks_factor`` they get no further than to where they set one up.
    """

    session_id: int
    person_id: int
    role: Role
    ledger_id: int
    ledger_role: LedgerRole
    ledger_name: str
    base_currency: str
    first_name: str
    last_name: str
    email: str
    language: str
    time_zone: str
    appearance: str
    picture: str
    week_starts_on: int
    month_starts_on: int
    last_seen_at: datetime
    lacks_factor: bool = False

    @property
    def actor(self) -> Actor:
        """The person at work in the session's ledger."""
        return Actor(
            self.person_id,
            self.role,
            self.ledger_id,
            self.ledger_role,
            self.session_id,
        )

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def initials(self) -> str:
        """One or two letters for a small round picture."""
        return (self.first_name[:1] + self.last_name[:1]).upper()


def new_token() -> str:
    """A fresh secret for a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> bytes:
    """What the database keeps of a cookie; what is too long to be one has none."""
    if len(token) > MAX_TOKEN:
        return b""
    return hashlib.sha256(token.encode()).digest()


@question("session.find", roles=ANYBODY)
async def find_session(work: Work, token_hash: bytes) -> SessionView | None:
    """The living session of a cookie: neither ended, nor idle or old for too long."""
    return await _find(work, _FIND, {"token_hash": token_hash})


@question("session.find_by_id", roles=ANYBODY)
async def find_session_by_id(work: Work, session_id: int) -> SessionView | None:
    """The living session that an access token names."""
    return await _find(work, _FIND_BY_ID, {"session_id": session_id})


@command("session.end", final="a session that has ended is never opened again")
async def end_session(work: Work, token_hash: bytes) -> None:
    """Signs this browser out.

    Raises:
        NotSignedIn: the session is not the person's own, or has ended before.
    """
    ended = await work.session.scalar(
        _END,
        {"now": work.now, "token_hash": token_hash, "person_id": work.person_id},
    )
    if ended is None:
        raise NotSignedIn
    await add_event(work.session, "sign-out", work.now, work.actor)


async def open_session(
    work: Work,
    person_id: int,
    ledger_id: int,
    browser: Browser,
    *,
    proof: str = "password",
) -> None:
    """Adds a session to the unit of work; every way to sign in ends here.

    ``proof`` tells the trail by what the person proved who they are.
    """
    device, address = browser.device[:MAX_DEVICE], browser.address
    values = {
        "person_id": person_id,
        "ledger_id": ledger_id,
        "token_hash": browser.token_hash,
        "address": address,
        "device": device,
        "mark_hash": browser.mark_hash or None,
        "now": work.now,
        "expires_at": work.now + ABSOLUTE,
    }
    opened = (await work.session.execute(_OPEN, values)).one()
    if opened.is_new:
        await tell_new_device(work, person_id, opened.id, device, address)
    await add_event(
        work.session,
        "sign-in",
        work.now,
        Actor(person_id=person_id, ledger_id=ledger_id),
        address=address,
        detail={"device": device, "proof": proof},
    )


async def note_seen(view: SessionView) -> None:
    """Keeps that a session is in use, at most once a minute.

    No change set: the table is untracked, and a mark a minute would flood the trail.
    """
    home = database.current()
    now = home.clock()
    if now - view.last_seen_at >= SEEN_EVERY:
        with faults.explained():
            async with home.unit_of_work() as session:
                await _mark_seen(session, view.session_id, now)


async def sweep_sessions() -> int:
    """Removes sessions that ended 90 days ago or earlier; how many there were.

    Security events tell of them longer.
    """
    before = database.current().clock() - KEPT
    return await database.sweep(_SWEEP, before=before, idle=IDLE)


async def _find(
    work: Work, query: TextClause, named: dict[str, bytes | int]
) -> SessionView | None:
    found = await work.session.execute(
        query, {**named, "now": work.now, "idle_since": work.now - IDLE}
    )
    row = found.one_or_none()
    if row is None:
        return None
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public way to a row's names
    has_factor = values.pop("has_factor")
    role = Role(row.role)
    return SessionView(
        **{
            **values,
            "role": role,
            "ledger_role": LedgerRole(row.ledger_role),
            "lacks_factor": gate.lacks_factor(role, has_factor=has_factor),
        }
    )


async def _mark_seen(session: AsyncSession, session_id: int, now: datetime) -> None:
    await session.execute(_SEEN, {"id": session_id, "now": now})
