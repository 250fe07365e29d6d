"""A backup that dies by its own hand at a point: ``… MAIN LOG FILES PATH POINT``."""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from fintrack.services import database, master_key
from fintrack.services.backups import making
from fintrack.services.master_key import KEY_BYTES, MasterKey

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
# Between the parts, before the last segment, and when only its name is missing.
POINTS = ("pack_files", "_finish", "name")


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def _main(main: str, log: str, files: str, path: str) -> None:
    database.install(database.connect(main, log, lambda: NOW))
    master_key.install(MasterKey(bytes(KEY_BYTES)))
    await making.make_backup(Path(path), Path(files))


if __name__ == "__main__":
    *words, point = sys.argv[1:]
    if point == "name":
        setattr(Path, "rename", _die)  # noqa: B010 - a class has no such type
    else:
        setattr(making, point, _die)
    asyncio.run(_main(*words))
