"""LogDB is lost: a new chain begins and says so.

It gets everything that MainDB still has: who did what and when, and the images of
the last 30 days. Older images are gone with the chain that held them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import SYSTEM
from fintrack.core.audit_chain import Tip
from fintrack.services.security_events import add_event
from fintrack.services.trail.gathering import CHANGE_SET, SECURITY_EVENT

LOST = "trail-lost"
# By an admin; its detail names the event of the loss.
ACKNOWLEDGED = "trail-loss-acknowledged"

_HAS_NOTHING = text(
    "SELECT NOT EXISTS (SELECT FROM audit_entry) "
    "AND NOT EXISTS (SELECT FROM audit_head)"
)
_UNMARK = tuple(
    text(f"UPDATE {source} SET shipped_at = NULL WHERE shipped_at IS NOT NULL")  # noqa: S608 - constants only
    for source in (CHANGE_SET, SECURITY_EVENT)
)
_RESET = text(
    "UPDATE trail_relay SET position = 0, hash = '', head_position = 0, head_at = NULL"
)
_LOSSES = text(
    "SELECT e.id, e.at, cast(e.detail ->> 'rows' AS bigint) AS rows, "
    "a.at AS acknowledged_at, p.email FROM security_event e "
    "LEFT JOIN security_event a "
    "ON a.kind = :acknowledged AND a.detail ->> 'loss' = cast(e.id AS text) "
    "LEFT JOIN person p ON p.id = a.person_id "
    "WHERE e.kind = :lost ORDER BY e.id"
)


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The e-mail of the admin who took note of a loss, and when."""

    email: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Loss:
    """When LogDB was found empty, and how many rows it should have had.

    ``id`` is that of the event which tells of it.
    """

    id: int
    at: datetime
    rows: int
    acknowledged: Acknowledgement | None = None


async def is_lost(log: AsyncSession, known: Tip) -> bool:
    """Whether LogDB holds nothing at all, where MainDB knows of a chain.

    A chain of which anything is left is never begun anew: it was tampered with, or is
    another one, and only a person can tell.
    """
    return known.position > 0 and bool(await log.scalar(_HAS_NOTHING))


async def start_over(main: AsyncSession, known: Tip, now: datetime) -> None:
    """Takes nothing for shipped any more, and leaves an event that says why."""
    lost = {"rows": str(known.position), "hash": known.hash.hex()}
    await add_event(main, LOST, now, SYSTEM, detail=lost)
    for statement in _UNMARK:
        await main.execute(statement)
    await main.execute(_RESET)


async def find_losses(main: AsyncSession) -> tuple[Loss, ...]:
    """Each time that a chain was lost, the oldest first."""
    kinds = {"lost": LOST, "acknowledged": ACKNOWLEDGED}
    return tuple(_to_loss(row) for row in await main.execute(_LOSSES, kinds))


def _to_loss(row: Row[Any]) -> Loss:
    if row.acknowledged_at is None:
        return Loss(row.id, row.at, row.rows)
    acknowledged = Acknowledgement(row.email or "", row.acknowledged_at)
    return Loss(row.id, row.at, row.rows, acknowledged)
