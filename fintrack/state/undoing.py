"""What every page that changes something has: its notice, and Undo in it."""

import reflex as rx

from fintrack.core.actor import Actor
from fintrack.core.errors import FinTrackError
from fintrack.core.undo_faults import AlreadyUndone
from fintrack.services.changes import ChangeView, undo_change
from fintrack.services.commands import Done, ask, perform
from fintrack.services.last_deed import find_last_deed
from fintrack.state.amounts import Reader
from fintrack.state.change_rows import name_change
from fintrack.state.forms import errors_by_field, new_key, read_id
from fintrack.state.matched import with_matched
from fintrack.state.rows import Notice
from fintrack.state.session import actor_of, reader_of
from fintrack.state.undo_rows import first_in_the_way


class Undoing(rx.State, mixin=True):
    """A page's toast; the state that takes this in says how it reads itself again."""

    notice: Notice = Notice()

    _undone: str = ""

    @rx.event
    async def undo(self, change_id: str) -> None:
        """Takes a change back; its own notice offers to bring it again."""
        reader, actor = await reader_of(self), await actor_of(self)
        try:
            wanted = read_id(change_id, "change")
            done = await perform(actor, undo_change, wanted)
        except AlreadyUndone as error:
            # The second press of the button: what it asks for is so.
            if change_id != self._undone:
                self._warn(error, reader)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            again = done.value.brings_again
            self._undone = change_id
            said = reader.say("Done again.") if again else reader.say("Taken back.")
            self._tell_undone(said, done, reader)
        await self._read_again(actor, reader)

    @rx.event
    async def undo_last(self) -> None:
        """Takes the person's last change back, and says which one it was."""
        reader, actor = await reader_of(self), await actor_of(self)
        try:
            deed = await ask(actor, find_last_deed)
            if deed is None:
                self._tell(reader.say("There is nothing to take back."))
                return
            done = await perform(actor, undo_change, deed.change_id)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            name = name_change(deed.command, deed.about, reader)
            said = reader.say("Taken back: {change}", change=name)
            self._tell_undone(said, done, reader)
        await self._read_again(actor, reader)

    def _tell_undone(self, said: str, done: Done[ChangeView], reader: Reader) -> None:
        text = with_matched(said, done.value.matched, reader)
        self._tell(text, done.change_id, undone=str(done.value.origin))

    def _tell(self, text: str, change_id: int = 0, undone: str = "") -> None:
        """Shows what was done, with Undo where there is a change set."""
        change = str(change_id) if change_id else ""
        self.notice = Notice(id=new_key(), text=text, change=change, undone=undone)

    def _warn(self, error: FinTrackError, reader: Reader) -> None:
        """Shows why something was not done; it stays until it is closed."""
        said = errors_by_field(error, reader.language).values()
        text = " ".join(filter(None, (*said, first_in_the_way(error, reader))))
        self.notice = Notice(id=new_key(), text=text, tone="bad")

    async def _read_again(self, actor: Actor, reader: Reader) -> None:
        """Reads what the page shows anew."""
        raise NotImplementedError
