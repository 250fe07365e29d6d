"""The form of a transaction: quick entry, edit, split, transfer, void."""

from dataclasses import replace

import reflex as rx

from fintrack.core import routes
from fintrack.core.errors import FinTrackError, StaleVersion
from fintrack.core.text import message_id, translate
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.reading import find_transaction
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from fintrack.state.adding import filled
from fintrack.state.attachments import AttachmentsState
from fintrack.state.forms import (
    errors_by_field,
    new_key,
    read_id,
    read_money,
    send_again,
)
from fintrack.state.session import actor_of, reader_of
from fintrack.state.transaction_draft import (
    IN,
    KINDS,
    MOVE,
    OUT,
    Share,
    merged,
    money_text,
)
from fintrack.state.transaction_entry import left_to_assign
from fintrack.state.transaction_filters import read_address
from fintrack.state.transaction_form_parts import EDIT
from fintrack.state.transaction_templates import FormTemplates
from fintrack.state.transactions import TransactionsState

MAX_SHARES = 30
"""More shares come by import or REST; a form of thirty is long enough."""


class TransactionForm(FormTemplates, rx.State):
    """One form at a time: ``mode`` is empty (closed), ``new`` or ``edit``.

    Fields that somebody types in are the browser's until the form is sent; what is
    chosen from a list lives here, because memory may fill it.
    """

    @rx.event
    async def load(self) -> rx.event.EventSpec | None:
        """Opens the entry when the address asks for it."""
        asked = self.router.url.query_parameters
        if asked.get("new") != "1":
            return None
        if template := asked.get("template"):
            elsewhere = await self._open_from(template, filled(asked))
        else:
            elsewhere = await self._open_new(**filled(asked))
        # A reload, or Back, would fill in again what may be saved by then.
        kept = routes.transactions(**read_address(asked).address)
        return elsewhere or rx.redirect(kept, replace=True)

    @rx.event
    async def open_new(self) -> rx.event.EventSpec | None:
        """Opens the entry for a new transaction."""
        return await self._open_new()

    @rx.event
    async def open_edit(self, transaction_id: str) -> None:
        """Opens a transaction of the list; one that is void to be read only."""
        reader = await reader_of(self)
        try:
            wanted = read_id(transaction_id, "form")
            view = await ask(await actor_of(self), find_transaction, wanted)
        except FinTrackError as error:
            listed = await self.get_state(TransactionsState)
            listed._warn(error, reader)  # noqa: SLF001 - a public method would be a remote call
            return
        attachments = await self.get_state(AttachmentsState)
        if view.voided_at is not None:
            await attachments._show_void(view)  # noqa: SLF001 - as above
        else:
            await self._load_lists()
            await self._show(view)
            await attachments._show(view.id)  # noqa: SLF001 - as above

    @rx.event
    def close(self) -> None:
        """Closes without saving."""
        self._close()

    @rx.event
    def set_open(self, is_open: bool) -> None:
        """The dialog asks to be closed."""
        if not is_open:
            self._step_back()

    @rx.event
    async def choose_kind(self, kind: str) -> None:
        """Expense, income or transfer."""
        if kind in KINDS:
            shares = [] if kind == MOVE else self.draft.shares
            self.draft = replace(self.draft, shares=shares)
            self._choose(kind=kind)
            self.errors = {}
            self._look_at_lock(await reader_of(self))
            await self._recall()

    @rx.event
    async def choose_account(self, account_id: str) -> None:
        """The account that pays or gets it."""
        self._choose(account=self._known(account_id))
        self._forget_error("account")
        await self._recall()
        await self._measure()

    @rx.event
    async def choose_to_account(self, account_id: str) -> None:
        """Where a transfer goes."""
        self.draft = replace(self.draft, to_account=self._known(account_id))
        self._forget_error("to_account")
        await self._measure()

    @rx.event
    async def choose_category(self, category_id: str) -> None:
        """The category of what is not split; it was chosen for this kind."""
        self._choose(category=category_id, kind=self.draft.kind)
        self._forget_error("category")
        await self._recall()

    @rx.event
    async def type_amount(self, text: str) -> None:
        """Shows what a calculation gives."""
        self.draft = replace(self.draft, amount=text)
        await self._measure()

    @rx.event
    async def type_payee(self, text: str) -> None:
        """Fills account and category from the last visit."""
        self.draft = replace(self.draft, payee=text)
        await self._recall()

    @rx.event
    async def toggle_details(self) -> None:
        """Shows note and foreign amount, or hides them."""
        self.shows_details = not self.shows_details

    @rx.event
    async def split(self) -> None:
        """Begins a split with the chosen category and one more."""
        if self.draft.kind in (OUT, IN) and not self.draft.shares:
            first = Share(new_key(), category=self.draft.category)
            self.draft = replace(self.draft, shares=[first, Share(new_key())])
            await self._measure()

    @rx.event
    async def add_share(self) -> None:
        """One more category."""
        if 0 < len(self.draft.shares) < MAX_SHARES:
            self.draft = replace(
                self.draft, shares=[*self.draft.shares, Share(new_key())]
            )

    @rx.event
    async def drop_share(self, share_id: str) -> None:
        """Takes a category out; with one left it is no split any more."""
        kept = [share for share in self.draft.shares if share.key != share_id]
        if len(kept) == 1:
            self.draft = replace(self.draft, shares=[])
            self._choose(category=kept[0].category, kind=self.draft.kind)
            await self._recall()
        else:
            self.draft = replace(self.draft, shares=kept)
        await self._measure()

    @rx.event
    async def put_rest(self, share_id: str) -> None:
        """Gives a share what the others leave, less where they take too much."""
        language = (await reader_of(self)).language
        currency = self._currencies().get(self.draft.account, "")
        shares = self.draft.shares
        left = left_to_assign(self.draft, currency, language) if currency else None
        found = next((share for share in shares if share.key == share_id), None)
        if left is None or found is None:
            return
        own = read_money(found.amount.strip() or "0", currency, language)
        if (own + left).minor > 0:
            text = money_text(own + left, language)
            self._change_share(share_id, amount=text, revision=found.revision + 1)
            await self._measure()
        else:
            text = translate("The other parts take the whole amount.", language)
            self.errors = {**self.errors, f"share_{share_id}": text}

    @rx.event
    async def choose_share(self, share_id: str, category_id: str) -> None:
        """The category of one share."""
        self._change_share(share_id, category=category_id)

    @rx.event
    async def type_share(self, share_id: str, text: str) -> None:
        """The amount of one share, to show what is left."""
        self._change_share(share_id, amount=text)
        await self._measure()

    @rx.event
    async def save(self, form: dict[str, str | None]) -> rx.event.EventSpec | None:
        """Records or changes the transaction; a second click finds its key used up.

        A field that is not on the page comes as None and stays as it was; ``closes``
        tells that no next one is wanted, ``as_template`` that only a template is.
        """
        if not self.mode or form.get("form_key") != self.form_key:
            return None
        texts = {name: text for name, text in form.items() if text is not None}
        self._closes = texts.pop("closes", "") == "1"
        as_template = texts.pop("as_template", "") == "1"
        self.draft = merged(self.draft, texts)
        await self._recall()
        if self.draft.shares:
            await self._measure()
        await (self._name_template() if as_template else self._save())
        return self._go_to_error()

    @rx.event
    async def keep_mine(self) -> rx.event.EventSpec | None:
        """Saves what stands in the form now over the version that somebody else saved.

        Or makes that one void, where that was wanted.
        """
        if not self._theirs:
            return None
        if self._voids:
            await self._repeat()
            return None
        self._version, self._theirs = self._theirs, 0
        return send_again()

    @rx.event
    async def take_theirs(self) -> None:
        """Drops what was typed for the version that somebody else saved."""
        if not self._theirs:
            return
        reader = await reader_of(self)
        try:
            view = await ask(await actor_of(self), find_transaction, self._id)
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
        else:
            await self._show(view)

    @rx.event
    async def ask_void(self) -> None:
        """Asks before the transaction is made void."""
        self.is_asking = self.mode == EDIT

    @rx.event
    def set_asking(self, is_open: bool) -> None:
        """The question is answered with no."""
        self.is_asking = is_open and self.mode == EDIT

    @rx.event
    async def void(self) -> None:
        """Makes the transaction void."""
        if not self.is_asking:
            return
        self.is_asking = False
        await self._void()

    async def _void(self) -> None:
        mark = TransactionMark(self._id, self._version, self._agreed)
        actor, reader = await actor_of(self), await reader_of(self)
        self.errors, self.differences = {}, []
        try:
            done = await perform(actor, void_transaction, mark, key=self.form_key)
        except StaleVersion:
            await self._show_conflict(reader, voids=True)
        except FinTrackError as error:
            self._refuse(error, reader, voids=True)
        else:
            self._close()
            await self._tell(message_id("{name}, {amount}: void."), done, reader)
