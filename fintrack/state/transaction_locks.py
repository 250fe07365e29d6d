"""In the form of a transaction: its mark, and the question before a lock is broken."""

import reflex as rx

from fintrack.core.errors import FinTrackError, Problem, Reconciled
from fintrack.core.saying import say
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.clearing import Clearing, clear_transactions
from fintrack.services.ledger.reading import TransactionView, find_transaction
from fintrack.state.amounts import Reader
from fintrack.state.forms import errors_by_field
from fintrack.state.marks import NO_MARK, OPEN, Mark, mark_of
from fintrack.state.session import actor_of, reader_of
from fintrack.state.transaction_day import FormDay
from fintrack.state.transactions import TransactionsState


class FormLocks(FormDay, mixin=True):
    """The mark of the transaction that is open, and what a change would break.

    ``breaks`` is the sentence that warns; while it stands, the person may go on.
    Something new on a locked day breaks nothing: who has read so beside the day is not
    asked again.
    """

    mode: str = ""
    errors: dict[str, str] = {}
    mark: Mark = NO_MARK
    breaks: str = ""
    _told: tuple[Problem, ...] = ()
    _agreed: tuple[Problem, ...] = ()
    _voids: bool = False

    @rx.event
    async def toggle_cleared(self) -> None:
        """Turns the mark at once; what else was typed stays as it is."""
        if not self._id or not self.mark.name:
            return
        actor, reader = await actor_of(self), await reader_of(self)
        try:
            turned = Clearing((self._id,), self.mark.name == OPEN)
            await perform(actor, clear_transactions, turned)
            self._show_mark(await ask(actor, find_transaction, self._id), reader)
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
        else:
            listed = await self.get_state(TransactionsState)
            await listed._read()  # noqa: SLF001 - a public method would be a remote call

    @rx.event
    async def go_on(self) -> None:
        """Does what was warned of, and warns again where it would break more by now."""
        if not self.breaks:
            return
        self.breaks, self._agreed = "", (*self._agreed, *self._told)
        try:
            await (self._void() if self._voids else self._save())
        finally:
            if not self.breaks:
                self._agreed = ()

    @rx.event
    def set_warning(self, is_open: bool) -> None:
        """Leaves what is reconciled as it is; the form stays open."""
        if not is_open:
            self.breaks, self._agreed = "", ()

    def _show_mark(self, view: TransactionView, reader: Reader) -> None:
        self.mark = mark_of(view, reader)

    def _forget_lock(self) -> None:
        self.mark, self.breaks, self._agreed = NO_MARK, "", ()
        self.day_lock, self._day_told = "", ()

    def _agreed_to(self, reader: Reader) -> tuple[Problem, ...]:
        """What was said yes to, and what was read beside the day as it is now."""
        told = self._day_told
        self._look_at_lock(reader)
        return (*self._agreed, *(told if told == self._day_told else ()))

    def _refuse(self, error: FinTrackError, reader: Reader, *, voids: bool) -> None:
        """Asks about a lock; anything else stands beside its field."""
        if isinstance(error, Reconciled):
            told = [say(problem, reader.language) for problem in error.problems]
            self.breaks, self._voids = " ".join(told), voids
            self._told = tuple(error.problems)
        else:
            self.errors = errors_by_field(error, reader.language)

    async def _save(self) -> None:
        raise NotImplementedError

    async def _void(self) -> None:
        raise NotImplementedError
