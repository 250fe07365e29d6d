"""What comes again as requests give it and answers show it."""

from datetime import date
from typing import Annotated

from pydantic import AliasPath, Field

from fintrack.api.money import MoneyGiven, MoneyShown
from fintrack.api.routes import Body
from fintrack.api.shapes import Day, Id, Text, Version, View
from fintrack.core.recurrence import Pattern, Rule, Shift
from fintrack.services.recurring.item_rows import NewItem

Small = Annotated[int, Field(ge=-(2**15), lt=2**15)]


class ItemGiven(Body):
    """What comes again.

    ``amount`` is positive into the account; ``other_id`` is a category, or the account
    that a transfer goes to, with ``received`` for what arrives in another currency.
    ``day`` is for the pattern ``month-day``, ``week`` (5 is the last) and ``weekday``
    (0 is Monday) are for ``month-weekday``.
    """

    name: Text
    account_id: Id
    other_id: Id
    amount: MoneyGiven
    pattern: Annotated[Pattern, Field(strict=False)]
    starts_on: Day
    every: Small = 1
    day: Small = 1
    week: Small = 1
    weekday: Small = 0
    ends_on: Day | None = None
    shift: Annotated[Shift, Field(strict=False)] = Shift.NONE
    is_automatic: bool = False
    received: MoneyGiven | None = None

    def read(self) -> NewItem:
        """The item that this means.

        Raises:
            InvalidInput: names the field.
        """
        return NewItem(
            name=self.name,
            account_id=self.account_id,
            other_id=self.other_id,
            amount=self.amount.read("amount"),
            rule=Rule(
                pattern=self.pattern,
                starts_on=self.starts_on,
                every=self.every,
                day=self.day,
                week=self.week,
                weekday=self.weekday,
                ends_on=self.ends_on,
                shift=self.shift,
            ),
            is_automatic=self.is_automatic,
            received=self.received.read("received") if self.received else None,
        )


class ItemEdit(ItemGiven):
    """What an item is to say now, all of it."""

    version: Version


class ItemEndGiven(Body):
    """The last day on which it may be due, today if none is named."""

    version: Version
    on: Day | None = None


class BookingGiven(Body):
    """A date to book; its day and amounts are those of the item unless given.

    ``unlock`` says that it may enter a reconciled period; else that is 409.
    """

    rule_on: Day
    on_date: Day | None = None
    amount: MoneyGiven | None = None
    received: MoneyGiven | None = None
    unlock: bool = False


class SkipGiven(Body):
    """A date to leave out."""

    rule_on: Day


class MarkGiven(Body):
    """The mark of a suggestion."""

    mark: Text


class OccurrenceShown(View):
    """One date: the day of the rule, and where a weekend moved it."""

    rule_on: Day
    due_on: Day


class ItemShown(View):
    """What comes again; ``next`` is its first date that nobody has dealt with."""

    id: Id
    name: str
    account_id: Id
    account_name: str
    other_id: Id
    other_name: str
    other_kind: str
    amount: MoneyShown
    received: MoneyShown | None
    pattern: Annotated[Pattern, Field(validation_alias=AliasPath("rule", "pattern"))]
    starts_on: Annotated[date, Field(validation_alias=AliasPath("rule", "starts_on"))]
    every: Annotated[int, Field(validation_alias=AliasPath("rule", "every"))]
    day: Annotated[int, Field(validation_alias=AliasPath("rule", "day"))]
    week: Annotated[int, Field(validation_alias=AliasPath("rule", "week"))]
    weekday: Annotated[int, Field(validation_alias=AliasPath("rule", "weekday"))]
    ends_on: Annotated[
        date | None, Field(validation_alias=AliasPath("rule", "ends_on"))
    ]
    shift: Annotated[Shift, Field(validation_alias=AliasPath("rule", "shift"))]
    is_automatic: bool
    is_blocked: bool
    is_read_only: bool
    next: OccurrenceShown | None
    version: int


class LockShown(View):
    """An account that is reconciled up to a day, that day included."""

    account_id: Id
    account_name: str
    until: Day


class ComingShown(View):
    """One date of an item: coming, proposed, booked or skipped.

    ``locks`` are in the way of one that is not dealt with: it waits, also where the
    item is booked by itself, until it is booked with ``unlock``, or skipped.
    ``is_void`` is one whose transaction was made void: its amount counts nowhere.
    """

    item_id: Id
    name: str
    account_id: Id
    account_name: str
    other_id: Id
    other_name: str
    other_kind: str
    is_automatic: bool
    rule_on: Day
    due_on: Day
    amount: MoneyShown
    outcome: str
    transaction_id: int | None
    is_void: bool
    locks: list[LockShown]


class CalendarShown(View):
    """The dates of a span by day; ``waiting`` are proposals of whatever day."""

    dates: list[ComingShown]
    waiting: list[ComingShown]


class SuggestionShown(View):
    """What seems to come again; add it as an item, or dismiss its ``mark``."""

    mark: str
    name: str
    account_id: Id
    account_name: str
    other_id: Id
    other_name: str
    amount: MoneyShown
    pattern: Annotated[Pattern, Field(validation_alias=AliasPath("rule", "pattern"))]
    starts_on: Annotated[date, Field(validation_alias=AliasPath("rule", "starts_on"))]
    every: Annotated[int, Field(validation_alias=AliasPath("rule", "every"))]
    day: Annotated[int, Field(validation_alias=AliasPath("rule", "day"))]
    times: int
    last_on: Day


class DismissedShown(View):
    """The mark that is not suggested any more."""

    mark: str
