"""What the form of a transaction holds, and the steps its handlers share."""

from dataclasses import replace

import reflex as rx

from fintrack.core import routes
from fintrack.core.errors import FinTrackError, InvalidInput, StaleVersion
from fintrack.core.formatting import currency_symbol, format_day, format_money
from fintrack.core.text import message_id
from fintrack.services.commands import Done, ask, perform, snapshot
from fintrack.services.ledger.options import list_last_used
from fintrack.services.ledger.payees import recall_payee, suggest_payees
from fintrack.services.ledger.reading import TransactionView, find_transaction
from fintrack.services.ledger.transactions import (
    TransactionChange,
    edit_transaction,
    record_transaction,
)
from fintrack.state.amounts import Reader
from fintrack.state.forms import errors_by_field, new_key, read_money
from fintrack.state.ledger_choices import (
    ChoiceGroup,
    flat,
    load_choices,
    show_choices,
)
from fintrack.state.matched import with_matched
from fintrack.state.rows import Difference, isolated
from fintrack.state.session import actor_of, reader_of
from fintrack.state.transaction_clash import differences_of
from fintrack.state.transaction_draft import (
    FIXED,
    MOVE,
    OPENING,
    Draft,
    draft_as_kept,
    draft_of,
    merged,
    with_closed,
)
from fintrack.state.transaction_entry import left_to_assign, read_entry
from fintrack.state.transaction_locks import FormLocks
from fintrack.state.transaction_memory import ALL, FormMemory
from fintrack.state.transaction_rate import FormRate
from fintrack.state.transaction_rows import main_money, sides, title
from fintrack.state.transaction_why import offer, why
from fintrack.state.transactions import TransactionsState

NEW = "new"
EDIT = "edit"
# Fields where an error takes the cursor, as they stand in the form.
PUT_RIGHT = ("amount", "category", "account", "to_account")


