"""Runs jobs one slot at a time and keeps how each run ended."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from fintrack.core.jobs import Job, Outcome
from fintrack.services import database
from fintrack.services.jobs import runs

_log = logging.getLogger(__name__)


class Runner:
    """The runs of one process. A job never overlaps itself."""

    def __init__(self, jobs: tuple[Job, ...]) -> None:
        self._jobs = jobs
        self._running: dict[str, asyncio.Task[None]] = {}
        self._called: set[str] = set()
        self._is_open = True

    async def settle(self) -> None:
        """Sees to what the leader before has left: runs cut off and missed slots."""
        await runs.cut_off_running()
        for job in self._jobs:
            slot = await runs.find_missed(job)
            if slot and job.catch_up:
                self._begin(job, partial(runs.claim_slot, job.name, slot))
            elif slot:
                await runs.skip_slot(job.name, slot)

    async def run_due(self, job: Job) -> None:
        """Begins the slot that is due; it is skipped while the run before goes on."""
        slot = job.rhythm.slot_at(database.current().clock())
        begun = self._begin(job, partial(runs.claim_slot, job.name, slot))
        if not begun and self._is_open:
            await runs.skip_slot(job.name, slot)

    def run_called(self, names: frozenset[str]) -> None:
        """Begins jobs between their slots; one that runs is kept for the next time."""
        self._called |= names
        now = database.current().clock()
        for job in self._jobs:
            if job.name in self._called and self._begin(
                job, partial(runs.claim_slot, job.name, now)
            ):
                self._called.discard(job.name)

    async def run_waiting(self) -> None:
        """Begins what people asked for; a job that runs is left for the next time."""
        by_name = {job.name: job for job in self._jobs}
        for run_id, name in await runs.find_waiting():
            if name in by_name:
                self._begin(by_name[name], partial(runs.start_waiting, run_id))

    async def finish(self) -> None:
        """Waits until nothing runs."""
        while self._running:
            await asyncio.wait(self._running.values())

    async def stop(self, seconds: int) -> None:
        """Begins nothing more, gives what runs some seconds, and cuts off the rest."""
        self._is_open = False
        if self._running and seconds:
            await asyncio.wait(self._running.values(), timeout=seconds)
        for task in self._running.values():
            task.cancel()
        await self.finish()

    def _begin(self, job: Job, claim: Callable[[], Awaitable[int | None]]) -> bool:
        if job.name in self._running or not self._is_open:
            return False
        task = asyncio.create_task(_run(job, claim), name=f"job {job.name}")
        self._running[job.name] = task
        task.add_done_callback(lambda _: self._running.pop(job.name))
        return True


async def _run(job: Job, claim: Callable[[], Awaitable[int | None]]) -> None:
    try:
        run_id = await claim()
        if run_id is not None:
            await _carry_out(job, run_id)
    except Exception:  # noqa: BLE001 - the other jobs and the next slot go on
        _log.exception("a run of %s could not be kept", job.name)


async def _carry_out(job: Job, run_id: int) -> None:
    outcome, message = Outcome.CUT_OFF, ""
    try:
        async with asyncio.timeout(job.limit.total_seconds()):
            count = await job.run()
        outcome, message = Outcome.DONE, "" if count is None else str(count)
    except Exception as error:
        if (task := asyncio.current_task()) and task.cancelling():
            # What is cut off may say so in words of its own: its connection is gone.
            raise asyncio.CancelledError from error
        _log.exception("%s did not end well", job.name)
        outcome, message = Outcome.FAILED, type(error).__name__
    finally:
        await runs.end_run(run_id, outcome, message)
