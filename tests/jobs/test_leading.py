"""One of several real processes leads; the next takes over when it is killed."""

import asyncio
import contextlib
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from fintrack.core.actor import Role
from fintrack.core.clock import utc_now
from fintrack.core.jobs import EPOCH, Job, Rhythm
from fintrack.jobs import leading
from fintrack.jobs.leading import at_work
from fintrack.jobs.schedule import TIMETABLE
from fintrack.services.backups.keeping import FOLDER, MAKE, list_backups
from fintrack.services.commands import perform
from fintrack.services.database import Database
from fintrack.services.jobs import leadership, timetable
from fintrack.services.jobs.asking import run_now
from fintrack.services.jobs.calling import call_leader
from tests.books import make_person
from tests.conftest import Clock
from tests.jobs.jobs import Work, hourly
from tests.site import ROOT, running, urls

SECONDS = 60
TAKEOVER_SECONDS = 30


@asynccontextmanager
async def worker(home: Database) -> AsyncIterator[Process]:
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.jobs.worker", (await urls(home))[0]),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
    )
    try:
        yield program
    finally:
        with contextlib.suppress(ProcessLookupError):
            program.kill()
        await program.wait()


async def rows(home: Database, query: str, **values: object) -> list[Any]:
    async with home.reading() as session:
        return list((await session.execute(text(query), values)).all())


async def wait_for(home: Database, query: str, **values: object) -> list[Any]:
    """The rows of a question, as soon as there are some."""
    for _ in range(SECONDS * 10):
        if found := await rows(home, query, **values):
            return found
        await asyncio.sleep(0.1)
    pytest.fail(f"{query} gives nothing.")


WORKED = (
    "SELECT FROM job_run WHERE job = 'test.each_second' AND outcome = 'done' "
    "AND message = :pid"
)
HANGS = "SELECT FROM job_run WHERE job = 'test.hang' AND outcome = 'running'"

SEATS = "FROM pg_stat_activity WHERE application_name = 'fintrack jobs' "
NO_SEATS = f"SELECT {SEATS} HAVING count(*) = 0"
TWO_SEATS = f"SELECT count(*) {SEATS} AND state = 'idle' HAVING count(*) = 2"

SWEEPS = "SELECT FROM job_run WHERE job = 'tries.sweep' AND outcome = :outcome"


async def test_next_process_takes_over_when_the_leader_is_killed(
    home: Database,
) -> None:
    async with worker(home) as first:
        await wait_for(home, WORKED, pid=str(first.pid))
        await wait_for(home, HANGS)
        async with worker(home) as second:
            await wait_for(home, TWO_SEATS)
            assert not await rows(home, WORKED, pid=str(second.pid))
            first.kill()
            killed = time.monotonic()
            await wait_for(home, WORKED, pid=str(second.pid))
            assert time.monotonic() - killed < TAKEOVER_SECONDS
            # The other job begins beside it.
            await wait_for(home, HANGS)
            hung = await rows(
                home,
                "SELECT outcome FROM job_run WHERE job = 'test.hang' ORDER BY id",
            )
    assert [row.outcome for row in hung] == ["cut-off", "running"]


async def test_leader_that_is_told_to_end_cuts_off_what_hangs(home: Database) -> None:
    async with worker(home) as only:
        await wait_for(home, HANGS)
        await asyncio.wait_for(only.communicate(b"end\n"), SECONDS)
        assert only.returncode == 0
    (hung,) = await rows(home, "SELECT * FROM job_run WHERE job = 'test.hang'")
    assert hung.outcome == "cut-off"
    assert not await rows(home, "SELECT FROM job_run WHERE outcome = 'running'")


