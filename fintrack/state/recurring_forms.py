"""The form of what comes again: added, edited, ended."""

from dataclasses import replace

import reflex as rx

from fintrack.core.actor import Actor
from fintrack.core.errors import FinTrackError, StaleVersion
from fintrack.core.recurrence import Pattern
from fintrack.core.text import message_id
from fintrack.services.commands import Done, ask, perform, snapshot
from fintrack.services.recurring.item_rows import ItemView
from fintrack.services.recurring.items import (
    ItemChange,
    ItemEnd,
    add_item,
    edit_item,
    end_item,
    find_item,
)
from fintrack.state.amounts import Reader
from fintrack.state.forms import (
    errors_by_field,
    new_key,
    read_id,
    send_again,
)
from fintrack.state.ledger_choices import (
    Choice,
    ChoiceGroup,
    flat,
    load_choices,
    show_choices,
)
from fintrack.state.recurring_clash import differences_of
from fintrack.state.recurring_draft import (
    ItemDraft,
    draft_of,
    new_draft,
    read_item,
    tidied,
    typed,
)
from fintrack.state.recurring_rows import WaitRow
from fintrack.state.rows import Difference
from fintrack.state.session import actor_of, reader_of
from fintrack.state.transaction_draft import KINDS
from fintrack.state.undoing import Undoing


class RecurringForms(Undoing, mixin=True):
    """One dialog for a new item and for one that is there.

    ``waits`` says that a date of it is among those in ``waiting``, which want a yes.
    """

    waiting: list[WaitRow] = []
    waits: bool = False
    is_form_open: bool = False
    draft: ItemDraft = ItemDraft()
    accounts: list[Choice] = []
    categories: list[ChoiceGroup] = []
    errors: dict[str, str] = {}
    differences: list[Difference] = []
    form_key: str = ""

    _version: int = 0
    _theirs: int = 0

    @rx.event
    async def start_new(self) -> None:
        """Opens the form of a bill of each month."""
        reader = await reader_of(self)
        await self._offer(await actor_of(self), reader)
        first = self.accounts[0].value if self.accounts else ""
        self._show(new_draft(reader.today, first))

    @rx.event
    async def start_edit(self, item_id: str) -> None:
        """Opens the form of an item, read anew under the person's own rights."""
        reader, actor = await reader_of(self), await actor_of(self)
        try:
            item = await ask(actor, find_item, read_id(item_id, "item"))
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            await self._offer(actor, reader)
            self._version = item.version
            self._show(draft_of(item, reader.language))
            self.waits = any(row.item_id == self.draft.id for row in self.waiting)

    @rx.event
    def set_form_open(self, is_open: bool) -> None:
        """Esc, the cross and a click beside the dialog close it."""
        if not is_open:
            self.is_form_open = False

    @rx.event
    def choose_kind(self, value: str) -> None:
        """An expense, an income or a transfer."""
        if value in KINDS:
            self.draft = replace(self.draft, kind=value)

    @rx.event
    def choose_pattern(self, value: str) -> None:
        """Which fields say the day."""
        if value in set(Pattern):
            self.draft = replace(self.draft, pattern=value)

    @rx.event
    async def save(self, form: dict[str, str | bool | None]) -> None:
        """Adds the item, or keeps its new words unless somebody else was faster.

        A box comes as a boolean, a field that is not on the page as None.
        """
        self.draft = typed(self.draft, form)
        await self._save()

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
    async def end(self) -> None:
        """Nothing is due after today; Undo brings it back."""
        reader, actor = await reader_of(self), await actor_of(self)
        try:
            wanted = read_id(self.draft.id, "item")
            end = ItemEnd(wanted, self._version, reader.today)
            done = await perform(actor, end_item, end, key=self.form_key)
        except StaleVersion as error:
            await self._show_clash(actor, reader)
            if not self.differences:
                self.errors = errors_by_field(error, reader.language)
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
        else:
            await self._finish(done, message_id("{name} ends today."), reader)

    async def _save(self) -> None:
        reader, actor = await reader_of(self), await actor_of(self)
        self.errors, self.differences = {}, []
        try:
            done = await self._perform(actor, reader)
        except StaleVersion:
            await self._show_clash(actor, reader)
            if not self.differences:
                # Both wrote the same: nothing is lost by saving it again.
                self._version, self._theirs = self._theirs, 0
                await self._save()
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
        else:
            said = (
                message_id("{name} was saved.")
                if self.draft.id
                else message_id("{name} was added.")
            )
            await self._finish(done, said, reader)

    async def _show_clash(self, actor: Actor, reader: Reader) -> None:
        """Sets what somebody else saved beside what stands in the form."""
        try:
            item = await ask(actor, find_item, read_id(self.draft.id, "item"))
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
            return
        self._theirs = item.version
        offered = (*self.accounts, *flat(self.categories))
        mine = tidied(self.draft, self.accounts, reader.language)
        theirs = draft_of(item, reader.language)
        self.differences = differences_of(mine, theirs, offered, reader)

    async def _perform(self, actor: Actor, reader: Reader) -> Done[ItemView]:
        new = read_item(self.draft, self.accounts, reader.language)
        if not self.draft.id:
            return await perform(actor, add_item, new, key=self.form_key)
        change = ItemChange(read_id(self.draft.id, "item"), self._version, new)
        return await perform(actor, edit_item, change, key=self.form_key)

    async def _offer(self, actor: Actor, reader: Reader) -> None:
        async with snapshot(actor) as books:
            choices = await load_choices(books, reader)
        show_choices(self, choices.for_entry())

    def _show(self, draft: ItemDraft) -> None:
        self.draft, self.errors, self.differences = draft, {}, []
        self._theirs, self.waits = 0, False
        self.form_key = new_key()
        self.is_form_open = True

    async def _finish(self, done: Done[ItemView], said: str, reader: Reader) -> None:
        self.is_form_open = False
        self._tell(reader.say(said, name=done.value.name), done.change_id)
        await self._read_again(await actor_of(self), reader)
