"""The page where an account is compared with a statement of the bank."""

from dataclasses import replace

import reflex as rx

from fintrack.core import routes
from fintrack.core.errors import FinTrackError, InvalidInput
from fintrack.core.formatting import format_day
from fintrack.core.money import Money
from fintrack.core.text import message_id
from fintrack.services.commands import ask, perform, snapshot
from fintrack.services.ledger.clearing import Clearing, clear_transactions
from fintrack.services.ledger.reading import find_transaction
from fintrack.services.reconciling.finishing import (
    Balancing,
    balance_statement,
    finish_reconciliation,
)
from fintrack.state.account import AccountState
from fintrack.state.forms import read_day, read_id, read_money
from fintrack.state.ledger_choices import load_choices
from fintrack.state.marks import OPEN
from fintrack.state.reconcile_rows import (
    Asked,
    balance_of,
    checked_row,
    day_of,
    lacking_text,
    read_asked,
)
from fintrack.state.reconcile_view import ReconcileView
from fintrack.state.session import actor_of, reader_of

TO_COME = message_id("This day has yet to come.")


class ReconcileState(ReconcileView, rx.State):
    """Marks are saved one by one; the address keeps day and balance."""

    @rx.event
    async def load(self) -> None:
        """Reads account, day and balance from the address."""
        self._asked = read_asked(self.router.url.query_parameters)
        self.errors, self.is_balancing, self.category = {}, False, ""
        await self._read_again(await actor_of(self), await reader_of(self))

    @rx.event
    async def type_balance(self, text: str) -> None:
        """Shows the difference while somebody types."""
        await self._take_balance(text)

    @rx.event
    async def keep_balance(self, text: str) -> rx.event.EventSpec | None:
        """Keeps the typed balance in the address; what stands there already stays."""
        known = read_asked(self.router.url.query_parameters).balance
        if await self._take_balance(text) and self._balance != known:
            return self._go(self._asked.turned())
        return None

    @rx.event
    async def choose_day(self, text: str) -> rx.event.EventSpec | None:
        """The day of the statement."""
        reader = await reader_of(self)
        self._drop_errors("statement_on")
        try:
            day = read_day(text, "statement_on")
        except InvalidInput as error:
            self._add_errors(error, reader)
            return None
        if day > reader.today:
            self._add_errors(InvalidInput(TO_COME, field="statement_on"), reader)
            return None
        return self._go(self._asked.turned(day=day.isoformat()))

    @rx.event
    def choose_rows(self, value: str) -> rx.event.EventSpec:
        """Only what is not cleared, or all that is not reconciled."""
        return self._go(self._asked.turned(open="1" if value == OPEN else ""))

    @rx.event
    def show_newer(self) -> rx.event.EventSpec:
        """The page above."""
        return self._go(self._asked.turned(before=self.newer))

    @rx.event
    def show_older(self) -> rx.event.EventSpec:
        """The page below."""
        return self._go(self._asked.turned(after=self.older))

    @rx.event
    async def toggle(self, transaction_id: str) -> None:
        """Turns the mark of a row; it stays where it is."""
        row = next((one for one in self.rows if one.id == transaction_id), None)
        if row is None:
            return
        actor, reader = await actor_of(self), await reader_of(self)
        try:
            account_id = read_id(self._wanted(), "account")
            wanted = read_id(row.id, "form")
            turned = Clearing((wanted,), row.mark.name == OPEN, account_id)
            await perform(actor, clear_transactions, turned)
            view = await ask(actor, find_transaction, wanted)
        except FinTrackError as error:
            self._warn(error, reader)
            await self._read_again(actor, reader)
        else:
            fresh = checked_row(view, account_id, reader)
            self.rows = [fresh if one.id == row.id else one for one in self.rows]
            await self._compare(actor, reader)

    @rx.event
    async def mark_page(self) -> None:
        """Marks every row of this page as cleared."""
        waiting = [row.id for row in self.rows if row.mark.name == OPEN]
        if not waiting:
            return
        actor, reader = await actor_of(self), await reader_of(self)
        try:
            ids = tuple(read_id(one, "form") for one in waiting)
            turned = Clearing(ids, True, read_id(self._wanted(), "account"))  # noqa: FBT003 - as its field says
            done = await perform(actor, clear_transactions, turned)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            said = reader.count(
                "{n} transaction marked as cleared.",
                "{n} transactions marked as cleared.",
                done.value.changed,
            )
            self._tell(said, done.change_id)
        await self._read_again(actor, reader)

    @rx.event
    async def set_balancing(self, is_open: bool) -> None:
        """Shows what a balancing transaction would be, or leaves it."""
        reader = await reader_of(self)
        self.is_balancing = is_open and self.card.is_said and not self.card.is_even
        self._drop_errors("category", "form")
        if self.is_balancing:
            async with snapshot(await actor_of(self)) as books:
                self.categories = (await load_choices(books, reader)).categories
            day = day_of(self._asked, reader.today)
            self.balancing_text = lacking_text(self.card, day, reader)

    @rx.event
    def choose_category(self, category_id: str) -> None:
        """Where the difference belongs."""
        self.category = category_id

    @rx.event
    async def balance(self) -> None:
        """Records the difference that is shown; a second click finds none."""
        if not self.is_balancing:
            return
        self._drop_errors("category", "form")
        actor, reader = await actor_of(self), await reader_of(self)
        try:
            category_id = read_id(self.category, "category")
            shown = balance_of(Asked(balance=self.card.plain), self._currency)
            seen = shown or Money(0, self._currency)
            lacking = Balancing(self._statement(reader), seen, category_id)
            done = await perform(actor, balance_statement, lacking, key=self.revision)
        except FinTrackError as error:
            self._add_errors(error, reader)
        else:
            self.is_balancing = False
            self._tell(reader.say("Balancing transaction recorded."), done.change_id)
            await self._read_again(actor, reader)

    @rx.event
    async def finish(self) -> rx.event.EventSpec | None:
        """Locks what agrees, and goes back to the account."""
        actor, reader = await actor_of(self), await reader_of(self)
        try:
            statement = self._statement(reader)
            done = await perform(
                actor, finish_reconciliation, statement, key=self.revision
            )
        except FinTrackError as error:
            self._warn(error, reader)
            await self._read_again(actor, reader)
            return None
        day = format_day(done.value.statement_on, reader.language)
        account = await self.get_state(AccountState)
        account._tell(  # noqa: SLF001 - a public method would be a remote call
            reader.say("{name} is reconciled up to {day}.", name=self.name, day=day),
            done.change_id,
        )
        return rx.redirect(self.account_page)

    def _go(self, asked: Asked) -> rx.event.EventSpec:
        return rx.redirect(
            routes.reconcile(self._wanted(), **asked.address), replace=True
        )

    async def _take_balance(self, text: str) -> bool:
        """Reads what was typed and compares again; False where it cannot be read."""
        actor, reader = await actor_of(self), await reader_of(self)
        self._drop_errors("balance", "form")
        self._balance = ""
        try:
            if text.strip():
                typed = read_money(text, self._currency, reader.language, "balance")
                self._balance = (-typed if self.owes else typed).text
            self.typed = text
            self._asked = replace(self._asked, balance=self._balance)
        except FinTrackError as error:
            self._add_errors(error, reader)
        await self._compare(actor, reader)
        return not self.errors
