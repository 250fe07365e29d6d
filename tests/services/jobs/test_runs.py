"""A slot has one row: who writes it first runs it."""

import asyncio
from datetime import timedelta

import pytest

from fintrack.core.jobs import Outcome
from fintrack.services.jobs import runs
from tests.books import Books
from tests.conftest import Clock
from tests.services.jobs.counting import DAILY, HOURLY


async def outcomes(books: Books) -> list[str]:
    rows = await books.rows("SELECT outcome FROM job_run ORDER BY slot, id")
    return [row.outcome for row in rows]


async def test_slot_is_claimed_once_by_many_at_once(books: Books, clock: Clock) -> None:
    claims = [runs.claim_slot("test.hourly", clock()) for _ in range(8)]
    won = [run_id for run_id in await asyncio.gather(*claims) if run_id]
    assert len(won) == 1
    assert await outcomes(books) == ["running"]


async def test_run_keeps_when_it_ended_and_how(books: Books, clock: Clock) -> None:
    run_id = await runs.claim_slot("test.hourly", clock())
    assert run_id
    clock.advance(seconds=3)
    await runs.end_run(run_id, Outcome.DONE, "7")
    (row,) = await books.rows("SELECT * FROM job_run")
    assert (row.outcome, row.message) == ("done", "7")
    assert row.ended_at - row.started_at == timedelta(seconds=3)


async def test_run_that_was_cut_off_does_not_end_again(
    books: Books, clock: Clock
) -> None:
    run_id = await runs.claim_slot("test.hourly", clock())
    assert run_id
    await runs.cut_off_running()
    await runs.end_run(run_id, Outcome.DONE)
    assert await outcomes(books) == ["cut-off"]


async def test_skipped_slot_is_not_run_later(books: Books, clock: Clock) -> None:
    await runs.skip_slot("test.hourly", clock())
    assert await runs.claim_slot("test.hourly", clock()) is None
    await runs.skip_slot("test.hourly", clock())
    assert await outcomes(books) == ["skipped"]


@pytest.mark.usefixtures("home")
async def test_last_slot_is_missed_until_somebody_saw_to_it(clock: Clock) -> None:
    """At 12:00 the slot of 12:00 is due; at 15:59 that of 15:00 alone."""
    assert await runs.find_missed(HOURLY) == clock()
    await runs.claim_slot(HOURLY.name, clock())
    assert await runs.find_missed(HOURLY) is None
    due = clock() + timedelta(hours=3)
    clock.advance(hours=3, minutes=59)
    assert await runs.find_missed(HOURLY) == due


@pytest.mark.usefixtures("home")
async def test_cut_off_run_gets_a_second_one_and_no_third(clock: Clock) -> None:
    assert await runs.claim_slot(HOURLY.name, clock())
    clock.advance(minutes=1)
    await runs.cut_off_running()
    again = await runs.find_missed(HOURLY)
    assert again == clock()
    assert await runs.claim_slot(HOURLY.name, clock())
    clock.advance(minutes=1)
    await runs.cut_off_running()
    assert await runs.find_missed(HOURLY) is None
    clock.advance(minutes=58)
    assert await runs.find_missed(HOURLY) == clock()


@pytest.mark.usefixtures("home")
async def test_cut_off_run_of_a_job_that_skips_gets_no_second_one(
    clock: Clock,
) -> None:
    due = DAILY.rhythm.slot_at(clock())
    assert await runs.claim_slot(DAILY.name, due)
    await runs.cut_off_running()
    assert await runs.find_missed(DAILY) is None


async def test_old_runs_are_swept_failed_ones_later(books: Books, clock: Clock) -> None:
    for number, outcome in enumerate((Outcome.DONE, Outcome.FAILED)):
        slot = clock() + timedelta(seconds=number)
        run_id = await runs.claim_slot("test.hourly", slot)
        assert run_id
        await runs.end_run(run_id, outcome)
    clock.advance(days=14)
    assert await runs.sweep_runs() == 0
    clock.advance(seconds=1)
    assert await runs.sweep_runs() == 1
    assert await outcomes(books) == ["failed"]
    clock.advance(days=76, seconds=1)
    assert await runs.sweep_runs() == 1
