"""How the relay is: what waits and since when, the last head, the last failure."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from fintrack.core.actor import Role
from fintrack.core.errors import Conflict
from fintrack.services.commands import ANYBODY, Work, question
from fintrack.services.trail.proving import Finding, find_finding
from fintrack.services.trail.starting_over import Loss, find_losses

# What ``note_failure`` writes of a chain that is not the one that was shipped.
BROKEN = f"{Conflict.__name__}: "
STAFF = frozenset({Role.SUPPORT, Role.OPERATOR, Role.ADMIN, Role.SYSTEM})

_HEALTH = text(
    "SELECT w.unshipped, w.oldest_at, r.position, r.shipped_at, r.writes_apart, "
    "r.head_position, r.head_at, r.error, r.failed_at "
    "FROM (SELECT count(*) AS unshipped, min(at) AS oldest_at FROM ("
    "SELECT at FROM change_set WHERE shipped_at IS NULL UNION ALL "
    "SELECT at FROM security_event WHERE shipped_at IS NULL) x) w "
    "LEFT JOIN trail_relay r ON true"
)
_ERROR = text("SELECT error FROM trail_relay")


@dataclass(frozen=True, slots=True)
class TrailHealth:
    """The relay as MainDB knows it, so that it is told while LogDB is away too.

    ``writes_apart`` is False where LogDB's server gave the relay no role of its own:
    then only the triggers keep its rows. ``error`` is empty after a run that went well;
    if the chain ``is_broken``, no run can go well. ``losses`` are of chains before this
    one, ``finding`` is what the last verification found to be wrong with it.
    """

    unshipped: int
    oldest_at: datetime | None
    position: int
    shipped_at: datetime | None
    writes_apart: bool
    head_position: int
    head_at: datetime | None
    error: str
    failed_at: datetime | None
    losses: tuple[Loss, ...] = ()
    is_broken: bool = False
    finding: Finding | None = None


@question("trail.is_shipped", roles=ANYBODY)
async def is_shipped(work: Work) -> bool:
    """Whether the last shipping went well; that is all a stranger may know."""
    return not await work.session.scalar(_ERROR)


@question("trail.health", roles=STAFF)
async def find_health(work: Work) -> TrailHealth:
    """What the staff sees of the relay."""
    row = (await work.session.execute(_HEALTH)).one()
    return TrailHealth(
        unshipped=row.unshipped,
        oldest_at=row.oldest_at,
        position=row.position or 0,
        shipped_at=row.shipped_at,
        writes_apart=bool(row.writes_apart),
        head_position=row.head_position or 0,
        head_at=row.head_at,
        error=(row.error or "").removeprefix(BROKEN),
        failed_at=row.failed_at,
        losses=await find_losses(work.session),
        is_broken=(row.error or "").startswith(BROKEN),
        finding=await find_finding(work.session),
    )
