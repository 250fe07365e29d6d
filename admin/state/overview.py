"""How the house does, and a remedy for each fault that a page can mend."""

import contextlib
import logging

import reflex as rx

from admin.state.health_rows import (
    RETRY_MAIL,
    RUN_BACKUP,
    RUN_JOBS,
    RUN_TRAIL,
    health_rows,
)
from admin.state.jobs import tell_started
from admin.state.mail import tell_retried
from admin.state.part_rows import PartRow
from admin.state.rate_health_rows import FETCH_RATES
from admin.state.telling import Telling
from fintrack.core.actor import STAFF, Actor, Role
from fintrack.core.errors import Conflict, FinTrackError
from fintrack.services.backups.keeping import MAKE
from fintrack.services.commands import ask, perform
from fintrack.services.jobs.asking import run_now
from fintrack.services.mail.retrying import retry_letters
from fintrack.services.rates.fetching import FETCH
from fintrack.services.rates.health import find_rate_health
from fintrack.services.rates.overseeing import fetch_now
from fintrack.services.staff.health import find_health
from fintrack.state.access import needs
from fintrack.state.amounts import Reader
from fintrack.state.session import actor_of, reader_of

SHIP = "trail.ship"
_log = logging.getLogger(__name__)


class OverviewState(Telling, rx.State):
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
        self.parts = health_rows(health, reader)
        self.status = "ready"

    @rx.event
    @needs(Role.ADMIN)
    async def mend(self, remedy: str) -> None:
        """Does what the button of a fault says."""
        actor, reader = await actor_of(self), await reader_of(self)
        try:
            self._tell(await _mend(remedy, actor, reader))
        except FinTrackError as error:
            self._warn(error, reader)
        await self.load()


async def _mend(remedy: str, actor: Actor, reader: Reader) -> str:
    if remedy == RETRY_MAIL:
        letters = (await perform(actor, retry_letters)).value
        return tell_retried(letters, reader)
    if remedy == FETCH_RATES:
        return await _fetch(actor, reader)
    jobs = {RUN_TRAIL: [SHIP], RUN_BACKUP: [MAKE]}.get(remedy, [])
    if remedy == RUN_JOBS:
        health = await ask(actor, find_health)
        jobs = [*health.failing, *health.late]
    for job in jobs:
        # One that runs already is what was asked for.
        with contextlib.suppress(Conflict):
            await perform(actor, run_now, job)
    return tell_started(len(jobs), reader)


async def _fetch(actor: Actor, reader: Reader) -> str:
    """Each source that fails is asked though it rests; with it, those that are well."""
    rates = await ask(actor, find_rate_health)
    for view in rates.sources:
        if view.row.failures:
            await perform(actor, fetch_now, view.row.source)
    with contextlib.suppress(Conflict):
        await perform(actor, run_now, FETCH)
    return reader.say("The sources are asked as soon as their turn comes.")
