"""The trail for admins: searched, and verified; each look is in the trail itself."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import reflex as rx

from admin.state.telling import Telling
from admin.state.verdicts import Ended, tell_end
from fintrack.core.actor import Actor, Role
from fintrack.core.errors import (
    FinTrackError,
    InvalidInput,
    NotAllowed,
    NotSignedIn,
    SecondFactorNeeded,
)
from fintrack.core.formatting import format_number
from fintrack.core.text import message_id
from fintrack.services import database
from fintrack.services.commands import ask, perform
from fintrack.services.staff.reading import (
    TrailEntry,
    TrailPage,
    begin_verification,
    note_verification,
    search_trail,
)
from fintrack.services.staff.searching import TrailFilter
from fintrack.services.trail.deeds import is_for_strangers
from fintrack.services.trail.health import find_health
from fintrack.services.trail.verifying import Verdict, verify_trail
from fintrack.state.access import needs
from fintrack.state.amounts import Reader
from fintrack.state.choices import KIND_NAMES, Choice, named_choices
from fintrack.state.forms import read_day
from fintrack.state.session import actor_of, reader_of
from fintrack.state.trail import OTHER, OTHER_EVENT, THE_HOUSE, is_unproved, tell_deed

LOOK_SECONDS = 0.3
_log = logging.getLogger(__name__)
STRANGER = message_id("Somebody not signed in")


@dataclass(frozen=True)
class EntryRow:
    """One row of the chain."""

    number: str
    what: str
    who: str
    about: str
    when: str


@dataclass(frozen=True)
class Asked:
    """The search as it was typed; days are ``YYYY-MM-DD`` on the reader's clock."""

    person: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""


class StaffTrailState(Telling, rx.State):
    """The page of the trail."""

    status: str = "loading"
    asked: Asked = Asked()
    kinds: list[Choice] = []
    rows: list[EntryRow] = []
    is_nobody: bool = False
    has_older: bool = False
    _below: int = 0

    @rx.event
    @needs(Role.ADMIN)
    async def load(self) -> None:
        """Shows the newest; of one person, where the address names one."""
        reader = await reader_of(self)
        self.kinds = named_choices(KIND_NAMES, reader)
        verifying = await self.get_state(VerifyingState)
        verifying._show(reader)  # noqa: SLF001 - a public method would be a remote call
        person = self.router.url.query_parameters.get("person", "")
        self.asked, self._below = Asked(person=person), 0
        await self._read()

    @rx.event
    @needs(Role.ADMIN)
    async def search(self, form: dict[str, str]) -> None:
        """Shows what fits the form."""
        said = {name: form.get(name, "").strip() for name in Asked.__annotations__}
        self.asked, self._below = Asked(**said), 0
        await self._read()

    @rx.event
    @needs(Role.ADMIN)
    async def read_again(self) -> None:
        """Tries once more what could not be loaded."""
        await self._read()

    @rx.event
    @needs(Role.ADMIN)
    async def show_older(self) -> None:
        """Goes on below the last row in sight."""
        await self._read()

    async def _read(self) -> None:
        actor, reader = await actor_of(self), await reader_of(self)
        try:
            wanted = read_filter(self.asked, reader)
            done = await perform(actor, search_trail, wanted, self._below or None)
        except FinTrackError as error:
            self._warn(error, reader)
            self.status = "failed" if self.status == "loading" else self.status
        except Exception:  # noqa: BLE001 - the page offers a retry whatever failed
            _log.exception("The trail could not be searched.")
            self.status = "failed"
        else:
            self._show(done.value, reader)

    def _show(self, page: TrailPage, reader: Reader) -> None:
        self.rows = [entry_row(entry, reader) for entry in page.entries]
        self.is_nobody = page.is_nobody
        self._below = page.below or 0
        self.has_older = page.below is not None
        self.status = "ready"