class FormParts(FormMemory, FormLocks, FormRate, mixin=True):
    """The vars and the inner steps of ``TransactionForm``."""

    form_key: str = ""
    result: str = ""
    left: str = ""
    is_assigned: bool = False
    why: str = ""
    why_href: str = ""
    symbol: str = ""
    to_symbol: str = ""
    payees: list[str] = []
    categories: list[ChoiceGroup] = []
    differences: list[Difference] = []
    is_asking: bool = False
    _read_only: frozenset[str] = frozenset()
    _version: int = 0
    _theirs: int = 0
    _was: int = 0
    _opened: Draft = Draft()
    _closes: bool = False

    async def _open_new(self, **texts: str) -> rx.event.EventSpec | None:
        """Opens the entry with ``texts`` in its fields.

        Without an account there is nothing to enter on: open one first.
        """
        used = await self._load_lists()
        if not self.accounts:
            return rx.redirect(routes.new_account())
        account = self._known(self.draft.account) or self._first_known(used)
        reader = await reader_of(self)
        today = format_day(reader.today, reader.language)
        empty = Draft(account=account, on_date=today)
        self._start(NEW, merged(empty, texts))
        await self._recall()
        await self._measure()
        return None

    async def _show(self, view: TransactionView) -> None:
        reader = await reader_of(self)
        self.accounts = with_closed(self.accounts, view, self._read_only, reader)
        self._start(EDIT, draft_of(view, reader.language))
        self._id, self._version = view.id, view.version
        self._was = sides(view).choice
        self._show_mark(view, reader)
        self.why, self.why_href = why(view, self.categories, reader)
        self.shows_details = bool(
            self.draft.note or self.draft.tags or self.draft.original_amount
        )
        await self._measure()

    def _start(self, mode: str, draft: Draft) -> None:
        self.mode, self.draft, self.form_key = mode, draft, new_key()
        self._opened, self.errors, self.differences = draft, {}, []
        self.result = self.left = ""
        self.rate_said = self.arrives = ""
        self.why = self.why_href = self.day_said = ""
        self._forget(draft)
        self._forget_lock()
        self.is_assigned = self.shows_details = self.is_asking = False
        self._id = self._version = self._theirs = 0

    def _close(self) -> None:
        # The account stays for the next entry, the rest does not.
        self._start("", Draft(account=self.draft.account))

    def _known(self, account_id: str) -> str:
        return account_id if account_id in self._currencies() else ""

    def _currencies(self) -> dict[str, str]:
        return {choice.value: choice.currency for choice in self.accounts}

    async def _load_lists(self) -> list[str]:
        """Reads what is offered; the accounts that the newest transaction used."""
        async with snapshot(await actor_of(self)) as books:
            choices = await load_choices(books, await reader_of(self))
            self._offer_payees(await books.ask(suggest_payees))
            used = await books.ask(list_last_used)
        show_choices(self, choices.for_entry())
        self._read_only, self._locked = choices.read_only, dict(choices.locked)
        return [str(account_id) for account_id in used]

    def _offer_payees(self, payees: list[str]) -> None:
        """The same names as before are not sent again."""
        if self.payees != payees:
            self.payees = payees

    def _first_known(self, used: list[str]) -> str:
        """The first of ``used`` that is offered, or else the first that is."""
        offered = [choice.value for choice in self.accounts]
        return next((one for one in [*used, *offered] if one in offered), "")

    async def _recall(self) -> None:
        """Takes what the last visit says, or takes back what the one before said."""
        if self.mode != NEW or self._chosen == ALL:
            return
        payee = "" if self.draft.kind == MOVE else self.draft.payee.strip()
        found = await ask(await actor_of(self), recall_payee, payee) if payee else None
        self._take_tags(found.tags if found else ())
        if found is not None and not self._known(str(found.account_id)):
            found = None
        account = self.draft.account
        self._fill(found, await reader_of(self))
        if self.draft.account != account:
            await self._measure()

    async def _measure(self) -> None:
        """Shows symbols, what a calculation gives, and what a split leaves."""
        reader = await reader_of(self)
        self._look_at_lock(reader)
        language, currencies = reader.language, self._currencies()
        currency = currencies.get(self.draft.account, "")
        target = currencies.get(self.draft.to_account, "")
        self.symbol = currency_symbol(currency, language) if currency else ""
        differs = self.draft.kind == MOVE and target not in ("", currency)
        self.to_symbol = currency_symbol(target, language) if differs else ""
        await self._propose(currency, target if differs else "", reader)
        self.result = self.left = ""
        self.is_assigned = False
        self.errors = {
            name: text
            for name, text in self.errors.items()
            if not name.startswith("share")
        }
        if not currency:
            return
        amount = self.draft.amount.strip()
        if any(sign in amount[1:] for sign in "+-*/()"):
            try:
                money = read_money(amount, currency, language)
                self.result = f"= {format_money(money, language)}"
            except InvalidInput:
                self.result = ""
        if self.draft.shares:
            left = left_to_assign(self.draft, currency, language)
            self.left = format_money(left, language) if left and left.minor else ""
            self.is_assigned = left is not None and not left.minor

    def _forget_error(self, name: str) -> None:
        """What was said of a field is over when something is chosen there."""
        self.errors = {of: text for of, text in self.errors.items() if of != name}

    def _go_to_error(self) -> rx.event.EventSpec | None:
        """Puts the cursor into the first field that is to be put right."""
        bad = next((name for name in PUT_RIGHT if self.errors.get(name)), "")
        return rx.set_focus(bad) if bad else None

    async def _follow_day(self, reader: Reader) -> None:
        self._look_at_lock(reader)
        if self.to_symbol:
            await self._measure()

    def _change_share(self, key: str, **changes: str | int) -> None:
        shares = [
            replace(share, **changes) if share.key == key else share
            for share in self.draft.shares
        ]
        self.draft = replace(self.draft, shares=shares)

    async def _save(self) -> None:
        reader = await reader_of(self)
        self.errors, self.differences = {}, []
        try:
            done = await self._write(reader)
        except StaleVersion:
            await self._show_conflict(reader, voids=False)
        except FinTrackError as error:
            self._refuse(error, reader, voids=False)
        else:
            await self._finish(done, reader)

    async def _write(self, reader: Reader) -> Done[TransactionView]:
        actor = await actor_of(self)
        kept = None
        if self.draft.kind in (FIXED, OPENING):
            kept = await ask(actor, find_transaction, self._id)
        read = read_entry(self.draft, self._currencies(), reader, kept=kept)
        entry = replace(read, unlock=self._agreed_to(reader))
        if self.mode == NEW:
            return await perform(actor, record_transaction, entry, key=self.form_key)
        change = TransactionChange(self._id, self._version, entry)
        return await perform(actor, edit_transaction, change, key=self.form_key)

    async def _finish(self, done: Done[TransactionView], reader: Reader) -> None:
        """Says what was done, and stays open for the next new one if there is one."""
        was_new, before = self.mode == NEW, self._was
        draft = self.draft
        self._close()
        offered = None if was_new else offer(done.value, before, reader)
        if was_new and not self._closes:
            following = Draft(
                kind=draft.kind, account=draft.account, on_date=draft.on_date
            )
            self._start(NEW, following)
            self._offer_payees(await ask(await actor_of(self), suggest_payees))
            await self._measure()
        await self._tell(message_id("{name}, {amount}: saved."), done, reader)
        listed = await self.get_state(TransactionsState)
        listed.offer, listed.offer_href = offered or ("", "")

    async def _tell(
        self, message: str, done: Done[TransactionView], reader: Reader
    ) -> None:
        amount = format_money(main_money(done.value), reader.language)
        text = reader.say(
            message, name=title(done.value, reader), amount=isolated(amount)
        )
        text = with_matched(text, done.value.matched, reader)
        listed = await self.get_state(TransactionsState)
        listed._tell(text, done.change_id)  # noqa: SLF001 - a public method would be a remote call
        await listed._read()  # noqa: SLF001 - as above

    async def _show_conflict(self, reader: Reader, *, voids: bool) -> None:
        """Sets what somebody else saved beside what was to be saved, or made void."""
        try:
            theirs = await ask(await actor_of(self), find_transaction, self._id)
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
            return
        self._theirs, self._voids = theirs.version, voids
        if theirs.voided_at is not None:
            state = reader.say("This transaction is void.")
            self.differences, self._theirs = [Difference("", "", state)], 0
            return
        mine, offered = self._opened, (*self.accounts, *flat(self.categories))
        if not voids:
            entry = read_entry(self.draft, self._currencies(), reader, kept=theirs)
            mine = draft_as_kept(self.draft.kind, entry, reader.language)
        self.differences = differences_of(mine, theirs, offered, reader)
        if not self.differences:
            # Both say the same: nothing is lost by doing it again.
            await self._repeat()

    async def _repeat(self) -> None:
        """Does over the newer version what it stood in the way of."""
        self._version, self._theirs = self._theirs, 0
        await (self._void() if self._voids else self._save())
