"""The categories: two trees, and the forms to add, rename, move and merge."""

from collections.abc import Sequence
from dataclasses import replace

import reflex as rx

from fintrack.core.actor import Actor
from fintrack.core.chart import Kind
from fintrack.core.errors import FinTrackError, NotFound, StaleVersion
from fintrack.core.text import message_id, translate
from fintrack.services.commands import Done, ask, perform
from fintrack.services.ledger.categories import (
    CategoryChange,
    Merge,
    NewCategory,
    add_category,
    edit_category,
    list_categories,
    merge_category,
)
from fintrack.services.ledger.category_rows import CategoryView
from fintrack.state import category_rows
from fintrack.state.amounts import Reader
from fintrack.state.category_rows import CategoryDraft, CategoryRow
from fintrack.state.choices import Choice
from fintrack.state.forms import (
    errors_by_field,
    new_key,
    read_id,
    reason_of,
    send_again,
)
from fintrack.state.rows import Difference
from fintrack.state.session import actor_of, reader_of
from fintrack.state.undoing import Undoing

KINDS = (Kind.EXPENSE, Kind.INCOME)


class CategoriesState(Undoing, rx.State):
    """The page; ``form`` is empty, ``new``, ``edit`` or ``merge``."""

    is_loading: bool = True
    has_failed: bool = False
    failure: str = ""
    expenses: list[CategoryRow] = []
    incomes: list[CategoryRow] = []
    is_empty: bool = False

    form: str = ""
    draft: CategoryDraft = CategoryDraft()
    parents: list[Choice] = []
    targets: list[Choice] = []
    target: str = ""
    merge_text: str = ""
    errors: dict[str, str] = {}
    differences: list[Difference] = []
    form_key: str = ""

    _version: int = 0
    _theirs: int = 0

    @rx.event
    async def load(self) -> None:
        """Reads both trees."""
        await self._read_again(await actor_of(self), await reader_of(self))

    @rx.event
    async def start_new(self, kind: str) -> None:
        """Opens the form of a new category, for spending or for income."""
        reader = await reader_of(self)
        views = await self._list(reader)
        wanted = Kind(kind) if kind in KINDS else Kind.EXPENSE
        self.draft = CategoryDraft(kind=wanted)
        self.parents = category_rows.tops(views, wanted)
        self._show("new")

    @rx.event
    async def start_edit(self, category_id: str) -> None:
        """Opens the form of a category, read anew under the person's own rights."""
        reader = await reader_of(self)
        views = await self._list(reader)
        try:
            self._take(_find(views, category_id), views)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            self._show("edit")

    @rx.event
    def start_merge(self) -> None:
        """From the form of a category to the question where it should go."""
        self.target = self.merge_text = ""
        self._show("merge")

    @rx.event
    def set_form_open(self, is_open: bool) -> None:
        """Esc, the cross and a click beside the dialog close it."""
        if not is_open:
            self.form = ""

    @rx.event
    async def choose_kind(self, value: str) -> None:
        """Parents are of the same kind."""
        if value in KINDS:
            await self.start_new(value)

    @rx.event
    async def choose_target(self, value: str) -> None:
        """Says how many transactions a merge would move."""
        reader = await reader_of(self)
        views = await self._list(reader)
        self.target, self.errors = value, {}
        try:
            category, into = _find(views, self.draft.id), _find(views, value)
        except FinTrackError:
            self.merge_text = ""
        else:
            self.merge_text = category_rows.merge_text(category, into, reader)

    @rx.event
    async def save_new(self, form: dict[str, str]) -> None:
        """Adds the category."""
        reader = await reader_of(self)
        try:
            kind = Kind(self.draft.kind)
            parent = _parent_of(form.get("parent_id", ""))
            new = NewCategory(form.get("name", ""), kind, parent)
            done = await perform(
                await actor_of(self), add_category, new, key=self.form_key
            )
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
        else:
            await self._finish(done, message_id("{name} was added."), reader)

    @rx.event
    async def save_edit(self, form: dict[str, str]) -> None:
        """Renames or moves the category, unless somebody else was faster."""
        self.draft = replace(
            self.draft,
            name=form.get("name", ""),
            parent_id=form.get("parent_id", ""),
        )
        await self._save_edit()

    @rx.event
    async def keep_mine(self) -> rx.event.EventSpec | None:
        """Saves what stands in the form now over what somebody else saved."""
        if not self._theirs:
            return None
        self._version, self._theirs = self._theirs, 0
        return send_again()

    @rx.event
    async def take_theirs(self) -> None:
        """Drops what was typed for the version that somebody else saved."""
        if self._theirs:
            await self.start_edit(self.draft.id)

    @rx.event
    async def merge(self) -> None:
        """Moves everything to the chosen category."""
        reader = await reader_of(self)
        try:
            merge = Merge(
                read_id(self.draft.id, "category"),
                self._version,
                read_id(self.target, "into_id"),
            )
            done = await perform(
                await actor_of(self), merge_category, merge, key=self.form_key
            )
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
        else:
            await self._finish(done, message_id("Everything is in {name} now."), reader)

    def _show(self, form: str) -> None:
        self.form, self.errors, self.differences = form, {}, []
        self._theirs = 0
        self.form_key = new_key()

    def _take(self, view: CategoryView, views: Sequence[CategoryView]) -> None:
        self._version = view.version
        self.draft = CategoryDraft(
            id=str(view.id),
            name=view.name,
            kind=view.kind,
            parent_id=str(view.parent_id or ""),
            has_children=any(one.parent_id == view.id for one in views),
            can_merge=not view.uncategorised,
        )
        self.parents = [
            one
            for one in category_rows.tops(views, view.kind)
            if one.value != str(view.id)
        ]
        self.targets = [
            Choice(str(one.id), category_rows.path(one, views))
            for one in views
            if one.kind == view.kind and one.id != view.id
        ]

    async def _save_edit(self) -> None:
        reader, draft = await reader_of(self), self.draft
        self.errors, self.differences = {}, []
        try:
            change = CategoryChange(
                read_id(draft.id, "category"),
                self._version,
                draft.name,
                _parent_of(draft.parent_id),
            )
            done = await perform(
                await actor_of(self), edit_category, change, key=self.form_key
            )
        except StaleVersion:
            await self._show_clash(reader)
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
        else:
            await self._finish(done, message_id("{name} was saved."), reader)

    async def _show_clash(self, reader: Reader) -> None:
        """Sets what somebody else saved beside what was typed."""
        views = await self._list(reader)
        try:
            view = _find(views, self.draft.id)
        except FinTrackError as error:
            self.form = ""
            self._warn(error, reader)
            return
        self._theirs = view.version
        self.differences = category_rows.differences(self.draft, view, views, reader)
        if not self.differences:
            # Both wrote the same: nothing is lost by saving it again.
            self._version, self._theirs = self._theirs, 0
            await self._save_edit()

    async def _finish(
        self, done: Done[CategoryView], said: str, reader: Reader
    ) -> None:
        self.form = ""
        text = translate(said, reader.language, name=done.value.name)
        self._tell(text, done.change_id)
        await self._read_again(await actor_of(self), reader)

    async def _list(self, reader: Reader) -> list[CategoryView]:
        try:
            return await ask(await actor_of(self), list_categories)
        except FinTrackError as error:
            self._warn(error, reader)
            return []

    async def _read_again(self, actor: Actor, reader: Reader) -> None:
        try:
            views = await ask(actor, list_categories)
        except Exception as error:  # noqa: BLE001 - the page offers a retry whatever failed
            self.has_failed = True
            self.failure = reason_of(error, reader.language)
        else:
            self.has_failed = False
            self.expenses = category_rows.rows_of(views, Kind.EXPENSE, reader)
            self.incomes = category_rows.rows_of(views, Kind.INCOME, reader)
            self.is_empty = not views
        self.is_loading = False


def _find(views: Sequence[CategoryView], category_id: str) -> CategoryView:
    wanted = read_id(category_id, "into_id")
    found = next((view for view in views if view.id == wanted), None)
    if found is None:
        raise NotFound
    return found


def _parent_of(text: str) -> int | None:
    return read_id(text, "parent_id") if text else None
