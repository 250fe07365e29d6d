"""A process that leads or stands by; its job runs each second and hangs at times."""

import asyncio
import os
import sys
from datetime import timedelta

from fintrack.core.clock import utc_now
from fintrack.core.jobs import Job, every
from fintrack.jobs.leading import at_work
from fintrack.services import database


async def work() -> int:
    """Who worked."""
    return os.getpid()


async def hang() -> int:
    """Is never done."""
    await asyncio.Event().wait()
    return 0


async def main(url: str) -> None:
    """Works until it is killed, or told to end by a line."""
    database.install(database.connect(url, url, utc_now))
    jobs = (
        Job("test.each_second", every(seconds=1), work),
        # No slot of it begins while a test runs.
        Job("test.hang", every(hours=24 * 36_500), hang, limit=timedelta(hours=1)),
    )
    loop = asyncio.get_running_loop()
    async with at_work(jobs):
        await loop.run_in_executor(None, sys.stdin.readline)
    await database.current().dispose()


asyncio.run(main(*sys.argv[1:]))
