"""What the last check of the books found stays beside the data until one finds nothing.

It is a file and no row: broken books are no place to write to.
"""

import json
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fintrack.services.checks import Finding
from fintrack.services.data_folder import make_data_folder, told_as_unusable
from fintrack.services.durable import sync_folder

_log = logging.getLogger(__name__)
FILE_NAME = "broken-books.json"


@dataclass(frozen=True, slots=True)
class BrokenBooks:
    """How much the last check found to be broken, and when."""

    at: datetime
    count: int


def keep_check(folder: Path, at: datetime, findings: Sequence[Finding]) -> None:
    """Keeps what a check found in the data directory ``folder``.

    Raises:
        Unavailable: it cannot be written to.
    """
    path = folder / FILE_NAME
    if not findings:
        with told_as_unusable(folder):
            path.unlink(missing_ok=True)
        return
    make_data_folder(folder)
    kept = {"at": at.isoformat(), "count": sum(one.count for one in findings)}
    half = path.with_suffix(".part")
    with told_as_unusable(folder):
        with half.open("w", encoding="utf-8") as file:
            file.write(json.dumps(kept))
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
        sync_folder(folder)


def find_broken(folder: Path, now: datetime) -> BrokenBooks | None:
    """What is broken, as far as the last check knows.

    Where what it kept cannot be read, that is one thing, found ``now``.
    """
    path = folder / FILE_NAME
    try:
        kept = json.loads(path.read_bytes())
        at = datetime.fromisoformat(kept["at"])
        return BrokenBooks(at.astimezone(UTC), int(kept["count"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        _log.exception("What the last check found cannot be read from %s.", path)
        return BrokenBooks(now, 1)
