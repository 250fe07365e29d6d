"""What the last check of the books found stays beside the data until one finds nothing.

It is a file and no row: broken books are no place to write to.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fintrack.services.checks import Finding
from fintrack.services.data_folder import make_data_folder, told_as_unusable

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
        half.write_text(json.dumps(kept), encoding="utf-8")
        half.replace(path)


def find_broken(folder: Path) -> BrokenBooks | None:
    """What is broken, as far as the last check knows."""
    try:
        kept = json.loads((folder / FILE_NAME).read_bytes())
    except FileNotFoundError:
        return None
    return BrokenBooks(datetime.fromisoformat(kept["at"]), kept["count"])
