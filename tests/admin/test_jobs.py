"""Jobs as their page drives it, and who may drive it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from admin.state.jobs import JOB_NAMES, JobsState
from fintrack.core.actor import Role
from fintrack.core.jobs import Outcome
from fintrack.jobs.schedule import build_timetable
from fintrack.services.database import Database
from fintrack.services.jobs import runs, timetable
from fintrack.services.jobs.asking import PAGE
from tests.books import Books, make_person
from tests.conftest import Clock
from tests.services.jobs.counting import DAILY, HOURLY, JOBS
from tests.state.desk import sit_down

pytestmark = pytest.mark.usefixtures("installed")


@pytest.fixture
def installed() -> Iterator[None]:
    timetable.install(JOBS)
    yield
    timetable.install(())


@pytest.fixture
async def page(admin: Books) -> JobsState:
    return await (await sit_down(admin)).state(JobsState)


async def _ran(name: str, clock: Clock, outcome: Outcome, message: str) -> None:
    run_id = await runs.claim_slot(name, clock())
    assert run_id
    clock.advance(seconds=7)
    await runs.end_run(run_id, outcome, message)


async def test_page_tells_how_each_job_does(page: JobsState, clock: Clock) -> None:
    await _ran(HOURLY.name, clock, Outcome.DONE, "3")
    await page.load()
    hourly, daily = page.jobs
    assert (hourly.rhythm, hourly.last, hourly.next) == (
        "Every hour",
        "Today, 12:00",
        "Today, 13:00",
    )
    assert (hourly.tone, hourly.standing) == ("income", "Well")
    assert (daily.last, daily.tone, daily.standing) == ("Never", "warn", "Late")
    (run,) = page.runs
    assert (run.took, run.detail, run.outcome) == ("7 seconds", "3 handled", "Done")


async def test_job_made_up_for_tells_when_it_ran_and_not_when_it_should_have(
    page: JobsState, clock: Clock
) -> None:
    slot = clock()
    clock.advance(seconds=6600)
    run_id = await runs.claim_slot(DAILY.name, slot)
    await runs.end_run(run_id or 0, Outcome.DONE, "")
    await runs.skip_slot(HOURLY.name, slot)
    await page.load()
    hourly, daily = page.jobs
    assert daily.last == page.runs[-1].when == "Today, 13:50"
    assert hourly.last == "Today, 12:00 · Skipped"


async def test_failed_run_says_its_error(page: JobsState, clock: Clock) -> None:
    await _ran(HOURLY.name, clock, Outcome.FAILED, "TimeoutError")
    await page.load()
    assert (page.runs[0].detail, page.runs[0].tone) == ("TimeoutError", "danger")
    assert page.jobs[0].standing == "Failing"


async def test_run_now_is_asked_for_and_said(page: JobsState) -> None:
    await page.load()
    await page.run(HOURLY.name)
    assert page.notice.tone == "done"
    assert page.runs[0].outcome == "Waiting"
    assert [name for _, name in await runs.find_waiting()] == [HOURLY.name]
    await page.run(HOURLY.name)
    assert (page.notice.tone, page.notice.text) == (
        "bad",
        "This job is running already.",
    )


async def test_runs_are_chosen_by_job_and_paged(page: JobsState, clock: Clock) -> None:
    for _ in range(PAGE + 1):
        clock.now += timedelta(hours=1)
        await runs.claim_slot(HOURLY.name, clock())
    await _ran(DAILY.name, clock, Outcome.DONE, "")
    await page.load()
    assert (len(page.runs), page.older) == (PAGE, page.runs[-1].id)
    await page.show_older()
    assert (len(page.runs), page.older) == (2, "")
    await page.choose(DAILY.name)
    assert [run.name for run in page.runs] == [DAILY.name] == [page.chosen]
    await page.choose("")
    assert page.chosen == ""
    assert len(page.runs) == PAGE


@pytest.mark.parametrize("role", [Role.USER, Role.SUPPORT, Role.OPERATOR])
async def test_nobody_else_is_shown_a_row(home: Database, role: Role) -> None:
    somebody = await make_person(home, "eve@example.org", role)
    page = await (await sit_down(somebody)).state(JobsState)
    await page.load()
    await page.run(HOURLY.name)
    assert (page.status, page.jobs, page.runs) == ("failed", [], [])
    assert await runs.find_waiting() == []


def test_each_job_of_the_timetable_has_a_name() -> None:
    jobs = build_timetable("fetched", 60, backup_hour=3)
    assert {job.name for job in jobs} == JOB_NAMES.keys()
