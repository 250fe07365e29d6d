"""Relays that are killed: run as a program, because a test must survive them.

Each is a process forked from this one, so that it begins at once; it is killed after a
random moment, wherever it is. ``python -m tests.services.trail.killed MAIN LOG KILLS``.
"""

import asyncio
import os
import random
import signal
import sys
import time
from datetime import UTC, datetime

from fintrack.services import database, master_key
from fintrack.services.master_key import KEY_BYTES, MasterKey
from fintrack.services.trail import gathering
from fintrack.services.trail.heads import sign_head
from fintrack.services.trail.shipping import ship_trail

# Connecting and shipping a few batches take about this long on a quiet machine.
MAX_LIFE_SECONDS = 0.4
# The first ships something on a busy machine too.
FIRST_LIFE_SECONDS = 5
NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)


async def _relay(main: str, log: str) -> None:
    """Ships without an end, in many small batches."""
    gathering.BATCH = 2
    database.install(database.connect(main, log, lambda: NOW))
    master_key.install(MasterKey(bytes(KEY_BYTES)))
    while True:
        await ship_trail()
        await sign_head()


def _kill_one(main: str, log: str, life: float) -> None:
    child = os.fork()
    if not child:
        asyncio.run(_relay(main, log))
        os._exit(1)
    time.sleep(life)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        sys.exit("The relay ended by itself.")


if __name__ == "__main__":
    for number in range(int(sys.argv[3])):
        moment = random.random() * MAX_LIFE_SECONDS  # noqa: S311 - no secret
        life = moment if number else FIRST_LIFE_SECONDS
        _kill_one(sys.argv[1], sys.argv[2], life)
