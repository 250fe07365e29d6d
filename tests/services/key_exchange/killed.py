"""Exchanges that are killed: run as a program, because a test must survive them.

``python -m tests.services.key_exchange.killed MAIN LOG FOLDER POINT``: one that kills
itself at a point, or, with a number for the point, so many that are killed anywhere.
"""

import asyncio
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from fintrack.services import database
from fintrack.services.blobs import FolderBlobStore
from fintrack.services.key_exchange import exchanging, files, running
from fintrack.services.key_exchange.exchanging import NAME
from fintrack.services.key_exchange.pair import Place

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
# Connecting and a whole exchange take about this long on a quiet machine.
MAX_LIFE_SECONDS = 0.5
HELD = text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = :lock AND "
    "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
# Before which call of which function the process is killed.
POINTS: dict[str, tuple[Any, str, int]] = {
    "key is kept": (running, "perform", 1),
    "inside the transaction": (exchanging, "_hand_on", 1),
    "database is done": (running, "_seal_files", 1),
    "one file is done": (files, "_bring", 2),
    "file is not renamed": (FolderBlobStore, "_keep", 3),
    "files are done": (running, "perform", 2),
    "key file is not renamed": (running, "take_place", 1),
}


def _kill_before(owner: Any, name: str, count: int) -> None:
    real: Callable[..., Any] = getattr(owner, name)
    left = iter(range(count - 1, -1, -1))

    def call(*arguments: Any, **options: Any) -> Any:
        if not next(left):
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **options)

    setattr(owner, name, call)


async def _await_lock() -> None:
    """The server may not have noticed yet that the exchange before was killed."""
    async with database.current().lone_connection(NAME) as connection:
        while await connection.scalar(HELD, {"lock": running.KEY_LOCK}):  # noqa: ASYNC110 - another process has it
            await asyncio.sleep(0.01)


async def _exchange(main: str, log: str, folder: str, *, forever: bool = False) -> None:
    database.install(database.connect(main, log, lambda: NOW, name=NAME))
    place = Place(Path(folder), "", "", external=False)
    await _await_lock()
    await running.change_key(place)
    while forever:
        await running.change_key(place)


def _kill_one(urls: list[str]) -> None:
    child = os.fork()
    if not child:
        asyncio.run(_exchange(*urls, forever=True))
        os._exit(1)
    time.sleep(random.random() * MAX_LIFE_SECONDS)  # noqa: S311 - a moment, no secret
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        sys.exit("The exchange ended by itself.")


if __name__ == "__main__":
    *URLS, POINT = sys.argv[1:]
    if POINT in POINTS:
        _kill_before(*POINTS[POINT])
        asyncio.run(_exchange(*URLS))
    else:
        for _ in range(int(POINT)):
            _kill_one(URLS)
