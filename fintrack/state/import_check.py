"""The check of a statement: how it was read, its rows, what it would do."""

from dataclasses import replace

import reflex as rx

from fintrack.core.actor import Actor
from fintrack.core.errors import FinTrackError, Unavailable
from fintrack.core.formatting import format_number
from fintrack.core.saying import say
from fintrack.core.text import translate
from fintrack.services.commands import perform
from fintrack.services.imports.judging import Status
from fintrack.services.imports.previews import (
    PreviewChange,
    RowDecision,
    change_preview,
)
from fintrack.state import import_reading as reading
from fintrack.state import import_rows, import_view
from fintrack.state.amounts import Reader
from fintrack.state.choices import Choice
from fintrack.state.forms import errors_by_field, new_key, read_id
from fintrack.state.import_notes import notes_of
from fintrack.state.import_reading import Reading, ReadingChoices
from fintrack.state.import_rows import CheckRow, FileCheck
from fintrack.state.session import actor_of, reader_of
from fintrack.state.undoing import Undoing

FILE, CHECK, RUNNING, DONE = "file", "check", "running", "done"


class ImportCheck(Undoing, mixin=True):
    """The step in the middle; ``step`` is file, check, running or done."""

    step: str = FILE
    accounts: list[Choice] = []
    account_id: str = ""
    account_name: str = ""
    check: FileCheck = FileCheck()
    reading: Reading = Reading()
    choices: ReadingChoices = ReadingChoices()
    parts: list[Choice] = []
    part: str = ""
    notes: list[str] = []
    is_remembered: bool = False
    rows: list[CheckRow] = []
    tab: str = ""
    page_label: str = ""
    has_newer: bool = False
    has_older: bool = False
    is_correcting: bool = False
    errors: dict[str, str] = {}

    _preview_id: int = 0
    _places: list[int] = [0]
    _shown: tuple[int, str, tuple[int, ...]] = (0, "", (0,))
    _next: int = 0
    _total: int = 0
    _key: str = ""

    @rx.event
    async def choose_tab(self, value: str) -> None:
        """Shows rows of one kind, from the first on."""
        if value in import_rows.TABS:
            self.tab, self._places = value, [0]
            await self._look(await actor_of(self), await reader_of(self))

    @rx.event
    async def show_older(self) -> None:
        """The next page of rows."""
        if self.has_older:
            self._places = [*self._places, self._next]
            await self._look(await actor_of(self), await reader_of(self))

    @rx.event
    async def show_newer(self) -> None:
        """The page of rows before."""
        if self.has_newer:
            self._places = self._places[:-1]
            await self._look(await actor_of(self), await reader_of(self))

    @rx.event
    async def decide(self, number: str, take: bool) -> None:
        """Imports or skips one row."""
        reader, actor = await reader_of(self), await actor_of(self)
        try:
            decision = RowDecision(read_id(number, "number"), take)
            change = PreviewChange(self._preview_id, decisions=(decision,))
            await perform(actor, change_preview, change)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            await self._look(actor, reader)

    @rx.event
    def set_correcting(self, is_open: bool) -> None:
        """Opens and closes the form that corrects how the file is read."""
        self.is_correcting, self.errors = is_open, {}

    @rx.event
    async def correct(self, form: dict[str, str]) -> None:
        """Reads the file as the form says."""
        reader, actor = await reader_of(self), await actor_of(self)
        try:
            look = await import_view.look_at(actor, self._preview_id)
            before = look.head.mapping
            now = reading.corrected(before, form, len(self.reading.columns))
            if reading.is_cut_anew(before, now):
                await import_view.recut(actor, self._preview_id, now)
            else:
                change = PreviewChange(self._preview_id, now)
                await perform(actor, change_preview, change)
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
        else:
            self.is_correcting = False
            self._places = [0]
            await self._look(actor, reader)

    def _begin(self, preview_id: str, reader: Reader) -> None:
        """Opens the check of a file; whose it is, the look at it finds out."""
        try:
            self._preview_id = read_id(preview_id, "preview")
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            self.step, self.tab = CHECK, ""
            self._places, self._key = [0], new_key()

    async def _look(self, actor: Actor, reader: Reader) -> None:
        """Reads the preview and shows its page; an expired one ends the check.

        Where it cannot be read now, the page that is shown stays.
        """
        try:
            look = await import_view.look_at(
                actor,
                self._preview_id,
                after=self._places[-1],
                only=Status(self.tab) if self.tab else None,
            )
        except FinTrackError as error:
            shown_id, tab, places = self._shown
            if isinstance(error, Unavailable) and shown_id == self._preview_id:
                self.tab, self._places = tab, [*places]
                # It may be what the file no longer is: no yes is given to that.
                self.check = replace(self.check, can_add=False)
            else:
                self.step, self._preview_id = FILE, 0
            self._warn(error, reader)
        else:
            self._show(look, reader)

    def _show(self, look: import_view.Look, reader: Reader) -> None:
        self.step = CHECK
        self._shown = (self._preview_id, self.tab, tuple(self._places))
        self.account_id = str(look.head.account_id)
        names = {choice.value: choice.label for choice in self.accounts}
        self.account_name = names.get(self.account_id, "")
        self.is_remembered = look.head.remembered
        self.parts = import_rows.parts_of(look.head, reader)
        self.part = look.head.mapping.part
        self.choices = reading.reading_choices(reader.language)
        sample = look.sample
        if sample or not self.reading.columns:
            self.reading = reading.reading_of(
                look.head.mapping, sample, reader.language
            )
        self.notes = [say(note, reader.language) for note in look.head.notes]
        if look.view is None or look.refusal is not None:
            self._show_unreadable(look, reader)
        else:
            is_first = len(self._places) == 1 and not self.tab
            self.check = import_rows.check_of(look.view, self.account_name, reader)
            self.rows = import_rows.rows_of(look.view, reader, is_first=is_first)
            self.notes += notes_of(look.view, self.account_name, reader)
            self._total = sum(look.view.counts.values())
            self._next = look.view.next or 0
            self.has_older = look.view.next is not None
            self.has_newer = len(self._places) > 1
            self.page_label = _page_label(len(self._places), reader)

    def _show_unreadable(self, look: import_view.Look, reader: Reader) -> None:
        self.check = FileCheck(filename=look.head.filename)
        self.rows, self.has_older, self.has_newer = [], False, False
        self.page_label = ""
        if look.refusal is not None:
            said = errors_by_field(look.refusal, reader.language)
            self.notes = [*self.notes, *said.values()]


def _page_label(page: int, reader: Reader) -> str:
    number = format_number(page, reader.language, decimals=0)
    return translate("Page {n}", reader.language, n=number)
