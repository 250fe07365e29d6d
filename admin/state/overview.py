"""How the house does: one row for each part, with a fix for each fault."""

import logging
from dataclasses import dataclass

import reflex as rx
from babel.numbers import format_decimal

from admin.state.jobs import name_of
from fintrack.core.actor import STAFF, Role
from fintrack.services.commands import ask
from fintrack.services.staff.health import Disk, Health, find_health
from fintrack.state.access import needs
from fintrack.state.amounts import Reader
from fintrack.state.session import actor_of, reader_of

_log = logging.getLogger(__name__)
MEGABYTE, GIGABYTE = 10**6, 10**9
# Below a tenth of the disk and 5 GB there is time to act; below 1 GB there is not.
LITTLE_ROOM, NO_ROOM = 5 * GIGABYTE, GIGABYTE


@dataclass(frozen=True)
class PartRow:
    """A part of the house; ``fix`` says what to do and is empty without a fault."""

    name: str
    says: str
    fix: str = ""
    tone: str = "income"
    standing: str = ""


class OverviewState(rx.State):
    """The first page of the staff area."""

    status: str = "loading"
    parts: list[PartRow] = []

    @rx.event
    @needs(*STAFF)
    async def load(self) -> None:
        """Looks at every part, for admins; others have nothing to read here."""
        actor, reader = await actor_of(self), await reader_of(self)
        if actor.role is not Role.ADMIN:
            return
        try:
            health = await ask(actor, find_health)
        except Exception:  # noqa: BLE001 - the page offers a retry whatever failed
            _log.exception("The health could not be found out.")
            self.status = "failed"
            return
        self.parts = [
            _main(health, reader),
            _log_database(health, reader),
            _trail(health, reader),
            *([_disk(health.disk, reader)] if health.disk else []),
            _jobs(health, reader),
            _mail(health, reader),
        ]
        self.status = "ready"


def _main(health: Health, reader: Reader) -> PartRow:
    size = _size(health.main_bytes, reader)
    return _well(
        reader.say("Main database"),
        reader.say("It answers and holds {size}.", size=size),
        reader,
    )


def _log_database(health: Health, reader: Reader) -> PartRow:
    name = reader.say("Log database")
    if health.log_bytes is None:
        return _bad(
            name,
            reader.say("It does not answer. The trail waits and loses nothing."),
            reader.say("Start it, or check FINTRACK_LOG_DATABASE_URL."),
            reader,
        )
    size = _size(health.log_bytes, reader)
    return _well(name, reader.say("It answers and holds {size}.", size=size), reader)


def _trail(health: Health, reader: Reader) -> PartRow:
    name = reader.say("Trail")
    if health.trail.error:
        return _bad(
            name,
            reader.say("The last shipping failed; nothing is lost."),
            reader.say("See its error under Jobs, mend it, then run it again."),
            reader,
        )
    says = reader.count(
        "One entry waits to be shipped.",
        "{n} entries wait to be shipped.",
        health.trail.unshipped,
    )
    return _well(name, says, reader)


def _disk(disk: Disk, reader: Reader) -> PartRow:
    name = reader.say("Disk")
    says = reader.say(
        "{free} of {total} are free.",
        free=_size(disk.free, reader),
        total=_size(disk.total, reader),
    )
    fix = reader.say("Make room on the disk of the data directory.")
    if disk.free < NO_ROOM:
        return _bad(name, says, fix, reader)
    if disk.free < min(LITTLE_ROOM, disk.total // 10):
        return _poor(name, says, fix, reader)
    return _well(name, says, reader)


def _jobs(health: Health, reader: Reader) -> PartRow:
    name = reader.say("Jobs")
    if health.late:
        return _poor(
            name,
            reader.say("Late: {jobs}.", jobs=_names(health.late, reader)),
            reader.say("Restart FinTrack if this stays for more than a minute."),
            reader,
        )
    if health.failing:
        return _bad(
            name,
            reader.say("Not well: {jobs}.", jobs=_names(health.failing, reader)),
            reader.say("See its error under Jobs, mend it, then run it again."),
            reader,
        )
    return _well(name, reader.say("All jobs run on time."), reader)


def _mail(health: Health, reader: Reader) -> PartRow:
    name = reader.say("Mail")
    mail = health.mail
    if mail.failed:
        return _bad(
            name,
            reader.count(
                "One failed in the last day.",
                "{n} failed in the last day.",
                mail.failed,
            ),
            reader.say("See what the mail server said under Mail."),
            reader,
        )
    if not mail.waiting_since:
        return _well(name, reader.say("No letter waits."), reader)
    since = reader.moment(mail.waiting_since)
    return _well(
        name, reader.say("The oldest letter waits since {since}.", since=since), reader
    )


def _well(name: str, says: str, reader: Reader) -> PartRow:
    return PartRow(name, says, standing=reader.say("Well"))


def _poor(name: str, says: str, fix: str, reader: Reader) -> PartRow:
    return PartRow(name, says, fix, "warn", reader.say("Look soon"))


def _bad(name: str, says: str, fix: str, reader: Reader) -> PartRow:
    return PartRow(name, says, fix, "danger", reader.say("Act now"))


def _names(jobs: tuple[str, ...], reader: Reader) -> str:
    return ", ".join(name_of(job, reader) for job in jobs)


def _size(count: int, reader: Reader) -> str:
    unit, word = (GIGABYTE, "GB") if count >= GIGABYTE else (MEGABYTE, "MB")
    return f"{format_decimal(count // unit, locale=reader.language)} {word}"
