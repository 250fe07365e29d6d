"""Admins see how jobs do and run one now; strangers learn whether all is on time."""

from datetime import timedelta

import pytest

from fintrack.core.actor import ANONYMOUS, Role
from fintrack.core.errors import Conflict, NotAllowed, NotFound, NotSignedIn
from fintrack.core.jobs import Outcome
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.jobs import runs
from fintrack.services.jobs.asking import (
    GRACE,
    PAGE,
    Standing,
    are_on_time,
    list_jobs,
    list_runs,
    run_now,
)
from tests.books import Books, make_person
from tests.conftest import Clock
from tests.services.jobs.counting import DAILY, HOURLY, JOBS

pytestmark = pytest.mark.usefixtures("installed")


@pytest.fixture
async def admin(home: Database) -> Books:
    return await make_person(home, "root@example.org", Role.ADMIN)


async def run_each(clock: Clock, outcome: Outcome = Outcome.DONE) -> None:
    for job in JOBS:
        run_id = await runs.claim_slot(job.name, job.rhythm.slot_at(clock()))
        if run_id:
            await runs.end_run(run_id, outcome, "7")


async def test_list_tells_the_last_run_and_the_next_slot(
    admin: Books, clock: Clock
) -> None:
    await run_each(clock)
    hourly, daily = await ask(admin.actor, list_jobs)
    assert (hourly.name, hourly.every) == (HOURLY.name, timedelta(hours=1))
    assert hourly.last
    assert (hourly.last.slot, hourly.last.outcome) == (clock(), Outcome.DONE)
    assert hourly.last.message == "7"
    assert hourly.next_at == clock() + timedelta(hours=1)
    assert (daily.name, daily.next_at) == (
        DAILY.name,
        clock() + timedelta(hours=15, minutes=10),
    )
    assert {hourly.standing, daily.standing} == {Standing.WELL}


async def test_job_is_late_when_a_slot_and_the_grace_are_over(
    admin: Books, clock: Clock
) -> None:
    await run_each(clock)
    clock.now += timedelta(hours=1) + GRACE - timedelta(seconds=1)
    assert await ask(ANONYMOUS, are_on_time)
    clock.advance(seconds=1)
    assert not await ask(ANONYMOUS, are_on_time)
    hourly, daily = await ask(admin.actor, list_jobs)
    assert (hourly.standing, daily.standing) == (Standing.LATE, Standing.WELL)


async def test_job_that_never_ran_is_late(admin: Books) -> None:
    standings = {job.standing for job in await ask(admin.actor, list_jobs)}
    assert standings == {Standing.LATE}


async def test_failed_job_is_on_time_but_does_not_do_well(
    admin: Books, clock: Clock
) -> None:
    await run_each(clock, Outcome.FAILED)
    assert await ask(ANONYMOUS, are_on_time)
    standings = {job.standing for job in await ask(admin.actor, list_jobs)}
    assert standings == {Standing.FAILING}


async def test_history_is_read_page_by_page_the_newest_first(
    admin: Books, clock: Clock
) -> None:
    for _ in range(PAGE + 1):
        clock.advance(hours=1)
        await runs.claim_slot(HOURLY.name, clock())
    await runs.skip_slot(DAILY.name, clock())
    first = await ask(admin.actor, list_runs)
    assert first[0].job == DAILY.name
    assert len(first) == PAGE
    second = await ask(admin.actor, list_runs, before=first[-1].id)
    assert len(second) == 2
    assert len(await ask(admin.actor, list_runs, job=DAILY.name)) == 1


async def test_run_now_waits_for_the_leader_and_is_in_the_trail(
    admin: Books, clock: Clock
) -> None:
    done = await perform(admin.actor, run_now, HOURLY.name)
    assert await runs.find_waiting() == [(done.value, HOURLY.name)]
    (kept,) = await admin.rows(
        "SELECT command, person_id FROM change_set WHERE id = :id", id=done.change_id
    )
    assert (kept.command, kept.person_id) == ("job.run_now", admin.actor.person_id)
    with pytest.raises(Conflict, match="running already"):
        await perform(admin.actor, run_now, HOURLY.name)
    assert await runs.start_waiting(done.value) == done.value
    assert await runs.start_waiting(done.value) is None
    assert (await ask(admin.actor, list_runs))[0].started_at == clock()
    with pytest.raises(Conflict, match="running already"):
        await perform(admin.actor, run_now, HOURLY.name)


async def test_run_now_of_no_job_is_not_found(admin: Books) -> None:
    with pytest.raises(NotFound):
        await perform(admin.actor, run_now, "test.other")


@pytest.mark.parametrize("role", [Role.USER, Role.SUPPORT, Role.OPERATOR, Role.ANALYST])
async def test_jobs_are_the_business_of_admins(home: Database, role: Role) -> None:
    somebody = await make_person(home, "eve@example.org", role)
    with pytest.raises(NotAllowed):
        await perform(somebody.actor, run_now, HOURLY.name)
    for verb in (list_jobs, list_runs):
        with pytest.raises(NotAllowed):
            await ask(somebody.actor, verb)
        with pytest.raises(NotSignedIn):
            await ask(ANONYMOUS, verb)
    assert await runs.find_waiting() == []
