"""Runs the timetable in the one process that leads, and stands by in all others."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from fintrack.core.errors import Unavailable
from fintrack.core.jobs import Job
from fintrack.jobs.running import Runner
from fintrack.services.jobs import leadership
from fintrack.services.jobs.leadership import BEAT_SECONDS, Seat

# What Ctrl+C gives a job to end by itself.
STOP_SECONDS = 5
_log = logging.getLogger(__name__)


@asynccontextmanager
async def at_work(jobs: tuple[Job, ...]) -> AsyncIterator[None]:
    """Leads, or waits to lead, as long as the block lasts."""
    standing_by = asyncio.create_task(_stand_by(jobs), name="leader of jobs")
    try:
        yield
    finally:
        standing_by.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await standing_by


async def _stand_by(jobs: tuple[Job, ...]) -> None:
    while True:
        try:
            async with leadership.open_seat() as seat:
                while not await seat.take():
                    await seat.wait()
                await _lead(seat, jobs)
        except Unavailable as error:
            _log.warning("jobs wait for the database: %s", type(error.__cause__))
        except Exception:  # noqa: BLE001 - without a leader nothing would run again
            _log.exception("the leader of jobs begins anew")
        await asyncio.sleep(BEAT_SECONDS)


async def _lead(seat: Seat, jobs: tuple[Job, ...]) -> None:
    runner = Runner(jobs)
    scheduler = _scheduler(jobs, runner)
    # Who stops tells the jobs first; who lost the lock has a successor already.
    seconds = 0
    try:
        await runner.settle()
        scheduler.start()
        while True:
            await runner.run_waiting()
            runner.run_called(await seat.wait())
            # A computer that slept has timers that are late.
            scheduler.wakeup()
    except asyncio.CancelledError:
        seconds = STOP_SECONDS
        raise
    finally:
        if scheduler.running:
            scheduler.shutdown(wait=False)
        await runner.stop(seconds)


def _scheduler(jobs: tuple[Job, ...], runner: Runner) -> AsyncIOScheduler:
    # The default grace of a second would drop whatever a busy moment delays.
    defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)
    for job in jobs:
        trigger = IntervalTrigger(
            seconds=job.rhythm.every.total_seconds(),
            start_date=job.rhythm.start,
            timezone=UTC,
        )
        scheduler.add_job(runner.run_due, trigger, args=[job], id=job.name)
    return scheduler
