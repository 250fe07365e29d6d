"""The history of changes, and taking the last one back."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import reflex as rx

from fintrack.core.errors import FinTrackError
from fintrack.core.text import message_id
from fintrack.services.changes import PAGE, ChangeView, list_changes, undo_change
from fintrack.services.commands import ask, perform
from fintrack.state.amounts import Reader
from fintrack.state.forms import new_key, read_id, say
from fintrack.state.readers import reader_of
from fintrack.state.rows import Notice
from fintrack.state.session import actor_of

_OTHER = message_id("Other change")
_NAMES = {
    "transaction.record": message_id("Transaction recorded"),
    "transaction.edit": message_id("Transaction changed"),
    "transaction.void": message_id("Transaction made void"),
    "account.open": message_id("Account opened"),
    "account.edit": message_id("Account changed"),
    "account.close": message_id("Account closed"),
    "account.reopen": message_id("Account opened again"),
    "category.add": message_id("Category added"),
    "category.edit": message_id("Category changed"),
    "category.merge": message_id("Categories merged"),
    "change.undo": message_id("Change taken back"),
}


@dataclass(frozen=True)
class ChangeRow:
    """One change; ``undo_id`` and ``redo_id`` name what a button takes back."""

    id: str
    name: str
    when: str
    undo_id: str = ""
    redo_id: str = ""
    is_undone: bool = False


class HistoryState(rx.State):
    """The page of changes, newest first."""

    status: str = "loading"
    rows: list[ChangeRow] = []
    older: str = ""
    notice: Notice = Notice()
    _before: int = 0

    @rx.event
    async def load(self) -> None:
        """Shows the newest changes."""
        self._before = 0
        await self._read()

    @rx.event
    async def show_older(self) -> None:
        """Goes on below the last change in sight."""
        self._before = int(self.older) if self.older.isdigit() else 0
        await self._read()

    @rx.event
    async def undo(self, change_id: str) -> None:
        """Takes a change back, or brings it again when it is an undo itself."""
        self.notice = await take_back(self, change_id)
        await self._read()

    @rx.event
    async def undo_last(self) -> None:
        """Takes the person's last change back."""
        self.notice = await take_last_back(self)
        await self._read()

    async def _read(self) -> None:
        reader = await reader_of(self)
        try:
            found = await ask(
                await actor_of(self),
                list_changes,
                before=self._before or None,
                limit=PAGE,
            )
        except FinTrackError:
            self.status = "failed"
            return
        self.rows = [change_row(change, reader) for change in found]
        self.older = str(found[-1].id) if len(found) == PAGE else ""
        self.status = "ready"


async def take_back(state: rx.State, change_id: str) -> Notice:
    """Takes a change back and says so, or says why it stays."""
    reader = await reader_of(state)
    try:
        wanted = read_id(change_id, "change")
        done = await perform(await actor_of(state), undo_change, wanted)
    except FinTrackError as error:
        text = " ".join(say(problem, reader.language) for problem in error.problems)
        return Notice(new_key(), text, "bad")
    return Notice(
        new_key(), reader.say("Taken back."), "calm", change=str(done.change_id)
    )


async def take_last_back(state: rx.State) -> Notice:
    """Takes back the last change that the person made and that still stands."""
    actor = await actor_of(state)
    reader = await reader_of(state)
    found = await ask(actor, list_changes, limit=PAGE)
    own = (
        change
        for change in found
        if change.person_id == actor.person_id
        and change.can_undo
        and change.undo_of is None
    )
    last = next(own, None)
    if last is None:
        return Notice(new_key(), reader.say("There is nothing to undo."), "calm")
    return await take_back(state, str(last.id))


def change_row(change: ChangeView, reader: Reader) -> ChangeRow:
    """One change for its reader; an undo is brought back at what it took back."""
    undone = change.undone_by is not None
    return ChangeRow(
        id=str(change.id),
        name=reader.say(_NAMES.get(change.command, _OTHER)),
        when=_moment(change.at, reader),
        undo_id=str(change.id) if change.can_undo and change.undo_of is None else "",
        redo_id=str(change.undone_by) if undone and change.undo_of is None else "",
        is_undone=undone,
    )


def _moment(at: datetime, reader: Reader) -> str:
    local = at.astimezone(ZoneInfo(reader.time_zone))
    return f"{reader.day(local.date())}, {local:%H:%M}"
