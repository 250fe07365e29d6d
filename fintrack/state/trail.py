"""The page that tells who saw and changed one's data."""

import logging
from dataclasses import dataclass

import reflex as rx

from fintrack.core.device_name import name_device
from fintrack.core.formatting import format_number
from fintrack.core.text import message_id
from fintrack.services.commands import ask
from fintrack.services.trail.deeds import is_for_strangers
from fintrack.services.trail.own import Place, Trace, list_own_trail
from fintrack.state.amounts import Reader
from fintrack.state.command_names import COMMAND_NAMES, OTHER
from fintrack.state.deed_words import Words, add_words
from fintrack.state.refused_names import name_refused
from fintrack.state.session import actor_of, reader_of

_log = logging.getLogger(__name__)
OTHER_EVENT = message_id("Other event")
EVENT_NAMES = {
    "sign-in": message_id("Signed in"),
    "sign-in-begun": message_id("Right password given at a sign-in; a code asked for"),
    "program-signed-in": message_id("Program signed in"),
    "sign-out": message_id("Signed out"),
    "refused": message_id("Something was refused"),
    "refused-origin": message_id("Requests of another site refused"),
    "refused-flood": message_id("Too many requests at once refused"),
    "proved": message_id("Confirmed who it is"),
    "code-asked": message_id("Right password given to confirm; a code asked for"),
    "sessions-ended": message_id("Signed out elsewhere"),
    "password-changed": message_id("Password changed"),
    "password-reset": message_id("Password set anew by mail"),
    "email-changed": message_id("E-mail changed"),
    "factor-on": message_id("Second factor switched on"),
    "factor-off": message_id("Second factor switched off"),
    "recovery-code-used": message_id("Recovery code used"),
    "recovery-codes-renewed": message_id("Recovery codes made anew"),
    "trail-lost": message_id("The log was lost and begun anew"),
    "trail-loss-acknowledged": message_id("Loss of the log acknowledged"),
    "token-reused": message_id("A program's old token came back; its session ended"),
    "transactions-exported": message_id("Transactions saved as a file"),
    "books-exported": message_id("The whole books saved as a file"),
    "people-searched": message_id("People searched"),
    "people-listed": message_id("List of people opened"),
    "letters-listed": message_id("List of letters opened"),
    "jobs-listed": message_id("List of jobs opened"),
    "profile-viewed": message_id("Profile of a person viewed"),
    "person-suspended": message_id("Person suspended"),
    "person-reinstated": message_id("Suspension taken back"),
    "role-changed": message_id("Role changed"),
    "post-changed": message_id("Department or position changed"),
    "person-signed-out": message_id("Person signed out everywhere"),
    "trail-searched": message_id("Trail searched"),
    "trail-verification-begun": message_id("Verification of the trail begun"),
    "trail-verified": message_id("Trail verified"),
}
# The same, told to whom it was done.
DONE_TO_YOU = {
    "profile-viewed": message_id("Somebody of the staff looked at your profile"),
    "person-signed-out": message_id("The staff signed you out everywhere"),
    "person-suspended": message_id("Your account was suspended"),
    "person-reinstated": message_id("Your account was opened again"),
    "role-changed": message_id("You were given another role"),
    "post-changed": message_id("You were given another department or position"),
}
# Whoever did not know these need not be the person.
WRONG_SECRETS = {
    "session.start": message_id("Sign-in with a wrong password refused"),
    "session.finish": message_id("Sign-in with a wrong code refused"),
    "session.prove": message_id("Confirmation with a wrong password or code refused"),
    "code.register": message_id("Wrong or old code for a registration refused"),
    "code.reset": message_id("Wrong or old code for a new password refused"),
    "code.email": message_id("Wrong or old code for a new e-mail refused"),
    "factor.confirm": message_id("Wrong code for a new second factor refused"),
    "program.refresh": message_id("Old or unknown token of a program refused"),
    "program.end": message_id("Old or unknown token of a program refused"),
}
# Nor does this say that it was the person.
UNPROVED = frozenset({"token-reused", "sign-in-begun"})
YOU = message_id("You")
# A stranger's name is left out, and who is gone has none.
SOMEBODY = message_id("Somebody else")
# Commands of the system carry no person.
THE_HOUSE = message_id("FinTrack itself")


@dataclass(frozen=True)
class TraceRow:
    """One thing that was done; ``is_kept`` says that nobody can change it any more."""

    name: str
    detail: str
    is_kept: bool


class TrailState(rx.State):
    """What was done by, to and with the data of the person, newest first."""

    status: str = "loading"
    rows: list[TraceRow] = []
    has_older: bool = False
    _below: Place | None = None

    @rx.event
    async def load(self) -> None:
        """Shows the newest."""
        self._below = None
        await self._read()

    @rx.event
    async def show_older(self) -> None:
        """Goes on below the last in sight."""
        await self._read()

    async def _read(self) -> None:
        reader = await reader_of(self)
        try:
            page = await ask(await actor_of(self), list_own_trail, below=self._below)
        except Exception:  # noqa: BLE001 - the page offers a retry whatever failed
            _log.exception("The trail could not be loaded.")
            self.status = "failed"
            return
        self.rows = [trace_row(trace, reader) for trace in page.traces]
        self._below = page.below
        self.has_older = page.below is not None
        self.status = "ready"


def trace_row(trace: Trace, reader: Reader) -> TraceRow:
    """One trace as a sentence for its reader."""
    device = trace.device and name_device(trace.device, reader.language)
    parts = (_who(trace, reader), reader.moment(trace.at), device, trace.address)
    times = int(trace.words.get("times", 1))
    often = f" (×{format_number(times, reader.language, decimals=0)})"
    return TraceRow(
        name=_tell(trace, reader) + (often if times > 1 else ""),
        detail=" · ".join(part for part in parts if part),
        is_kept=trace.is_shipped,
    )


def _tell(trace: Trace, reader: Reader) -> str:
    if trace.is_event and not trace.is_mine and trace.what in DONE_TO_YOU:
        said = reader.say(DONE_TO_YOU[trace.what])
        return add_words(said, trace.what, trace.words, reader)
    return tell_deed(
        trace.what, trace.refused, reader, trace.words, is_event=trace.is_event
    )


def tell_deed(
    what: str, refused: str, reader: Reader, words: Words, *, is_event: bool
) -> str:
    """What was done; ``refused`` names the command that somebody was denied."""
    if not is_event:
        return reader.say(COMMAND_NAMES.get(what, OTHER))
    if refused in WRONG_SECRETS:
        return reader.say(WRONG_SECRETS[refused])
    if refused:
        return name_refused(words.get("commands", refused), reader)
    return add_words(
        reader.say(EVENT_NAMES.get(what, OTHER_EVENT)), what, words, reader
    )


def is_unproved(what: str, refused: str) -> bool:
    """Whether the one whom a deed concerns need not be the one who did it."""
    return what in UNPROVED or refused in WRONG_SECRETS


def _who(trace: Trace, reader: Reader) -> str:
    is_strange = trace.person_id is None and is_for_strangers(trace.what)
    if is_strange or is_unproved(trace.what, trace.refused):
        who = ""
    elif trace.is_mine:
        who = reader.say(YOU)
    elif trace.person_id is not None:
        who = trace.person_name or reader.say(SOMEBODY)
    else:
        who = reader.say(THE_HOUSE)
    return who
