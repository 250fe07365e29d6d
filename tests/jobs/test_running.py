"""A slot runs once, late if need be; each run tells how it ended."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from fintrack.core.actor import Role
from fintrack.core.jobs import daily
from fintrack.jobs.running import Runner
from fintrack.services.commands import perform
from fintrack.services.database import Database
from fintrack.services.jobs import runs, timetable
from fintrack.services.jobs.asking import run_now
from tests.books import Books, make_person
from tests.conftest import Clock
from tests.jobs.jobs import Work, hourly

pytestmark = pytest.mark.database


async def told(books: Books) -> list[tuple[str, str]]:
    rows = await books.rows("SELECT outcome, message FROM job_run ORDER BY id")
    return [(row.outcome, row.message) for row in rows]


async def test_two_leaders_by_mistake_run_a_slot_once(books: Books) -> None:
    work = Work.quick()
    job = hourly(work)
    runners = [Runner((job,)) for _ in range(2)]
    await asyncio.gather(*(runner.run_due(job) for runner in runners))
    await asyncio.gather(*(runner.finish() for runner in runners))
    assert work.begun == 1
    assert await told(books) == [("done", "1")]


async def test_missed_slots_are_caught_up_by_one_run(
    books: Books, clock: Clock
) -> None:
    work = Work.quick()
    clock.advance(hours=5, minutes=20)
    runner = Runner((hourly(work),))
    await runner.settle()
    await runner.finish()
    (row,) = await books.rows("SELECT slot, outcome FROM job_run")
    assert (row.slot, row.outcome) == (clock() - timedelta(minutes=20), "done")
    await runner.settle()
    await runner.finish()
    assert work.begun == 1


async def test_missed_slot_of_a_job_without_catching_up_is_kept_as_skipped(
    books: Books,
) -> None:
    work = Work.quick()
    runner = Runner((replace(hourly(work), rhythm=daily("03:10"), catch_up=False),))
    await runner.settle()
    await runner.finish()
    assert work.begun == 0
    assert await told(books) == [("skipped", "")]


async def test_job_runs_each_hour_of_the_autumn_night_once(
    books: Books, clock: Clock
) -> None:
    """In Berlin 2:00 to 3:00 comes twice on 25 October 2026: 25 hours, 25 runs."""
    clock.now = clock.now.replace(month=10, day=24, hour=22)
    work = Work.quick()
    job = hourly(work)
    runner = Runner((job,))
    for _ in range(25 * 4):
        await runner.run_due(job)
        await runner.finish()
        clock.advance(minutes=15)
    assert work.begun == 25
    assert len(await told(books)) == 25


async def test_job_that_raises_is_failed_with_its_error_and_goes_on_next_time(
    books: Books, clock: Clock
) -> None:
    work = Work.quick()
    work.error = ConnectionResetError("who knows what is in here")
    job = hourly(work)
    runner = Runner((job,))
    await runner.run_due(job)
    await runner.finish()
    work.error = None
    clock.advance(hours=1)
    await runner.run_due(job)
    await runner.finish()
    assert await told(books) == [("failed", "ConnectionResetError"), ("done", "1")]


async def test_job_that_hangs_is_ended_after_its_limit(books: Books) -> None:
    job = replace(hourly(Work()), limit=timedelta(0))
    runner = Runner((job,))
    await runner.run_due(job)
    await runner.finish()
    assert await told(books) == [("failed", "TimeoutError")]


async def test_job_that_is_called_while_it_runs_runs_once_more(
    books: Books, clock: Clock
) -> None:
    """What caused the calls may have come after the run had looked."""
    work = Work()
    runner = Runner((hourly(work),))
    runner.run_called(frozenset({"test.hourly", "test.other"}))
    await work.has_begun.wait()
    clock.advance(seconds=1)
    for _ in range(3):
        runner.run_called(frozenset({"test.hourly"}))
    work.goes_on.set()
    await runner.finish()
    for _ in range(2):
        runner.run_called(frozenset())
        await runner.finish()
    assert await told(books) == [("done", "1"), ("done", "2")]


async def test_slot_is_skipped_while_the_run_before_goes_on(
    books: Books, clock: Clock
) -> None:
    work = Work()
    job = hourly(work)
    runner = Runner((job,))
    await runner.run_due(job)
    clock.advance(hours=1)
    await runner.run_due(job)
    work.goes_on.set()
    await runner.finish()
    assert work.begun == 1
    rows = await books.rows("SELECT outcome FROM job_run ORDER BY slot")
    assert [row.outcome for row in rows] == ["done", "skipped"]


async def test_run_cut_off_by_a_crash_is_told_by_the_next_leader_and_repeated(
    books: Books, clock: Clock
) -> None:
    assert await runs.claim_slot("test.hourly", clock())
    clock.advance(seconds=30)
    work = Work.quick()
    runner = Runner((hourly(work),))
    await runner.settle()
    await runner.finish()
    assert await told(books) == [("cut-off", ""), ("done", "1")]


async def test_stop_lets_a_job_end(books: Books) -> None:
    work = Work()
    job = hourly(work)
    runner = Runner((job,))
    await runner.run_due(job)
    stopping = asyncio.create_task(runner.stop(30))
    await work.has_begun.wait()
    work.goes_on.set()
    await stopping
    assert await told(books) == [("done", "1")]
    await runner.run_due(job)
    assert len(await told(books)) == 1


async def test_stop_cuts_off_a_job_that_does_not_end(books: Books) -> None:
    work = Work()
    job = hourly(work)
    runner = Runner((job,))
    await runner.run_due(job)
    await work.has_begun.wait()
    await runner.stop(0)
    assert await told(books) == [("cut-off", "")]


async def test_run_that_an_admin_asked_for_is_run_once(
    home: Database, clock: Clock
) -> None:
    admin = await make_person(home, "root@example.org", Role.ADMIN)
    work = Work.quick()
    job = hourly(work)
    timetable.install((job,))
    runners = [Runner((job,)) for _ in range(2)]
    clock.advance(minutes=7)
    await perform(admin.actor, run_now, job.name)
    timetable.install(())
    await asyncio.gather(*(runner.run_waiting() for runner in runners))
    await asyncio.gather(*(runner.finish() for runner in runners))
    assert work.begun == 1
    assert await told(admin) == [("done", "1")]


async def test_run_of_a_job_that_left_the_timetable_is_left_alone(
    home: Database,
) -> None:
    admin = await make_person(home, "root@example.org", Role.ADMIN)
    timetable.install((hourly(Work(), "test.gone"),))
    await perform(admin.actor, run_now, "test.gone")
    timetable.install(())
    await Runner(()).run_waiting()
    assert await told(admin) == [("waiting", "")]