class VerifyingState(rx.State):
    """The proof of the chain, as it goes on and as it ended."""

    is_running: bool = False
    percent: int = 0
    progress: str = ""
    verdict: str = ""
    advice: str = ""
    tone: str = ""
    ended: str = ""
    _ended: Ended | None = None
    _is_stopped: bool = False

    @rx.event(background=True)
    @needs(Role.ADMIN)
    async def verify(self) -> None:
        """Walks the whole chain; shows how far it is while it runs."""
        async with self:
            if self.is_running:
                return
            actor = await actor_of(self)
            self.is_running, self.percent, self._is_stopped = True, 0, False
            self.progress, self._ended = "", None
            self._show(await reader_of(self))
        verdict, has_failed, has_begun = None, False, False
        try:
            has_begun = await _note_beginning(actor)
            verdict = await self._walk(actor)
        except Exception:  # noqa: BLE001 - whatever failed, nothing is proved
            _log.exception("The trail could not be verified.")
            has_failed = True
        is_noted = has_begun
        if verdict is not None:
            is_noted = await _note(actor, verdict) and has_begun
        async with self:
            self.is_running = False
            now = database.current().clock()
            self._ended = Ended(now, verdict, has_failed, is_noted)
            self._show(await reader_of(self))

    @rx.event
    @needs(Role.ADMIN)
    def stop(self) -> None:
        """Lets a running verification end; nothing is proved then."""
        self._is_stopped = True

    def _show(self, reader: Reader) -> None:
        """Tells the end in the language that the page has now, and when it was."""
        if self._ended is None:
            self.verdict = self.advice = self.tone = self.ended = ""
            return
        said = tell_end(self._ended, reader)
        self.verdict, self.advice, self.tone = said.text, said.advice, said.tone
        when = reader.moment(self._ended.at)
        self.ended = reader.say("Verification ended: {when}", when=when)

    async def _walk(self, actor: Actor) -> Verdict | None:
        """The verdict; None where somebody stopped it before the end."""
        total = (await ask(actor, find_health)).position
        come_to = [0]
        walk = asyncio.create_task(
            ask(actor, verify_trail, lambda row: come_to.__setitem__(0, row))
        )
        while not (await asyncio.wait({walk}, timeout=LOOK_SECONDS))[0]:
            async with self:
                reader = await reader_of(self)
                self.percent = min(100 * come_to[0] // max(total, 1), 100)
                self.progress = reader.say(
                    "Row {row} of {total}",
                    row=_number(come_to[0], reader),
                    total=_number(total, reader),
                )
                if self._is_stopped:
                    walk.cancel()
                    return None
        return await walk


async def _note_beginning(actor: Actor) -> bool:
    """Whether the beginning stands in the trail.

    Raises:
        FinTrackError: the person may not verify it.
    """
    try:
        await perform(actor, begin_verification)
    except (NotSignedIn, NotAllowed, SecondFactorNeeded):
        raise
    except Exception:  # noqa: BLE001 - whatever failed, a breach must be looked for
        _log.exception("The beginning could not be noted in the trail.")
        return False
    return True


async def _note(actor: Actor, verdict: Verdict) -> bool:
    """Whether the verdict stands in the trail; it holds without that too."""
    try:
        await perform(actor, note_verification, verdict)
    except Exception:  # noqa: BLE001 - whatever failed, a breach must be seen
        _log.exception("The verdict could not be noted in the trail.")
        return False
    return True


def read_filter(asked: Asked, reader: Reader) -> TrailFilter:
    """What the form asks for; the last day is looked at to its end.

    Raises:
        InvalidInput: something is no day, or the last day is before the first.
    """
    since = _begin(asked.since, "since", timedelta(), reader)
    until = _begin(asked.until, "until", timedelta(days=1), reader)
    if since and until and until <= since:
        raise InvalidInput("The last day comes before the first.", field="until")
    kind = asked.kind if asked.kind in KIND_NAMES else ""
    return TrailFilter(asked.person, kind, since, until)


def entry_row(entry: TrailEntry, reader: Reader) -> EntryRow:
    """One row of the chain for its reader."""
    what = (
        _what(entry, reader)
        if entry.is_readable
        else reader.say("This row cannot be read. Verify the trail.")
    )
    return EntryRow(
        number=_number(entry.position, reader),
        what=what,
        who=_who(entry, reader),
        about=entry.about or (entry.person if _is_unproved(entry) else ""),
        when=reader.moment(entry.at),
    )


def _who(entry: TrailEntry, reader: Reader) -> str:
    """Who did it and from where, as far as either is known."""
    person = "" if _is_unproved(entry) else entry.person
    if person or entry.address:
        return " · ".join(part for part in (person, entry.address) if part)
    is_strange = entry.refused or is_for_strangers(entry.what)
    return reader.say(STRANGER if is_strange else THE_HOUSE)


def _is_unproved(entry: TrailEntry) -> bool:
    return is_unproved(entry.what, entry.refused)


def _what(entry: TrailEntry, reader: Reader) -> str:
    """What was done; what nobody has named yet says its own name too."""
    said = tell_deed(
        entry.what, entry.refused, reader, entry.words, is_event=entry.is_event
    )
    if said in (reader.say(OTHER), reader.say(OTHER_EVENT)):
        return f"{said} ({entry.what})"
    return f"{said} (×{_number(entry.times, reader)})" if entry.times > 1 else said


def _begin(said: str, name: str, more: timedelta, reader: Reader) -> datetime | None:
    if not said:
        return None
    day: date = read_day(said, name) + more
    return datetime.combine(day, time(), ZoneInfo(reader.time_zone)).astimezone(UTC)


def _number(value: int, reader: Reader) -> str:
    return format_number(value, reader.language, decimals=0)
