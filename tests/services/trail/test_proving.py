"""What a verification found is kept, until a later one finds the chain sound."""

import pytest

from fintrack.core.errors import Problem
from fintrack.jobs.schedule import TIMETABLE
from fintrack.services.trail.proving import (
    BAD,
    Finding,
    find_finding,
    prove_trail,
    read_problem,
)
from fintrack.services.trail.shipping import ship_trail
from tests.books import Books
from tests.conftest import Clock
from tests.services.trail.log_rows import Log

LATER = "UPDATE audit_entry SET at = at + interval '1 second' WHERE position = 1"
EARLIER = "UPDATE audit_entry SET at = at - interval '1 second' WHERE position = 1"


async def _found(books: Books) -> Finding | None:
    async with books.home.reading() as session:
        return await find_finding(session)


async def test_broken_chain_stays_found_until_a_later_proof_finds_it_sound(
    books: Books, log: Log, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    await ship_trail()
    assert await prove_trail() == 1
    assert await _found(books) is None
    log.tamper(LATER)
    await prove_trail()
    assert "The trail is broken" in caplog.text
    problem = Problem("Row {row} was changed.", values=(("row", "1"),))
    assert await _found(books) == Finding(clock(), problem)
    log.tamper(EARLIER)
    await prove_trail()
    assert await _found(books) is None


async def test_chain_begun_anew_is_not_blamed_for_the_one_that_was_lost(
    books: Books, log: Log
) -> None:
    await ship_trail()
    log.tamper(LATER)
    await prove_trail()
    log.tamper("DELETE FROM audit_head", "DELETE FROM audit_entry")
    await ship_trail()
    assert await _found(books) is None


def test_verification_noted_before_its_sentence_was_kept_is_told_too() -> None:
    assert read_problem({"rows": "9", "bad_row": ""}) is None
    assert read_problem({"rows": "9", "bad_row": "4"}) == Problem(
        BAD, values=(("row", "4"),)
    )


def test_chain_is_proved_once_a_day() -> None:
    (job,) = (job for job in TIMETABLE if job.run is prove_trail)
    assert (job.rhythm.every.days, job.catch_up) == (1, True)
