"""The forms of an account: open, edit, close; used by its list and by its page."""

from dataclasses import replace

import reflex as rx

from fintrack.core import routes
from fintrack.core.chart import AccountType
from fintrack.core.currency import find_current
from fintrack.core.errors import FinTrackError, InvalidInput, StaleVersion
from fintrack.core.text import message_id
from fintrack.services.commands import Done, ask, perform, snapshot
from fintrack.services.ledger.account_rows import AccountView
from fintrack.services.ledger.accounts import (
    AccountMark,
    close_account,
    edit_account,
    find_account,
    open_account,
    reopen_account,
)
from fintrack.services.ledger.openings import find_opening
from fintrack.state.account_draft import (
    AccountDraft,
    closed_on,
    draft_of,
    draft_of_type,
)
from fintrack.state.account_entry import read_edit, read_new
from fintrack.state.amounts import Reader
from fintrack.state.currency_offers import CurrencyOffers
from fintrack.state.forms import (
    errors_by_field,
    new_key,
    read_id,
    send_again,
)
from fintrack.state.rows import Difference
from fintrack.state.session import actor_of, reader_of
from fintrack.state.undoing import Undoing


class AccountForms(Undoing, CurrencyOffers, mixin=True):
    """Opens, edits, closes and reopens; ``form`` says which dialog is open.

    ``form`` is empty, ``new``, ``edit`` or ``close``.
    """

    form: str = ""
    draft: AccountDraft = AccountDraft()
    errors: dict[str, str] = {}
    differences: list[Difference] = []
    form_key: str = ""

    _version: int = 0
    _theirs: int = 0
    _sent: dict[str, str] = {}

    @rx.event
    async def start_new(self) -> None:
        """Opens the form of a new account."""
        reader = await reader_of(self)
        self.draft = draft_of_type(
            AccountDraft(opened_on=reader.today.isoformat()),
            AccountType.CHECKING,
            reader.base_currency,
            reader,
        )
        self._show("new")

    @rx.event
    async def start_edit(self, account_id: str) -> None:
        """Opens the form of an account, read anew under the person's own rights."""
        reader = await reader_of(self)
        try:
            wanted = read_id(account_id, "account")
            async with snapshot(await actor_of(self)) as books:
                view = await books.ask(find_account, wanted)
                opening = await books.ask(find_opening, wanted)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            self._version, self.draft = view.version, draft_of(view, opening, reader)
            self._show("edit")

    @rx.event
    def ask_close(self) -> None:
        """From the form of an account to the question whether to close it."""
        self._show("close")

    @rx.event
    def set_form_open(self, is_open: bool) -> None:
        """Esc, the cross and a click beside the dialog close it."""
        if not is_open:
            self.form = ""

    @rx.event
    async def choose_type(self, value: str) -> None:
        """The type says whether the opening balance is owned or owed."""
        if value in set(AccountType):
            reader = await reader_of(self)
            self.draft = draft_of_type(
                self.draft, AccountType(value), self.draft.currency, reader
            )

    @rx.event
    async def choose_currency(self, value: str) -> None:
        """The currency's sign stands before the opening balance."""
        kind = AccountType(self.draft.type)
        try:
            code = find_current(value).code
        except InvalidInput:
            return
        self.draft = draft_of_type(self.draft, kind, code, await reader_of(self))

    @rx.event
    async def save_new(self, form: dict[str, str]) -> rx.event.EventSpec | None:
        """Opens the account as the form says; whoever came to import goes on there."""
        reader = await reader_of(self)
        try:
            new = read_new(form, reader.language)
            done = await perform(
                await actor_of(self), open_account, new, key=self.form_key
            )
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
            return None
        await self._finish(done, message_id("{name} was added."), reader)
        if self.router.url.query_parameters.get("then") == routes.THEN_IMPORT:
            return rx.redirect(routes.importing(str(done.value.id)))
        return None

    @rx.event
    async def save_edit(self, form: dict[str, str | None]) -> None:
        """Keeps what the form says, unless somebody else was faster.

        A field that does not stand in the form is None.
        """
        self._sent = {name: text for name, text in form.items() if text is not None}
        name, note = self._sent.get("name", ""), self._sent.get("note", "")
        self.draft = replace(self.draft, name=name, note=note)
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
    async def close(self) -> None:
        """Closes the account; its history stays."""
        reader = await reader_of(self)
        try:
            mark = AccountMark(read_id(self.draft.id, "account"), self._version)
            done = await perform(
                await actor_of(self),
                close_account,
                mark,
                reader.today,
                key=self.form_key,
            )
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
        else:
            await self._finish(done, message_id("{name} was closed."), reader)

    @rx.event
    async def reopen(self, account_id: str) -> None:
        """Opens a closed account again."""
        reader = await reader_of(self)
        actor = await actor_of(self)
        try:
            view = await ask(actor, find_account, read_id(account_id, "account"))
            mark = AccountMark(view.id, view.version)
            done = await perform(actor, reopen_account, mark)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            await self._finish(done, message_id("{name} is open again."), reader)

    def _show(self, form: str) -> None:
        self.form, self.errors, self.differences = form, {}, []
        self._theirs = 0
        self.form_key = new_key()

    async def _save_edit(self) -> None:
        reader, draft = await reader_of(self), self.draft
        self.errors, self.differences = {}, []
        try:
            change = read_edit(self._sent, draft, self._version, reader.language)
            done = await perform(
                await actor_of(self), edit_account, change, key=self.form_key
            )
        except StaleVersion:
            await self._show_clash(reader)
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
        else:
            await self._finish(done, message_id("{name} was saved."), reader)

    async def _show_clash(self, reader: Reader) -> None:
        """Sets what somebody else saved beside what was typed."""
        try:
            account_id = read_id(self.draft.id, "account")
            view = await ask(await actor_of(self), find_account, account_id)
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
            return
        self._theirs = view.version
        fields = (
            (reader.say("Name"), self.draft.name, view.name),
            (reader.say("Note"), self.draft.note, view.note),
            (reader.say("Closed on"), self.draft.closed_on, closed_on(view, reader)),
        )
        self.differences = [
            Difference(label, mine, theirs)
            for label, mine, theirs in fields
            if mine != theirs
        ]
        if not self.differences:
            # Both wrote the same: nothing is lost by saving it again.
            self._version, self._theirs = self._theirs, 0
            await self._save_edit()

    async def _finish(self, done: Done[AccountView], said: str, reader: Reader) -> None:
        self.form = ""
        self._tell(reader.say(said, name=done.value.name), done.change_id)
        await self._read_again(await actor_of(self), reader)
