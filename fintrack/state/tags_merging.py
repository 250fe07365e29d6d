"""Several tags become one: picked in a dialog, merged in one step."""

from dataclasses import dataclass, replace

import reflex as rx

from fintrack.core.errors import FinTrackError, NotFound, StaleVersion
from fintrack.services.commands import ask, perform
from fintrack.services.tags.keeping import TagMark, list_tags
from fintrack.services.tags.merging import TagsMerge, merge_tags
from fintrack.state.forms import errors_by_field, new_key, read_id
from fintrack.state.session import actor_of, reader_of
from fintrack.state.tag_rows import uses
from fintrack.state.undoing import Undoing


@dataclass(frozen=True)
class MergeRow:
    """A tag that may go, or be the one that stays."""

    id: str
    name: str
    detail: str
    is_picked: bool = False


class TagsMerging(Undoing, mixin=True):
    """The dialog; it shows the tags as they were when it opened."""

    is_merging: bool = False
    merge_rows: list[MergeRow] = []
    merge_into: str = ""
    merge_errors: dict[str, str] = {}

    _merge_key: str = ""
    _versions: dict[str, int] = {}

    @rx.event
    async def start_merging(self) -> None:
        """Opens the dialog with the tags as they are now."""
        reader = await reader_of(self)
        try:
            views = await ask(await actor_of(self), list_tags)
        except FinTrackError as error:
            self._warn(error, reader)
            return
        self.merge_rows = [
            MergeRow(str(view.id), f"#{view.name}", uses(view, reader))
            for view in views
        ]
        self._versions = {str(view.id): view.version for view in views}
        self.merge_into, self.merge_errors, self._merge_key = "", {}, new_key()
        self.is_merging = True

    @rx.event
    def set_merging(self, is_open: bool) -> None:
        """Esc, the cross and a click beside the dialog close it."""
        if not is_open:
            self.is_merging = False

    @rx.event
    def pick(self, tag_id: str) -> None:
        """Takes a tag to those that go, or leaves it again."""
        self.merge_rows = [
            replace(row, is_picked=not row.is_picked) if row.id == tag_id else row
            for row in self.merge_rows
        ]
        self.merge_errors = {}

    @rx.event
    def choose_into(self, value: str) -> None:
        """The tag that stays."""
        self.merge_into, self.merge_errors = value, {}

    @rx.event
    async def merge_picked(self) -> None:
        """Puts the chosen tag in the place of the picked ones."""
        if not self.is_merging:
            return
        reader, actor = await reader_of(self), await actor_of(self)
        try:
            done = await perform(actor, merge_tags, self._asked(), key=self._merge_key)
        except (StaleVersion, NotFound) as error:
            # Nothing was typed that would be lost: the list shows what is there now.
            self.is_merging = False
            self._warn(error, reader)
        except FinTrackError as error:
            self.merge_errors = errors_by_field(error, reader.language)
            return
        else:
            self.is_merging = False
            said = reader.say("Everything has #{name} now.", name=done.value.name)
            self._tell(said, done.change_id)
        await self._read_again(actor, reader)

    def _asked(self) -> TagsMerge:
        """What the dialog says; the one that stays may be picked too."""
        into = read_id(self.merge_into, "into_id")
        marks = tuple(
            TagMark(int(row.id), self._versions[row.id])
            for row in self.merge_rows
            if row.is_picked and row.id != self.merge_into
        )
        return TagsMerge(marks, into)
