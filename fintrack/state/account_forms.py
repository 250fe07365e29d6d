"""The forms of an account: open, edit, close; used by its list and by its page."""

from dataclasses import dataclass

import reflex as rx

from fintrack.core.chart import AccountType, Kind
from fintrack.core.currency import find_currency
from fintrack.core.errors import FinTrackError, InvalidInput, StaleVersion
from fintrack.core.formatting import currency_symbol, format_money
from fintrack.core.money import Money
from fintrack.core.text import message_id, translate
from fintrack.services.commands import Done, ask, perform
from fintrack.services.ledger.accounts import (
    AccountChange,
    AccountMark,
    AccountView,
    NewAccount,
    close_account,
    edit_account,
    find_account,
    open_account,
    reopen_account,
)
from fintrack.state.amounts import Reader
from fintrack.state.choices import Choice, currency_choices
from fintrack.state.forms import (
    Findings,
    errors_by_field,
    new_key,
    read_day,
    read_id,
    read_money,
)
from fintrack.state.rows import isolated
from fintrack.state.session import actor_of, reader_of
from fintrack.state.undoing import Undoing


@dataclass(frozen=True)
class AccountDraft:
    """What the form shows: a new account, or one that is edited."""

    id: str = ""
    name: str = ""
    note: str = ""
    type: str = AccountType.CHECKING
    currency: str = ""
    symbol: str = ""
    opened_on: str = ""
    is_owed: bool = False
    can_close: bool = False
    close_text: str = ""


class AccountForms(Undoing, mixin=True):
    """Opens, edits, closes and reopens; ``form`` says which dialog is open.

    ``form`` is empty, ``new``, ``edit`` or ``close``.
    """

    form: str = ""
    draft: AccountDraft = AccountDraft()
    currencies: list[Choice] = []
    errors: dict[str, str] = {}
    clash: str = ""

    _key: str = ""
    _version: int = 0

    @rx.event
    async def start_new(self) -> None:
        """Opens the form of a new account."""
        reader = await reader_of(self)
        self.currencies = currency_choices(reader)
        self.draft = _draft_of_type(
            AccountDraft(opened_on=reader.today.isoformat()),
            AccountType.CHECKING,
            reader.base_currency,
            reader.language,
        )
        self._show("new")

    @rx.event
    async def start_edit(self, account_id: str) -> None:
        """Opens the form of an account, read anew under the person's own rights."""
        reader = await reader_of(self)
        try:
            wanted = read_id(account_id, "account")
            view = await ask(await actor_of(self), find_account, wanted)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            self._take(view, reader)
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
            self.draft = _draft_of_type(
                self.draft, AccountType(value), self.draft.currency, reader.language
            )

    @rx.event
    async def choose_currency(self, value: str) -> None:
        """The currency's sign stands before the opening balance."""
        if value in {choice.value for choice in self.currencies}:
            reader = await reader_of(self)
            kind = AccountType(self.draft.type)
            self.draft = _draft_of_type(self.draft, kind, value, reader.language)

    @rx.event
    async def save_new(self, form: dict[str, str]) -> None:
        """Opens the account as the form says."""
        reader = await reader_of(self)
        try:
            new = _read_new(form, reader.language)
            done = await perform(await actor_of(self), open_account, new, key=self._key)
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
        else:
            await self._finish(done, message_id("{name} was added."), reader)

    @rx.event
    async def save_edit(self, form: dict[str, str]) -> None:
        """Keeps the new name and note, unless somebody else was faster."""
        reader = await reader_of(self)
        name, note = form.get("name", ""), form.get("note", "")
        try:
            account_id = read_id(self.draft.id, "account")
            change = AccountChange(account_id, self._version, name, note)
            done = await perform(
                await actor_of(self), edit_account, change, key=self._key
            )
        except StaleVersion:
            await self._show_clash(name, reader)
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
        else:
            await self._finish(done, message_id("{name} was saved."), reader)

    @rx.event
    async def close(self) -> None:
        """Closes the account; its history stays."""
        reader = await reader_of(self)
        try:
            mark = AccountMark(read_id(self.draft.id, "account"), self._version)
            done = await perform(
                await actor_of(self), close_account, mark, reader.today, key=self._key
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
        self.form, self.errors, self.clash = form, {}, ""
        self._key = new_key()

    def _take(self, view: AccountView, reader: Reader) -> None:
        self._version = view.version
        self.draft = AccountDraft(
            id=str(view.id),
            name=view.name,
            note=view.note,
            type=view.type,
            currency=view.currency,
            is_owed=view.kind == Kind.LIABILITY,
            can_close=not view.balance.minor,
            close_text=_close_text(view, reader),
        )

    async def _show_clash(self, typed: str, reader: Reader) -> None:
        """Shows both versions; saving again is then a choice, not an accident."""
        account_id = read_id(self.draft.id, "account")
        view = await ask(await actor_of(self), find_account, account_id)
        self._take(view, reader)
        self._show("edit")
        self.clash = translate(
            "Somebody changed this account in the meantime. It is called “{theirs}” "
            "now, you typed “{yours}”. Save again to keep yours.",
            reader.language,
            theirs=view.name,
            yours=typed,
        )

    async def _finish(self, done: Done[AccountView], said: str, reader: Reader) -> None:
        self.form = ""
        self._tell(reader.say(said, name=done.value.name), done.change_id)
        await self._read_again(await actor_of(self), reader)


def _draft_of_type(
    draft: AccountDraft, kind: AccountType, currency: str, language: str
) -> AccountDraft:
    return AccountDraft(
        id=draft.id,
        opened_on=draft.opened_on,
        type=kind,
        currency=currency,
        symbol=currency_symbol(currency, language),
        is_owed=kind.kind is Kind.LIABILITY,
    )


def _close_text(view: AccountView, reader: Reader) -> str:
    if view.balance.minor:
        return translate(
            "There is still {amount} on {name}. Only an empty account can be closed: "
            "move it to another account first.",
            reader.language,
            amount=isolated(format_money(view.balance, reader.language)),
            name=view.name,
        )
    return translate(
        "{name} leaves the lists. Its transactions stay, and you can open it again.",
        reader.language,
        name=view.name,
    )


def _read_new(values: dict[str, str], language: str) -> NewAccount:
    """The account that the form describes; all that is wrong is said at once.

    What somebody owes is typed as a positive number and kept as a negative balance.
    """
    findings = Findings()
    kind = AccountType.CHECKING
    opening, opened_on = None, None
    try:
        kind = _read_type(values.get("type", ""))
    except InvalidInput as error:
        findings.note(error, "type")
    try:
        opening = _read_opening(values, language)
    except InvalidInput as error:
        findings.note(error, error.problems[0].field)
    try:
        opened_on = read_day(values.get("opened_on", ""), "opened_on")
    except InvalidInput as error:
        findings.note(error, "opened_on")
    findings.check()
    if opening is None or opened_on is None:
        raise InvalidInput
    return NewAccount(
        name=values.get("name", ""),
        type=kind,
        opening=-opening if kind.kind is Kind.LIABILITY else opening,
        opened_on=opened_on,
        note=values.get("note", ""),
    )


def _read_type(text: str) -> AccountType:
    if text not in set(AccountType):
        raise InvalidInput("Please choose one.", field="type")
    return AccountType(text)


def _read_opening(values: dict[str, str], language: str) -> Money:
    currency = find_currency(values.get("currency", "")).code
    typed = values.get("opening", "").strip() or "0"
    return read_money(typed, currency, language, "opening")
