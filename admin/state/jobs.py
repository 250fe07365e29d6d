"""Jobs for admins: how each does, what ran, and a run now."""

import logging
from dataclasses import dataclass
from datetime import timedelta

import reflex as rx

from admin.state.looking import Looking
from admin.state.telling import Telling
from fintrack.core.actor import Actor, Role
from fintrack.core.errors import FinTrackError
from fintrack.core.jobs import Outcome
from fintrack.core.text import message_id
from fintrack.services.commands import perform, snapshot
from fintrack.services.jobs.asking import (
    PAGE,
    JobView,
    RunView,
    Standing,
    list_jobs,
    list_runs,
    run_now,
)
from fintrack.services.staff.looking import Listed
from fintrack.state.access import needs
from fintrack.state.amounts import Reader
from fintrack.state.session import actor_of, reader_of

_log = logging.getLogger(__name__)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
JOB_NAMES = {
    "mail.send": message_id("Send mail"),
    "mail.sweep": message_id("Clear away old mail"),
    "trail.ship": message_id("Ship the trail"),
    "rates.bundled": message_id("Load the rates that came with FinTrack"),
    "rates.fetch": message_id("Fetch rates"),
    "rates.fetch_wanted": message_id("Fetch the rates an admin asked for"),
    "rates.fill": message_id("Fill in rates of the past"),
    "recurring.settle": message_id("Carry out recurring items"),
    "trail.sign": message_id("Sign the trail"),
    "trail.verify": message_id("Verify the trail"),
    "trail.prune": message_id("Clear away old images of the trail"),
    "codes.sweep": message_id("Clear away old codes"),
    "second_step.sweep": message_id("Clear away unfinished sign-ins"),
    "tokens.sweep": message_id("Clear away old program sign-ins"),
    "imports.sweep": message_id("Clear away files nobody confirmed"),
    "pictures.sweep": message_id("Clear away old pictures"),
    "attachments.sweep": message_id("Clear away attachments nothing brings back"),
    "locks.tell": message_id("Tell of guessed passwords and codes"),
    "tries.sweep": message_id("Forget failed sign-ins"),
    "sessions.sweep": message_id("Clear away old sessions"),
    "jobs.sweep": message_id("Clear away old job runs"),
    "backups.make": message_id("Make a backup"),
}
STANDINGS = {
    Standing.WELL: ("income", message_id("Well")),
    Standing.FAILING: ("danger", message_id("Failing")),
    Standing.LATE: ("warn", message_id("Late")),
}
OUTCOMES = {
    Outcome.WAITING: ("", message_id("Waiting")),
    Outcome.RUNNING: ("accent", message_id("Running")),
    Outcome.DONE: ("income", message_id("Done")),
    Outcome.FAILED: ("danger", message_id("Failed")),
    Outcome.CUT_OFF: ("danger", message_id("Cut off")),
    Outcome.SKIPPED: ("warn", message_id("Skipped")),
}


@dataclass(frozen=True)
class JobRow:
    """A job; ``tone`` is that of its standing."""

    id: str
    name: str
    rhythm: str
    last: str
    next: str
    tone: str
    standing: str


@dataclass(frozen=True)
class RunRow:
    """One run; ``detail`` says what it did or why it did not."""

    id: str
    name: str
    when: str
    took: str
    detail: str
    tone: str
    outcome: str


