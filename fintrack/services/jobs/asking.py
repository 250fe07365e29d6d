"""What staff ask about jobs and for: the list, the history, and a run now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import text

from fintrack.core.actor import Role
from fintrack.core.errors import Conflict
from fintrack.core.jobs import Job, Outcome
from fintrack.services.commands import ANYBODY, Work, command, question
from fintrack.services.jobs import timetable
from fintrack.services.jobs.calling import call_leader

ADMINS = frozenset({Role.ADMIN})
# Longer than another process takes to lead after one was killed.
GRACE = timedelta(seconds=60)
PAGE = 50

# One step in the index for each job, however long its history is.
_LATEST = text(
    "SELECT run.* FROM unnest(cast(:jobs AS text[])) AS job_name, LATERAL ("
    "SELECT id, job, slot, started_at, ended_at, outcome, message FROM job_run "
    "WHERE job = job_name AND outcome <> 'waiting' ORDER BY slot DESC LIMIT 1) run"
)
_HISTORY = text(
    "SELECT id, job, slot, started_at, ended_at, outcome, message FROM job_run "
    "WHERE (cast(:job AS text) IS NULL OR job = :job) "
    "AND (cast(:before AS bigint) IS NULL OR id < :before) ORDER BY id DESC LIMIT :most"
)
_OPEN = text("SELECT count(*) FROM job_run WHERE job = :job AND ended_at IS NULL")
_ASK = text(
    "INSERT INTO job_run (job, slot, outcome, message) "
    "VALUES (:job, :now, 'waiting', '') RETURNING id"
)


class Standing(StrEnum):
    """How a job does."""

    WELL = "well"
    FAILING = "failing"  # the last run did not end well
    LATE = "late"  # a slot is over and nobody saw to it


@dataclass(frozen=True, slots=True)
class RunView:
    """One run; ``message`` is the count of what it did, or the type of its error."""

    id: int
    job: str
    slot: datetime
    started_at: datetime | None
    ended_at: datetime | None
    outcome: Outcome
    message: str


@dataclass(frozen=True, slots=True)
class JobView:
    """A job with its last run, when there was one, and its next slot."""

    name: str
    every: timedelta
    last: RunView | None
    next_at: datetime
    standing: Standing


@question("job.list", roles=ADMINS | {Role.SYSTEM})
async def list_jobs(work: Work) -> list[JobView]:
    """All jobs in the order of the timetable."""
    latest = await _latest(work)
    return [
        JobView(
            job.name,
            job.rhythm.every,
            latest.get(job.name),
            job.rhythm.next_after(work.now),
            _standing(job, latest.get(job.name), work.now),
        )
        for job in timetable.current()
    ]


@question("job.are_on_time", roles=ANYBODY)
async def are_on_time(work: Work) -> bool:
    """Whether no job is late; that is all a stranger may know."""
    latest = await _latest(work)
    return not any(
        _is_late(job, latest.get(job.name), work.now) for job in timetable.current()
    )


@question("job.history", roles=ADMINS)
async def list_runs(
    work: Work, job: str | None = None, before: int | None = None
) -> list[RunView]:
    """A page of runs, the newest first; ``before`` is the last id of the page above."""
    found = await work.session.execute(
        _HISTORY, {"job": job, "before": before, "most": PAGE}
    )
    return [_view(row._mapping) for row in found]  # noqa: SLF001 - SQLAlchemy's public way to a row's names


@command(
    "job.run_now", roles=ADMINS, final="a job that has run cannot be made not to run"
)
async def run_now(work: Work, name: str) -> int:
    """Asks for a run as soon as the leader hears of it; the id of the run.

    Raises:
        NotFound: there is no such job.
        Conflict: it runs or waits already.
    """
    job = timetable.find_job(name)
    if await work.session.scalar(_OPEN, {"job": job.name}):
        raise Conflict("This job is running already.")
    run_id: int = await work.session.scalar(_ASK, {"job": job.name, "now": work.now})
    await call_leader(work.session)
    return run_id


async def _latest(work: Work) -> dict[str, RunView]:
    names = [job.name for job in timetable.current()]
    found = await work.session.execute(_LATEST, {"jobs": names})
    return {row.job: _view(row._mapping) for row in found}  # noqa: SLF001 - as above


def _standing(job: Job, last: RunView | None, now: datetime) -> Standing:
    if _is_late(job, last, now):
        standing = Standing.LATE
    elif last and last.outcome in (Outcome.FAILED, Outcome.CUT_OFF):
        standing = Standing.FAILING
    else:
        standing = Standing.WELL
    return standing


def _is_late(job: Job, last: RunView | None, now: datetime) -> bool:
    return last is None or last.slot < job.rhythm.slot_at(now - GRACE)


def _view(row: Mapping[Any, Any]) -> RunView:
    return RunView(**{**row, "outcome": Outcome(row["outcome"])})
