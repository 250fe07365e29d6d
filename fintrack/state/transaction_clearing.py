"""The mark of a row in the list of transactions: cleared or not, by a click."""

from dataclasses import replace

import reflex as rx

from fintrack.core.errors import FinTrackError
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.clearing import Clearing, clear_transactions
from fintrack.services.ledger.reading import find_transaction
from fintrack.state.forms import read_id
from fintrack.state.marks import OPEN, Mark, mark_of
from fintrack.state.session import actor_of, reader_of
from fintrack.state.transaction_filters import Shown
from fintrack.state.transaction_rows import DayGroup, TransactionRow
from fintrack.state.undoing import Undoing


class ListClearing(Undoing, mixin=True):
    """Marks rows of the list; a second click takes the mark away."""

    shown: Shown = Shown()
    days: list[DayGroup] = []

    @rx.event
    async def toggle_cleared(self, transaction_id: str) -> None:
        """Turns the mark that the row shows; the row stays where it is."""
        row = self._row(transaction_id)
        if row is None or not row.mark.name:
            return
        actor, reader = await actor_of(self), await reader_of(self)
        # A list of one account marks it there; else wherever the transaction is.
        account_id = int(self.shown.account) if self.shown.account else 0
        try:
            wanted = read_id(transaction_id, "form")
            turned = Clearing((wanted,), row.mark.name == OPEN, account_id or None)
            await perform(actor, clear_transactions, turned)
            view = await ask(actor, find_transaction, wanted)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            self._put_mark(transaction_id, mark_of(view, reader, account_id))

    def _row(self, transaction_id: str) -> TransactionRow | None:
        rows = (row for day in self.days for row in day.rows)
        return next((row for row in rows if row.id == transaction_id), None)

    def _put_mark(self, transaction_id: str, mark: Mark) -> None:
        self.days = [
            replace(
                day,
                rows=[
                    replace(row, mark=mark) if row.id == transaction_id else row
                    for row in day.rows
                ],
            )
            for day in self.days
        ]