class JobsState(Looking, Telling, rx.State):
    """The page of jobs; ``chosen`` is the job whose runs alone are listed."""

    status: str = "loading"
    jobs: list[JobRow] = []
    runs: list[RunRow] = []
    chosen: str = ""
    older: str = ""
    _job: str = ""
    _before: int = 0

    @rx.event
    @needs(Role.ADMIN)
    async def load(self) -> None:
        """Shows all jobs and the newest runs."""
        self._is_noted = False
        await self._read_newest()

    @rx.event
    @needs(Role.ADMIN)
    async def choose(self, job: str) -> None:
        """Lists the runs of one job; empty for all."""
        self._job = job
        await self._read_newest()

    @rx.event
    @needs(Role.ADMIN)
    async def show_older(self) -> None:
        """Goes on below the last run in sight."""
        self._before = int(self.older) if self.older else 0
        await self._read(await actor_of(self), await reader_of(self))

    @rx.event
    @needs(Role.ADMIN)
    async def run(self, job: str) -> None:
        """Asks for a run now."""
        reader = await reader_of(self)
        try:
            await perform(await actor_of(self), run_now, job)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            self._tell(tell_started(1, reader))
        await self._read_newest()

    async def _read_newest(self) -> None:
        self._before = 0
        await self._read(await actor_of(self), await reader_of(self))

    async def _read(self, actor: Actor, reader: Reader) -> None:
        try:
            await self._note_look(actor, Listed.JOBS)
            async with snapshot(actor) as found:
                jobs = await found.ask(list_jobs)
                runs = await found.ask(
                    list_runs, self._job or None, self._before or None
                )
        except Exception:  # noqa: BLE001 - the page offers a retry whatever failed
            _log.exception("The jobs could not be loaded.")
            self.status = "failed"
            return
        self.jobs = [_job_row(job, reader) for job in jobs]
        self.runs = [_run_row(run, reader) for run in runs]
        self.chosen = name_of(self._job, reader) if self._job else ""
        self.older = str(runs[-1].id) if len(runs) == PAGE else ""
        self.status = "ready"


def tell_started(jobs: int, reader: Reader) -> str:
    """What is said when somebody has asked for runs."""
    return reader.count(
        "The job runs as soon as its turn comes.",
        "{n} jobs run as soon as their turn comes.",
        jobs,
    )


def name_of(job: str, reader: Reader) -> str:
    """What a job is called; its plain name while it has none."""
    return reader.say(JOB_NAMES[job]) if job in JOB_NAMES else job


def _job_row(job: JobView, reader: Reader) -> JobRow:
    tone, standing = STANDINGS[job.standing]
    return JobRow(
        id=job.name,
        name=name_of(job.name, reader),
        rhythm=_rhythm(job.every, reader),
        last=_last(job.last, reader),
        next=reader.moment(job.next_at),
        tone=tone,
        standing=reader.say(standing),
    )


def _last(run: RunView | None, reader: Reader) -> str:
    """When it began; a slot that was missed may be hours older."""
    if run is None:
        return reader.say("Never")
    if run.started_at is None:
        return f"{reader.moment(run.slot)} · {reader.say('Skipped')}"
    return reader.moment(run.started_at)


def _run_row(run: RunView, reader: Reader) -> RunRow:
    tone, outcome = OUTCOMES[run.outcome]
    return RunRow(
        id=str(run.id),
        name=name_of(run.job, reader),
        when=reader.moment(run.started_at or run.slot),
        took=_took(run, reader),
        detail=_detail(run, reader),
        tone=tone,
        outcome=reader.say(outcome),
    )


def _rhythm(every: timedelta, reader: Reader) -> str:
    if every >= DAY:
        return reader.count("Every day", "Every {n} days", every // DAY)
    if every >= HOUR:
        return reader.count("Every hour", "Every {n} hours", every // HOUR)
    if every >= MINUTE:
        return reader.count("Every minute", "Every {n} minutes", every // MINUTE)
    seconds = every // timedelta(seconds=1)
    return reader.count("Every second", "Every {n} seconds", seconds)


def _took(run: RunView, reader: Reader) -> str:
    if not (run.started_at and run.ended_at):
        return ""
    seconds = (run.ended_at - run.started_at) // timedelta(seconds=1)
    if seconds == 0:
        return reader.say("Less than a second")
    return reader.count("One second", "{n} seconds", seconds)


def _detail(run: RunView, reader: Reader) -> str:
    if run.outcome is Outcome.DONE and run.message.isdecimal():
        return reader.count("One handled", "{n} handled", int(run.message))
    return run.message
