"""How each part of the house does, as numbers; the page finds the words."""

import asyncio
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, TimeoutError  # noqa: A004 - of the pool

from fintrack.core.actor import Role
from fintrack.services import database
from fintrack.services.backups.keeping import MAKE, Latest, find_latest
from fintrack.services.commands import Work, question
from fintrack.services.jobs.asking import Standing, list_jobs
from fintrack.services.last_check import BrokenBooks, find_broken
from fintrack.services.mail.listing import OutboxHealth, find_outbox_health
from fintrack.services.rate_limiter import Counting, RateLimiter
from fintrack.services.rates.health import RateHealth, find_rate_health
from fintrack.services.trail.health import TrailHealth
from fintrack.services.trail.health import find_health as find_trail_health

ADMINS = frozenset({Role.ADMIN})

_SIZE = text("SELECT pg_database_size(current_database())")


class _Watched:
    """What the wiring names: the folder whose disk is looked at, and the limiter."""

    folder: Path | None = None
    limiter: RateLimiter | None = None


@dataclass(frozen=True, slots=True)
class Disk:
    """Room on the disk of the data directory, in bytes."""

    free: int
    total: int


@dataclass(frozen=True, slots=True)
class BackupHealth:
    """The newest backup, and whether the last try to make one went wrong."""

    latest: Latest
    has_failed: bool = False


@dataclass(frozen=True, slots=True)
class Health:
    """The parts; ``log_bytes`` is None while LogDB does not answer.

    ``late`` and ``failing`` are names of jobs. There is no ``disk`` where no folder is
    watched, no ``counting`` where no limiter is, and no ``backup`` where none are made
    by themselves. ``broken`` is there where the last check found something.
    """

    at: datetime
    main_bytes: int
    log_bytes: int | None
    disk: Disk | None
    late: tuple[str, ...]
    failing: tuple[str, ...]
    mail: OutboxHealth
    trail: TrailHealth
    rates: RateHealth
    backup: BackupHealth | None = None
    counting: Counting | None = None
    broken: BrokenBooks | None = None


def watch_folder(folder: Path | None) -> None:
    """Says which folder's disk must not run full; None watches no disk."""
    _Watched.folder = folder


def watch_limiter(limiter: RateLimiter | None) -> None:
    """Says which limiter must be able to count; None watches none."""
    _Watched.limiter = limiter


@question("staff.health", roles=ADMINS)
async def find_health(work: Work) -> Health:
    """All parts as they stand now."""
    jobs = await list_jobs(work)
    failing = tuple(job.name for job in jobs if job.standing is Standing.FAILING)
    return Health(
        at=work.now,
        main_bytes=await work.session.scalar(_SIZE),
        log_bytes=await _size_of_log(),
        disk=_disk(),
        late=tuple(job.name for job in jobs if job.standing is Standing.LATE),
        failing=failing,
        mail=await find_outbox_health(work),
        trail=await find_trail_health(work),
        rates=await find_rate_health(work),
        backup=await _find_backup(has_failed=MAKE in failing),
        counting=_Watched.limiter.counting if _Watched.limiter else None,
        broken=find_broken(_Watched.folder, work.now) if _Watched.folder else None,
    )


async def _find_backup(*, has_failed: bool) -> BackupHealth | None:
    latest = await asyncio.to_thread(find_latest)
    return BackupHealth(latest, has_failed) if latest else None


async def _size_of_log() -> int | None:
    try:
        async with database.current().log.connect() as connection:
            return int((await connection.execute(_SIZE)).scalar_one())
    except (DBAPIError, TimeoutError, OSError):
        return None


def _disk() -> Disk | None:
    if _Watched.folder is None:
        return None
    room = shutil.disk_usage(_Watched.folder)
    return Disk(free=room.free, total=room.total)
