"""Rates for admins: how each source does, jumps that wait, and periods to fill."""

import logging
from datetime import datetime, timedelta

import reflex as rx

from admin.state.jobs import tell_started
from admin.state.rate_rows import (
    FillRow,
    JumpRow,
    SourceRow,
    fill_row,
    jump_row,
    source_row,
)
from admin.state.telling import Telling
from fintrack.core.actor import Actor, Role
from fintrack.core.errors import FinTrackError, InvalidInput, Unavailable
from fintrack.core.rate_runs import Source
from fintrack.services.commands import ask, perform, snapshot
from fintrack.services.jobs.asking import run_now
from fintrack.services.rates.fetching import FETCH
from fintrack.services.rates.filling import FillView, ask_fill, list_fills, stop_fill
from fintrack.services.rates.jumps import (
    Seen,
    accept_jump,
    list_jumps,
    refuse_jump,
)
from fintrack.services.rates.overseeing import SourceView, fetch_now, list_sources
from fintrack.state.access import needs
from fintrack.state.amounts import Reader
from fintrack.state.choices import Choice
from fintrack.state.currency_rows import SOURCES
from fintrack.state.forms import Findings, errors_by_field, new_key, read_day
from fintrack.state.session import actor_of, reader_of

ACCEPT, REFUSE = "accept", "refuse"
SOME_DAYS = timedelta(days=29)
_log = logging.getLogger(__name__)


class RatesState(Telling, rx.State):
    """The page of rates; ``deed`` is what is asked about the jump ``asked``."""

    status: str = "loading"
    sources: list[SourceRow] = []
    jumps: list[JumpRow] = []
    fills: list[FillRow] = []
    is_filling: bool = False
    choices: list[Choice] = []
    first: str = ""
    last: str = ""
    form_key: str = ""
    errors: dict[str, str] = {}
    deed: str = ""
    asked: str = ""
    _currency: str = ""
    _source: str = ""
    _seen: Seen | None = None

    @rx.event
    @needs(Role.ADMIN)
    async def load(self) -> None:
        """Shows the sources, what waits, and what is being filled."""
        reader = await reader_of(self)
        self.deed, self.errors = "", {}
        if not self.form_key:
            # Later it is somebody's who may have begun to type.
            last = reader.today - timedelta(days=1)
            self.first, self.last = (last - SOME_DAYS).isoformat(), last.isoformat()
            self.form_key = new_key()
        await self._read(await actor_of(self), reader)

    @rx.event
    @needs(Role.ADMIN)
    async def fetch_all(self) -> None:
        """Asks for a run of the job."""
        actor, reader = await actor_of(self), await reader_of(self)
        try:
            await perform(actor, run_now, FETCH)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            self._tell(tell_started(1, reader))
        await self._read(actor, reader)

    @rx.event
    @needs(Role.ADMIN)
    async def fetch(self, source: str) -> None:
        """Has one source asked at once, though it rests."""
        actor, reader = await actor_of(self), await reader_of(self)
        try:
            await perform(actor, fetch_now, _source_of(source))
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            self._tell(reader.say("The source is asked as soon as its turn comes."))
        await self._read(actor, reader)

    @rx.event
    @needs(Role.ADMIN)
    def ask(self, currency: str, source: str, deed: str) -> None:
        """Asks whether a jump is really to be accepted or refused."""
        for jump in self.jumps:
            if (jump.currency, jump.source) == (currency, source):
                self._currency, self._source = currency, source
                self._seen = Seen(
                    jump.observations, datetime.fromisoformat(jump.seen_at)
                )
                self.asked = f"{jump.name}: {jump.before} → {jump.now}"
                self.deed = deed if deed in (ACCEPT, REFUSE) else ""

    @rx.event
    @needs(Role.ADMIN)
    def set_asking(self, is_open: bool) -> None:
        """Esc and the safe answer close the question."""
        if not is_open:
            self.deed = ""

    @rx.event
    @needs(Role.ADMIN)
    async def decide(self) -> None:
        """Accepts or refuses the jump that was asked about."""
        actor, reader = await actor_of(self), await reader_of(self)
        verb = {ACCEPT: accept_jump, REFUSE: refuse_jump}.get(self.deed)
        self.deed = ""
        if verb is None or self._seen is None:
            return
        wanted = (self._currency, _source_of(self._source), self._seen)
        try:
            done = await perform(actor, verb, *wanted)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            self._tell(_tell_decided(done.value, reader, is_in=verb is accept_jump))
        await self._read(actor, reader)

    @rx.event
    @needs(Role.ADMIN)
    async def fill(self, form: dict[str, str | None]) -> None:
        """Has the days of the form brought; a second click finds its key used up."""
        if form.get("form_key") != self.form_key:
            return
        actor, reader = await actor_of(self), await reader_of(self)
        found, today = Findings(), reader.today
        self.first, self.last = form.get("first") or "", form.get("last") or ""
        first = found.read("first", lambda: read_day(self.first, "first"), today)
        last = found.read("last", lambda: read_day(self.last, "last"), today)
        try:
            found.check()
            source = _source_of(form.get("source") or "")
            await perform(actor, ask_fill, source, first, last)
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
            return
        self.errors, self.form_key = {}, new_key()
        self._tell(reader.say("The days are brought one by one, in the background."))
        await self._read(actor, reader)

    @rx.event
    @needs(Role.ADMIN)
    async def look(self) -> None:
        """How far the fills came; once they are over, what they brought, too."""
        actor, reader = await actor_of(self), await reader_of(self)
        try:
            fills = await ask(actor, list_fills)
        except Unavailable:
            # What is shown stays; it is asked again in a moment.
            return
        self._show(fills, reader)
        if not self.is_filling:
            await self._read(actor, reader)

    @rx.event
    @needs(Role.ADMIN)
    async def stop(self, source: str) -> None:
        """Ends a fill where it is."""
        actor, reader = await actor_of(self), await reader_of(self)
        try:
            await perform(actor, stop_fill, _source_of(source))
        except FinTrackError as error:
            self._warn(error, reader)
        await self._read(actor, reader)

    async def _read(self, actor: Actor, reader: Reader) -> None:
        try:
            async with snapshot(actor) as found:
                sources = await found.ask(list_sources)
                jumps = await found.ask(list_jumps)
                fills = await found.ask(list_fills)
        except Exception:  # noqa: BLE001 - the page offers a retry whatever failed
            _log.exception("The rates could not be loaded.")
            self.status = "failed"
            return
        self.sources = [source_row(view, reader) for view in sources]
        self.choices = _choices(sources, reader)
        self.jumps = [jump_row(view, reader) for view in jumps]
        self._show(fills, reader)
        self.status = "ready"

    def _show(self, fills: list[FillView], reader: Reader) -> None:
        self.fills = [fill_row(view, reader) for view in fills]
        self.is_filling = any(row.is_open for row in self.fills)


def _source_of(text: str) -> Source:
    if text not in set(Source):
        raise InvalidInput("Please choose one.", field="source")
    return Source(text)


def _choices(sources: list[SourceView], reader: Reader) -> list[Choice]:
    """The sources that know the past."""
    return [
        Choice(str(view.row.source), reader.say(SOURCES[view.row.source]))
        for view in sources
        if view.has_history
    ]


def _tell_decided(n: int, reader: Reader, *, is_in: bool) -> str:
    if is_in:
        return reader.count(
            "One rate is in force now.", "{n} rates are in force now.", n
        )
    return reader.count("One rate stays out.", "{n} rates stay out.", n)
