"""The outbox for admins: what was sent to whom, with a mask over each secret."""

import logging
from dataclasses import dataclass

import reflex as rx

from admin.state.looking import Looking
from admin.state.telling import Telling
from fintrack.core.actor import Actor, Role
from fintrack.core.errors import FinTrackError
from fintrack.core.text import message_id
from fintrack.services.commands import perform, snapshot
from fintrack.services.mail.listing import (
    PAGE,
    OutboxHealth,
    OutboxView,
    find_outbox_health,
    list_letters,
)
from fintrack.services.mail.retrying import retry_letters
from fintrack.services.staff.looking import Listed
from fintrack.state.access import needs
from fintrack.state.amounts import Reader
from fintrack.state.session import actor_of, reader_of

_log = logging.getLogger(__name__)
STATES = {
    "waiting": ("", message_id("Waiting")),
    "sending": ("accent", message_id("Being sent")),
    "sent": ("income", message_id("Sent")),
    "failed": ("danger", message_id("Failed")),
    "expired": ("warn", message_id("Expired")),
}

EXPIRED = message_id("Its code died before it could be sent, so it was not sent.")
VALUE_NAMES = {
    "address": message_id("Address"),
    "code": message_id("Code"),
    "device": message_id("Device"),
    "minutes": message_id("Minutes"),
    "name": message_id("Name"),
    "when": message_id("When"),
}


@dataclass(frozen=True)
class LetterRow:
    """A letter; ``detail`` holds its values, with masks in place of secrets."""

    id: str
    subject: str
    recipient: str
    when: str
    tries: str
    detail: str
    tone: str
    standing: str


class MailState(Looking, Telling, rx.State):
    """The page of the outbox; ``wanted`` leaves out letters in other states."""

    status: str = "loading"
    letters: list[LetterRow] = []
    summary: str = ""
    wanted: str = ""
    older: str = ""
    _before: int = 0

    @rx.event
    @needs(Role.ADMIN)
    async def load(self) -> None:
        """Shows the newest letters."""
        self._is_noted = False
        await self._read_newest()

    @rx.event
    @needs(Role.ADMIN)
    async def choose(self, wanted: str) -> None:
        """Lists the letters in one state; empty for all."""
        self.wanted = wanted if wanted in STATES else ""
        await self._read_newest()

    @rx.event
    @needs(Role.ADMIN)
    async def show_older(self) -> None:
        """Goes on below the last letter in sight."""
        self._before = int(self.older) if self.older else 0
        await self._read(await actor_of(self), await reader_of(self))

    @rx.event
    @needs(Role.ADMIN)
    async def retry(self) -> None:
        """Has all letters tried again that wait or have failed."""
        actor, reader = await actor_of(self), await reader_of(self)
        try:
            letters = (await perform(actor, retry_letters)).value
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            self._tell(tell_retried(letters, reader))
        await self._read_newest()

    async def _read_newest(self) -> None:
        self._before = 0
        await self._read(await actor_of(self), await reader_of(self))

    async def _read(self, actor: Actor, reader: Reader) -> None:
        try:
            await self._note_look(actor, Listed.LETTERS)
            async with snapshot(actor) as found:
                health = await found.ask(find_outbox_health)
                letters = await found.ask(
                    list_letters, before=self._before or None, state=self.wanted
                )
        except Exception:  # noqa: BLE001 - the page offers a retry whatever failed
            _log.exception("The outbox could not be loaded.")
            self.status = "failed"
            return
        self.letters = [_row(letter, reader) for letter in letters]
        self.summary = _summary(health, reader)
        self.older = str(letters[-1].id) if len(letters) == PAGE else ""
        self.status = "ready"


def tell_retried(letters: int, reader: Reader) -> str:
    """What is said when letters are tried again."""
    if not letters:
        return reader.say("There is no letter to be tried again.")
    return reader.count(
        "One letter is tried again.", "{n} letters are tried again.", letters
    )


def _row(letter: OutboxView, reader: Reader) -> LetterRow:
    tone, standing = STATES.get(letter.state, ("", letter.state))
    values = [
        f"{reader.say(VALUE_NAMES.get(name, name))}: {value}"
        for name, value in letter.values.items()
    ]
    return LetterRow(
        id=str(letter.id),
        subject=reader.say(letter.subject, **letter.values),
        recipient=letter.to,
        when=reader.moment(letter.finished_at or letter.queued_at),
        tries=reader.count("One try", "{n} tries", letter.tries),
        detail=" · ".join([*_what_happened(letter, reader), *values]),
        tone=tone,
        standing=reader.say(standing),
    )


def _what_happened(letter: OutboxView, reader: Reader) -> list[str]:
    expired = [reader.say(EXPIRED)] if letter.state == "expired" else []
    return [*expired, *([letter.fault] if letter.fault else [])]


def _summary(health: OutboxHealth, reader: Reader) -> str:
    waiting = reader.count("One letter waits.", "{n} letters wait.", health.waiting)
    failed = reader.count(
        "One failed in the last day.", "{n} failed in the last day.", health.failed
    )
    return f"{waiting} {failed}"
