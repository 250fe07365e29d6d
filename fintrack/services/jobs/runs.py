"""The rows of runs: a slot is claimed, runs and ends, whatever happens in between.

No change sets: the table is untracked, and what a job does has change sets of its own.
"""

from datetime import datetime, timedelta

from sqlalchemy import text

from fintrack.core.jobs import Job, Outcome
from fintrack.services import database

# A slot that ended well is of little interest later; a failed one may be asked about.
KEPT_WELL = timedelta(days=14)
KEPT = timedelta(days=90)

_CLAIM = text(
    "INSERT INTO job_run (job, slot, started_at, outcome, message) "
    "VALUES (:job, :slot, :now, 'running', '') "
    "ON CONFLICT (job, slot) DO NOTHING RETURNING id"
)
_SKIP = text(
    "INSERT INTO job_run (job, slot, ended_at, outcome, message) "
    "VALUES (:job, :slot, :now, 'skipped', '') ON CONFLICT (job, slot) DO NOTHING"
)
_WAITING = text(
    "SELECT id, job FROM job_run WHERE ended_at IS NULL AND outcome = 'waiting' "
    "ORDER BY id"
)
_START = text(
    "UPDATE job_run SET outcome = 'running', started_at = :now "
    "WHERE id = :id AND outcome = 'waiting' RETURNING id"
)
_END = text(
    "UPDATE job_run SET outcome = :outcome, message = :message, ended_at = :now "
    "WHERE id = :id AND ended_at IS NULL"
)
_CUT_OFF = text(
    "UPDATE job_run SET outcome = 'cut-off', ended_at = :now "
    "WHERE ended_at IS NULL AND outcome = 'running'"
)
_SINCE = text("SELECT slot, outcome FROM job_run WHERE job = :job AND slot >= :slot")
_SWEEP = text(
    "DELETE FROM job_run "
    "WHERE slot < :old OR slot < :young AND outcome IN ('done', 'skipped')"
)


async def claim_slot(job: str, slot: datetime) -> int | None:
    """The id of the run that begins now, or None: the slot has its row already."""
    home = database.current()
    async with home.unit_of_work() as session:
        run_id: int | None = await session.scalar(
            _CLAIM, {"job": job, "slot": slot, "now": home.clock()}
        )
    return run_id


async def skip_slot(job: str, slot: datetime) -> None:
    """Keeps that a slot passes without a run."""
    home = database.current()
    async with home.unit_of_work() as session:
        await session.execute(_SKIP, {"job": job, "slot": slot, "now": home.clock()})


async def find_waiting() -> list[tuple[int, str]]:
    """The runs that people asked for, each with the name of its job."""
    async with database.current().reading() as session:
        return [(row.id, row.job) for row in await session.execute(_WAITING)]


async def start_waiting(run_id: int) -> int | None:
    """The same id when the run begins now, or None: another leader has taken it."""
    home = database.current()
    async with home.unit_of_work() as session:
        started: int | None = await session.scalar(
            _START, {"id": run_id, "now": home.clock()}
        )
    return started


async def end_run(run_id: int, outcome: Outcome, message: str = "") -> None:
    """Keeps how a run ended, unless it was told to be cut off before."""
    home = database.current()
    async with home.unit_of_work() as session:
        values = {"id": run_id, "outcome": outcome, "message": message}
        await session.execute(_END, {**values, "now": home.clock()})


async def cut_off_running() -> None:
    """Marks what runs as cut off; only for who has just become the leader.

    Nobody else leads then, so no process is left that could end those runs.
    """
    home = database.current()
    async with home.unit_of_work() as session:
        await session.execute(_CUT_OFF, {"now": home.clock()})


async def find_missed(job: Job) -> datetime | None:
    """The slot that a new leader has to see to, or None.

    It is the last one that is due, when nobody ran it. A run of it that was cut off
    gets a second one with a slot of its own; a second cut-off ends that, or a job that
    kills its process would do so for ever.
    """
    home = database.current()
    now = home.clock()
    due = job.rhythm.slot_at(now)
    async with home.reading() as session:
        found = await session.execute(_SINCE, {"job": job.name, "slot": due})
        since = [(row.slot, row.outcome) for row in found]
    if not since:
        return due
    return now if since == [(due, Outcome.CUT_OFF)] and job.catch_up else None


async def sweep_runs() -> int:
    """Removes old runs, and sooner those that nobody will ask about; how many."""
    now = database.current().clock()
    return await database.sweep(_SWEEP, old=now - KEPT, young=now - KEPT_WELL)
