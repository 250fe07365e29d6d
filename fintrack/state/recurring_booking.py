"""A date is skipped or booked, after a question where its day is reconciled."""

from dataclasses import replace
from datetime import timedelta

import reflex as rx

from fintrack.core.actor import Actor
from fintrack.core.errors import FinTrackError, NotFound, Reconciled
from fintrack.core.saying import say
from fintrack.core.text import message_id
from fintrack.services.commands import ask, perform
from fintrack.services.recurring.coming import show_calendar
from fintrack.services.recurring.handling import (
    DEALT_WITH,
    Booking,
    DateMark,
    book_date,
    skip_date,
)
from fintrack.state import recurring_rows
from fintrack.state.amounts import Reader
from fintrack.state.forms import keep_focus, read_day, read_id
from fintrack.state.matched import with_matched
from fintrack.state.recurring_rows import NO_DATE, DateChoice
from fintrack.state.session import actor_of, reader_of
from fintrack.state.undoing import Undoing


class RecurringBooking(Undoing, mixin=True):
    """``chosen`` is the date of which a dialog asks what to do.

    ``breaks`` warns of a locked day; while it stands, the person may go on.
    """

    chosen: DateChoice = NO_DATE
    is_date_open: bool = False
    breaks: str = ""

    _asked: Booking | None = None
    _pressed: tuple[str, str] = ("", "")

    @rx.event
    async def choose_date(self, item_id: str, rule_on: str, due_on: str) -> None:
        """Asks what to do with a date, as the books know it now."""
        reader, actor = await reader_of(self), await actor_of(self)
        self._pressed = "", ""
        try:
            self.chosen = await _find_date(actor, reader, item_id, rule_on, due_on)
        except FinTrackError as error:
            self._warn(error, reader)
            await self._read_again(actor, reader)
        else:
            self.is_date_open = True

    @rx.event
    def set_date_open(self, is_open: bool) -> None:
        """Esc, the cross and a click beside the dialog leave the date as it is."""
        if not is_open:
            self.is_date_open = False

    @rx.event
    async def skip(self, item_id: str, rule_on: str) -> rx.event.EventSpec:
        """Leaves a date out."""
        reader, actor = await reader_of(self), await actor_of(self)
        self.is_date_open = False
        try:
            mark = _mark(item_id, rule_on)
            done = await perform(actor, skip_date, mark)
        except FinTrackError as error:
            self._refuse(error, reader, "skip", f"{item_id} {rule_on}")
        else:
            said = message_id("{name} is skipped this time.")
            self._tell(reader.say(said, name=done.value.name), done.change_id)
            self._pressed = "skip", f"{mark.item_id} {mark.rule_on}"
        await self._read_again(actor, reader)
        return keep_focus()

    @rx.event
    async def book(self, item_id: str, rule_on: str) -> rx.event.EventSpec | None:
        """Books a date on its day."""
        return await self._book_on(item_id, rule_on, is_today=False)

    @rx.event
    async def book_today(self, item_id: str, rule_on: str) -> rx.event.EventSpec | None:
        """Books a date today, ahead of its day or after it."""
        return await self._book_on(item_id, rule_on, is_today=True)

    @rx.event
    async def book_anyway(self) -> rx.event.EventSpec | None:
        """Books what was asked about, on the day that is reconciled."""
        if self.breaks and self._asked:
            return await self._book(self._asked)
        return None

    @rx.event
    def set_warning(self, is_open: bool) -> None:
        """The date goes on waiting."""
        if not is_open:
            self.breaks, self._asked = "", None

    async def _book_on(
        self, item_id: str, rule_on: str, *, is_today: bool
    ) -> rx.event.EventSpec | None:
        reader = await reader_of(self)
        self.is_date_open = False
        try:
            mark = _mark(item_id, rule_on)
        except FinTrackError as error:
            self._warn(error, reader)
            await self._read_again(await actor_of(self), reader)
            return None
        day = reader.today if is_today else None
        return await self._book(Booking(mark.item_id, mark.rule_on, day))

    async def _book(self, booking: Booking) -> rx.event.EventSpec | None:
        reader, actor = await reader_of(self), await actor_of(self)
        self.breaks, self._asked = "", None
        what = f"{booking.item_id} {booking.rule_on}"
        try:
            done = await perform(actor, book_date, booking)
        except Reconciled as error:
            told = (say(problem, reader.language) for problem in error.problems)
            self.breaks = " ".join(told)
            self._asked = replace(booking, unlock=error.problems)
        except FinTrackError as error:
            self._refuse(error, reader, "book", what)
        else:
            self._pressed = "book", what
            name = done.value.payee or done.value.description
            said = reader.say(message_id("{name} was booked."), name=name)
            said = with_matched(said, done.value.matched, reader)
            self._tell(said, done.change_id)
        await self._read_again(actor, reader)
        return None if self.breaks else keep_focus()

    async def _look_at_date(self, actor: Actor, reader: Reader) -> None:
        """Reads the date of the open dialog anew; without it there is no dialog."""
        one = self.chosen
        try:
            self.chosen = await _find_date(
                actor, reader, one.item_id, one.rule_on, one.due_on
            )
        except FinTrackError:
            self.is_date_open = False

    def _refuse(
        self, error: FinTrackError, reader: Reader, verb: str, what: str
    ) -> None:
        """Shows why it was not done.

        The second press of the button of what was just done finds it done, and is as
        good as none.
        """
        is_done = isinstance(error, NotFound) or DEALT_WITH in {
            problem.message for problem in error.problems
        }
        if not (is_done and self._pressed == (verb, what)):
            self._warn(error, reader)


async def _find_date(
    actor: Actor, reader: Reader, item_id: str, rule_on: str, due_on: str
) -> DateChoice:
    """A date as the books know it now.

    Raises:
        InvalidInput: no such words.
        NotFound: there is no such date.
    """
    mark = _mark(item_id, rule_on)
    day = read_day(due_on, "due_on")
    found = await ask(actor, show_calendar, start=day, end=day + timedelta(days=1))
    return recurring_rows.date_choice(found.dates, mark, reader)


def _mark(item_id: str, rule_on: str) -> DateMark:
    return DateMark(read_id(item_id, "item"), read_day(rule_on, "rule_on"))
