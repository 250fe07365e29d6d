"""A date that waits is booked, after a question where its day is reconciled."""

from dataclasses import replace

import reflex as rx

from fintrack.core.errors import FinTrackError, Reconciled
from fintrack.core.saying import say
from fintrack.core.text import message_id
from fintrack.services.commands import perform
from fintrack.services.recurring.handling import Booking, book_date
from fintrack.state.forms import read_day, read_id
from fintrack.state.session import actor_of, reader_of
from fintrack.state.undoing import Undoing


class RecurringBooking(Undoing, mixin=True):
    """``breaks`` warns of a locked day; while it stands, the person may go on."""

    breaks: str = ""

    _asked: Booking | None = None

    @rx.event
    async def book(self, item_id: str, rule_on: str) -> None:
        """Books a date that waits."""
        reader = await reader_of(self)
        try:
            booking = Booking(read_id(item_id, "item"), read_day(rule_on, "rule_on"))
        except FinTrackError as error:
            self._warn(error, reader)
            await self._read_again(await actor_of(self), reader)
        else:
            await self._book(booking)

    @rx.event
    async def book_anyway(self) -> None:
        """Books what was asked about, on the day that is reconciled."""
        if self.breaks and self._asked:
            await self._book(self._asked)

    @rx.event
    def set_warning(self, is_open: bool) -> None:
        """The date goes on waiting."""
        if not is_open:
            self.breaks, self._asked = "", None

    async def _book(self, booking: Booking) -> None:
        reader, actor = await reader_of(self), await actor_of(self)
        self.breaks, self._asked = "", None
        try:
            done = await perform(actor, book_date, booking)
        except Reconciled as error:
            told = (say(problem, reader.language) for problem in error.problems)
            self.breaks = " ".join(told)
            self._asked = replace(booking, unlock=error.problems)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            name = done.value.payee or done.value.description
            said = reader.say(message_id("{name} was booked."), name=name)
            self._tell(said, done.change_id)
        await self._read_again(actor, reader)