async def test_leader_whose_session_ended_leads_again(
    home: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a restart of the database; what it ran is cut off and repeated."""
    monkeypatch.setattr(leading, "BEAT_SECONDS", 0)
    work = Work()
    async with at_work((hourly(work),)):
        await asyncio.wait_for(work.has_begun.wait(), SECONDS)
        work.has_begun.clear()
        clock.advance(seconds=1)
        await rows(home, f"SELECT pg_terminate_backend(pid) {SEATS}")
        await asyncio.wait_for(work.has_begun.wait(), SECONDS)
        work.goes_on.set()
        await wait_for(home, "SELECT FROM job_run WHERE outcome = 'done'")
    found = await rows(home, "SELECT outcome FROM job_run ORDER BY id")
    assert [row.outcome for row in found] == ["cut-off", "done"]


async def test_slot_in_a_busy_moment_runs_late_and_is_not_dropped(
    home: Database, clock: Clock
) -> None:
    """The loop is blocked while its time comes, longer than APScheduler's second."""
    clock.now = utc_now()
    soon = clock.now + timedelta(seconds=10)
    hour = timedelta(hours=1)
    work = Work.quick()
    async with at_work((Job("test.busy", Rhythm(hour, (soon - EPOCH) % hour), work),)):
        await wait_for(home, "SELECT FROM job_run WHERE outcome = 'done'")
        clock.now = soon + timedelta(seconds=2)
        busy = clock.now - utc_now()
        time.sleep(busy.total_seconds())  # noqa: ASYNC251 - this is the busy moment
        await wait_for(home, "SELECT FROM job_run WHERE message = '2'")
    (last,) = await rows(home, "SELECT slot FROM job_run WHERE message = '2'")
    assert last.slot == soon


async def test_leader_runs_what_an_admin_asks_for_at_once(
    home: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leadership, "BEAT_SECONDS", SECONDS)
    admin = await make_person(home, "root@example.org", Role.ADMIN)
    job = hourly(Work.quick())
    timetable.install((job,))
    async with at_work((job,)):
        await wait_for(home, "SELECT FROM job_run WHERE outcome = 'done'")
        clock.advance(minutes=1)
        await perform(admin.actor, run_now, job.name)
        await asyncio.wait_for(
            wait_for(home, "SELECT FROM job_run WHERE message = '2'"), SECONDS // 2
        )
    timetable.install(())


async def test_leader_runs_at_once_what_a_commit_calls_for(
    home: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leadership, "BEAT_SECONDS", SECONDS)
    job = hourly(Work.quick())
    async with at_work((job,)):
        await wait_for(home, "SELECT FROM job_run WHERE outcome = 'done'")
        clock.advance(minutes=1)
        async with home.unit_of_work() as session:
            await call_leader(session, job.name)
        await asyncio.wait_for(
            wait_for(home, "SELECT FROM job_run WHERE message = '2'"), SECONDS // 2
        )


async def test_program_runs_its_timetable(home: Database, tmp_path: Path) -> None:
    names = [*(job.name for job in TIMETABLE), MAKE]
    async with running(*await urls(home), tmp_path, backups=True) as site:
        await wait_for(
            home,
            "SELECT FROM job_run WHERE outcome = 'done' AND job = ANY(:names) "
            "HAVING count(DISTINCT job) = cardinality(:names)",
            names=names,
        )
        async with httpx.AsyncClient() as client:
            health = await client.get(f"{site.url}/api/health")
    assert set(health.json().values()) == {"ok"}
    assert len(list_backups(tmp_path / FOLDER)) == 1
    await wait_for(home, NO_SEATS)


async def test_program_that_is_told_to_end_keeps_that_a_job_was_cut_off(
    home: Database, tmp_path: Path
) -> None:
    """A lock on its table holds the sweeping of counters up."""
    async with home.unit_of_work() as session:
        await session.execute(text("LOCK TABLE try_counter IN ACCESS EXCLUSIVE MODE"))
        async with running(*await urls(home), tmp_path):
            await wait_for(home, SWEEPS, outcome="running")
        assert await rows(home, SWEEPS, outcome="cut-off")
