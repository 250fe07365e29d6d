"""The tags: their list, and the form that renames, merges or removes one."""

from collections.abc import Sequence

import reflex as rx

from fintrack.core.actor import Actor
from fintrack.core.errors import FinTrackError, NotFound, StaleVersion
from fintrack.services.commands import ask, perform
from fintrack.services.tags.keeping import (
    TagMark,
    TagName,
    TagView,
    list_tags,
    remove_tag,
    rename_tag,
)
from fintrack.services.tags.merging import TagMerge, merge_tag
from fintrack.state.amounts import Reader
from fintrack.state.choices import Choice
from fintrack.state.forms import errors_by_field, new_key, read_id, reason_of
from fintrack.state.session import actor_of, reader_of
from fintrack.state.tag_rows import TagRow, tag_rows, uses
from fintrack.state.tags_merging import TagsMerging

EDIT, MERGE, REMOVE = "edit", "merge", "remove"


class TagsState(TagsMerging, rx.State):
    """The page; ``form`` is empty (closed), ``edit``, ``merge`` or ``remove``."""

    is_loading: bool = True
    has_failed: bool = False
    failure: str = ""
    rows: list[TagRow] = []
    has_several: bool = False
    form: str = ""
    form_key: str = ""
    name: str = ""
    touched: str = ""
    targets: list[Choice] = []
    target: str = ""
    errors: dict[str, str] = {}

    _id: int = 0
    _version: int = 0

    @rx.event
    async def load(self) -> None:
        """Reads the list."""
        self.form, self.is_merging = "", False
        await self._read_again(await actor_of(self), await reader_of(self))

    @rx.event
    async def start_edit(self, tag_id: str) -> None:
        """Opens the form of a tag, read anew."""
        reader = await reader_of(self)
        try:
            views = await ask(await actor_of(self), list_tags)
            self._take(_find(views, tag_id), views, reader)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            self._show(EDIT)

    @rx.event
    def start_merge(self) -> None:
        """From the form of a tag to the question which one takes its place."""
        if self.form:
            self._show(MERGE)

    @rx.event
    def start_remove(self) -> None:
        """From the form of a tag to the question whether it goes."""
        if self.form:
            self._show(REMOVE)

    @rx.event
    def set_form_open(self, is_open: bool) -> None:
        """Esc, the cross and a click beside the dialog close it."""
        if not is_open:
            self.form = ""

    @rx.event
    def choose_target(self, value: str) -> None:
        """The tag that takes the place of this one."""
        self.target, self.errors = value, {}

    @rx.event
    async def rename(self, form: dict[str, str | None]) -> None:
        """Gives the tag another name."""
        self.name = form.get("name") or ""
        if self.form == EDIT:
            await self._do(EDIT)

    @rx.event
    async def merge(self) -> None:
        """Puts the chosen tag in the place of this one."""
        if self.form == MERGE:
            await self._do(MERGE)

    @rx.event
    async def remove(self) -> None:
        """Takes the tag off everything."""
        if self.form == REMOVE:
            await self._do(REMOVE)

    def _show(self, form: str) -> None:
        self.form, self.errors, self.form_key = form, {}, new_key()
        self.target = ""

    def _take(self, view: TagView, views: Sequence[TagView], reader: Reader) -> None:
        self._id, self._version = view.id, view.version
        self.name, self.touched = view.name, uses(view, reader)
        self.targets = [
            Choice(str(one.id), f"#{one.name}") for one in views if one.id != view.id
        ]

    async def _do(self, deed: str) -> None:
        """Sends the form, and tells what was done or what is wrong with it."""
        reader, actor = await reader_of(self), await actor_of(self)
        try:
            text, change_id = await self._send(deed, actor, reader)
        except (StaleVersion, NotFound) as error:
            # Nothing was typed that would be lost: the list shows what is there now.
            self.form = ""
            self._warn(error, reader)
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
            return
        else:
            self.form = ""
            self._tell(text, change_id)
        await self._read_again(actor, reader)

    async def _send(self, deed: str, actor: Actor, reader: Reader) -> tuple[str, int]:
        key, mark = self.form_key, TagMark(self._id, self._version)
        if deed == EDIT:
            name = TagName(mark.tag_id, mark.version, self.name)
            renamed = await perform(actor, rename_tag, name, key=key)
            text = reader.say("The tag is called #{name} now.", name=renamed.value.name)
            return text, renamed.change_id
        if deed == MERGE:
            into = read_id(self.target, "into_id")
            merge = TagMerge(mark.tag_id, mark.version, into)
            merged = await perform(actor, merge_tag, merge, key=key)
            text = reader.say("Everything has #{name} now.", name=merged.value.name)
            return text, merged.change_id
        removed = await perform(actor, remove_tag, mark, key=key)
        text = reader.say("#{name} was removed.", name=self.name)
        off = removed.value.rules_off
        if off:
            text += " " + reader.count(
                "{n} rule did nothing else and is off now.",
                "{n} rules did nothing else and are off now.",
                off,
            )
        return text, removed.change_id

    async def _read_again(self, actor: Actor, reader: Reader) -> None:
        try:
            views = await ask(actor, list_tags)
        except Exception as error:  # noqa: BLE001 - the page offers a retry whatever failed
            self.has_failed = True
            self.failure = reason_of(error, reader.language)
        else:
            self.has_failed = False
            self.rows = tag_rows(views, reader)
            self.has_several = len(views) > 1
        self.is_loading = False


def _find(views: Sequence[TagView], tag_id: str) -> TagView:
    wanted = read_id(tag_id, "form")
    found = next((view for view in views if view.id == wanted), None)
    if found is None:
        raise NotFound
    return found
