"""How far the relay came: MainDB's own mark, which the chain must agree with."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.audit_chain import Tip
from fintrack.core.errors import Conflict

MAX_ERROR = 300

_ROW = text(
    "INSERT INTO trail_relay (id, position, hash, writes_apart, head_position, error) "
    "VALUES (1, 0, '', false, 0, '') ON CONFLICT DO NOTHING"
)
_FIND = text("SELECT position, hash FROM trail_relay")
_ADVANCE = text(
    "UPDATE trail_relay SET position = :position, hash = :hash, shipped_at = :at, "
    "writes_apart = :apart"
)
_HEAD = text(
    "UPDATE trail_relay SET head_position = :position, head_at = :at "
    "WHERE head_position <= :position"
)
_FAILED = text("UPDATE trail_relay SET error = :error, failed_at = :at")
_WENT_WELL = text("UPDATE trail_relay SET error = '' WHERE error <> ''")
_TIP = text("SELECT position, hash FROM audit_entry ORDER BY position DESC LIMIT 1")
_HASH_AT = text("SELECT hash FROM audit_entry WHERE position = :position")


async def known_tip(main: AsyncSession) -> Tip:
    """The last row of the chain that MainDB was told of."""
    row = (await main.execute(_FIND)).one_or_none()
    return Tip(row.position, bytes(row.hash)) if row and row.position else Tip()


async def find_tip(log: AsyncSession, known: Tip) -> Tip:
    """The last row of the chain.

    Raises:
        Conflict: it is not the chain that was shipped; nothing is built upon it.
    """
    if known.position:
        kept = await log.scalar(_HASH_AT, {"position": known.position})
        if kept is None or bytes(kept) != known.hash:
            raise Conflict(
                "The chain in the log database is not the one that was shipped: "
                "row {row} is missing or another one.",
                row=known.position,
            )
    row = (await log.execute(_TIP)).one_or_none()
    return Tip(row.position, bytes(row.hash)) if row else Tip()


async def advance(main: AsyncSession, tip: Tip, now: datetime, *, apart: bool) -> None:
    """Remembers the tip, in the transaction that marks what was shipped."""
    await main.execute(_ROW)
    values = {"position": tip.position, "hash": tip.hash, "at": now, "apart": apart}
    await main.execute(_ADVANCE, values)


async def note_head(main: AsyncSession, position: int, now: datetime) -> None:
    """Remembers up to which row the chain is signed."""
    await main.execute(_HEAD, {"position": position, "at": now})


async def note_failure(main: AsyncSession, error: Exception, now: datetime) -> None:
    """Remembers why the relay stopped, for the staff to see."""
    await main.execute(_ROW)
    said = f"{type(error).__name__}: {error}".splitlines()[0][:MAX_ERROR]
    await main.execute(_FAILED, {"error": said, "at": now})


async def note_success(main: AsyncSession) -> None:
    """Forgets the last failure."""
    await main.execute(_WENT_WELL)
