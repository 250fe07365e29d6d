"""The day in the form of a transaction: typed, moved, picked; and what it lies in."""

from dataclasses import replace
from datetime import date, timedelta

import reflex as rx

from fintrack.core.day_text import read_day_text
from fintrack.core.errors import InvalidInput, Problem
from fintrack.core.formatting import DayStyle, format_day
from fintrack.core.saying import say
from fintrack.services.ledger.locking import LOCKED
from fintrack.state.amounts import Reader
from fintrack.state.ledger_choices import Choice, label_of
from fintrack.state.session import reader_of
from fintrack.state.transaction_draft import MOVE, Draft

MOST_DAYS = 1000
"""A key that is held moves on by as many; who wants to go further types the day."""


class FormDay(rx.State, mixin=True):
    """The vars and handlers of the day; ``day_said`` tells what a text means.

    ``day_lock`` tells of a new transaction that its day is reconciled already.
    """

    draft: Draft = Draft()
    accounts: list[Choice] = []
    day_said: str = ""
    day_lock: str = ""
    day_revision: int = 0
    _id: int = 0
    _locked: dict[str, date] = {}
    _day_told: tuple[Problem, ...] = ()

    @rx.event
    async def type_day(self, text: str) -> None:
        """Shows which day the text means."""
        self.draft = replace(self.draft, on_date=text)
        reader = await reader_of(self)
        found = read_day(text, reader)
        self.day_said = _said(found, reader) if found else ""
        await self._follow_day(reader)

    @rx.event
    async def step_day(self, text: str, days: int) -> None:
        """Moves the day by some, or writes out the one that was picked (``0``)."""
        if abs(days) > MOST_DAYS:
            return
        reader = await reader_of(self)
        try:
            day = (read_day(text, reader) or reader.today) + timedelta(days=days)
        except OverflowError:  # the last day that there is
            return
        self.draft = replace(self.draft, on_date=format_day(day, reader.language))
        self.day_said = _said(day, reader)
        await self._follow_day(reader)
        # The field is the browser's; a higher number makes it show the new text.
        self.day_revision += 1

    async def _follow_day(self, reader: Reader) -> None:
        """What else depends on the day."""
        self._look_at_lock(reader)

    def _look_at_lock(self, reader: Reader) -> None:
        day, draft = read_day(self.draft.on_date, reader), self.draft
        used = (draft.account, draft.to_account if draft.kind == MOVE else "")
        late = tuple(
            Problem(LOCKED, "", (("name", label_of(self.accounts, one)), ("day", last)))
            for one in used
            if (last := self._locked.get(one)) and day and day <= last
        )
        self._day_told = () if self._id else late
        told = [say(problem, reader.language) for problem in self._day_told]
        self.day_lock = " ".join(told)


def _said(day: date, reader: Reader) -> str:
    """With the day of the week, and with the year where it is another."""
    style: DayStyle = "weekday" if day.year == reader.today.year else "full"
    return format_day(day, reader.language, style)


def read_day(text: str, reader: Reader) -> date | None:
    """The day that a text means, or None."""
    try:
        return read_day_text(text, reader.today, reader.language)
    except InvalidInput:
        return None
