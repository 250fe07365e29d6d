"""The history of changes, and taking the last one back."""

import logging
from dataclasses import dataclass

import reflex as rx

from fintrack.core.actor import Actor
from fintrack.core.errors import FinTrackError
from fintrack.core.text import message_id
from fintrack.services.change_details import find_change
from fintrack.services.changes import MOST, PAGE, ChangeView, list_changes
from fintrack.services.commands import ask
from fintrack.state.amounts import Reader
from fintrack.state.change_rows import ThingRow, more_rows, name_things, thing_rows
from fintrack.state.command_names import name_command
from fintrack.state.forms import read_id
from fintrack.state.session import actor_of, reader_of
from fintrack.state.undo_rows import Refused, refused_undo
from fintrack.state.undoing import Undoing

AGAIN = message_id("Done again")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ChangeRow:
    """One change; ``undo_id`` and ``redo_id`` name what a button takes back."""

    id: str
    name: str
    when: str
    about: str = ""
    who: str = ""
    undo_id: str = ""
    redo_id: str = ""
    is_undone: bool = False


class HistoryState(Undoing, rx.State):
    """The page of changes, newest first."""

    status: str = "loading"
    rows: list[ChangeRow] = []
    older: str = ""
    opened: str = ""
    things: list[ThingRow] = []
    more: str = ""
    refused: Refused = Refused()
    _before: int = 0

    @rx.event
    async def load(self) -> None:
        """Shows the newest changes."""
        self._before, self.refused = 0, Refused()
        await self._read_again(await actor_of(self), await reader_of(self))

    @rx.event
    async def show_older(self) -> None:
        """Goes on below the last change in sight."""
        self._before = int(self.older) if self.older else 0
        await self._read_again(await actor_of(self), await reader_of(self))

    @rx.event
    async def toggle(self, change_id: str) -> None:
        """Shows what a change did, before and after, or hides it again."""
        closes = self.opened == change_id
        self.opened, self.things, self.more = "", [], ""
        if closes:
            return
        reader = await reader_of(self)
        try:
            wanted = read_id(change_id, "change")
            detail = await ask(await actor_of(self), find_change, wanted)
        except FinTrackError as error:
            self._warn(error, reader)
            return
        self.opened = change_id
        self.things, self.more = thing_rows(detail, reader), more_rows(detail, reader)

    def _tell(self, text: str, change_id: int = 0, undone: str = "") -> None:
        """What stood in the way of another undo is no longer of interest."""
        self.refused = Refused()
        super()._tell(text, change_id, undone)

    def _warn(self, error: FinTrackError, reader: Reader) -> None:
        """Names what stands in the way of an undo below its change."""
        super()._warn(error, reader)
        self.refused = refused_undo(error, reader)

    async def _read_again(self, actor: Actor, reader: Reader) -> None:
        try:
            found = await ask(
                actor, list_changes, before=self._before or None, limit=MOST
            )
        except Exception:  # noqa: BLE001 - the page offers a retry whatever failed
            _log.exception("The history could not be loaded.")
            self.status = "failed"
            return
        shown = found[:PAGE]
        self.rows = [change_row(change, actor, reader) for change in shown]
        self.opened, self.things, self.more = "", [], ""
        self.older = str(shown[-1].id) if len(found) > PAGE else ""
        self.status = "ready"


def change_row(change: ChangeView, actor: Actor, reader: Reader) -> ChangeRow:
    """One change for its reader; an undo is brought back at what it took back."""
    undone, again = change.undone_by is not None, change.brings_again
    return ChangeRow(
        id=str(change.id),
        name=reader.say(AGAIN) if again else name_command(change.command, reader),
        when=reader.moment(change.at),
        about=name_things(change.about, reader),
        who=_who(change, actor, reader),
        undo_id=str(change.id) if change.can_undo and change.undo_of is None else "",
        redo_id=str(change.undone_by) if undone and change.undo_of is None else "",
        is_undone=undone,
    )


def _who(change: ChangeView, actor: Actor, reader: Reader) -> str:
    if change.person_id is None:
        said = "FinTrack"
    elif change.person_id == actor.person_id:
        said = reader.say(message_id("You"))
    else:
        said = change.person_name
    return said
