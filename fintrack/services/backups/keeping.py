"""The folder of backups: what they are called, the one of each night, which stay."""

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fintrack.core.backup_retention import find_kept
from fintrack.services import database
from fintrack.services.backups.making import HALF, make_backup

MAKE = "backups.make"
FOLDER = "backups"
# A killed backup left it; one that still runs is younger.
STALE = timedelta(days=1)

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"fintrack-(\d{8}T\d{6}Z)\.backup")


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of backups, and that of the stored files."""

    backups: Path
    files: Path


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest backup of the folder; None where there is none. ``size`` in bytes."""

    made_at: datetime | None = None
    size: int = 0


class _Installed:
    """The place of this process; None where no backups are made by themselves."""

    place: Place | None = None


def install(place: Place | None) -> None:
    """Makes ``place`` the one of this process; None takes it out."""
    _Installed.place = place


def current() -> Place | None:
    """The installed place."""
    return _Installed.place


def name_at(at: datetime) -> str:
    """The name of a backup that is made at an instant, in UTC to the second."""
    return f"fintrack-{at.astimezone(UTC).strftime(_STAMP)}.backup"


def list_backups(folder: Path) -> dict[datetime, Path]:
    """All whole backups of a folder by their instants; other files are left alone."""
    found = {}
    for path in folder.glob("fintrack-*.backup"):
        if name := _NAME.fullmatch(path.name):
            at = datetime.strptime(name[1], _STAMP).replace(tzinfo=UTC)
            found[at] = path
    return found


def find_latest() -> Latest | None:
    """The newest backup; None where no backups are made by themselves."""
    place = current()
    if place is None:
        return None
    found = list_backups(place.backups)
    if not found:
        return Latest()
    at = max(found)
    return Latest(at, found[at].stat().st_size)


async def make_nightly() -> None:
    """Makes a backup, then removes those whose time is over. For the timetable.

    Nothing is removed where none could be made.

    Raises:
        RuntimeError: the wiring has installed no place.
        Unavailable: a database or the disk does not do its part.
    """
    place = current()
    if place is None:
        raise RuntimeError("no place of backups is installed")
    now = database.current().clock()
    await make_backup(place.backups / name_at(now), place.files)
    await asyncio.to_thread(thin, place.backups, now)


def thin(folder: Path, now: datetime) -> int:
    """Removes what is not to be kept, and remains of killed ones; how many backups."""
    found = list_backups(folder)
    over = found.keys() - find_kept(found)
    for at in over:
        found[at].unlink(missing_ok=True)
    oldest = int((now - STALE).timestamp())
    for path in folder.glob(f"fintrack-*{HALF}"):
        if path.stat().st_mtime_ns < oldest * 10**9:
            path.unlink(missing_ok=True)
    return len(over)
