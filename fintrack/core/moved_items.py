"""What comes again and moves with whole books: items, and their dates dealt with."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fintrack.core.book_fields import (
    FIELD,
    NOT_OF_FORM,
    FilePlace,
    Places,
    Said,
    account_of,
    naming_in_list,
    objects_of,
    place_of,
    read_each,
    strict_choice,
    strict_day,
    strict_flag,
    strict_money,
    strict_text,
    strict_whole,
)
from fintrack.core.errors import InvalidInput
from fintrack.core.item_checks import SAME_PLACE, Other, check_amounts, check_name
from fintrack.core.money import Money
from fintrack.core.recurrence import (
    PROPOSED,
    SKIPPED,
    Pattern,
    Rule,
    Shift,
    check_rule,
    lasting,
)
from fintrack.core.text import message_id

NO_ITEM = message_id("The recurring item {name} cannot come in.")
SAME_ITEM = message_id("Two recurring items of the file have one id.")
MANY_DATES = message_id("The file holds more than {limit} dates of recurring items.")
SAME_DATE = message_id("One of its dates stands in the file twice.")
# Those that have ended count too, of which nobody makes so many by hand.
MOST_OF_FILE: Final = 2_000
# Each page that shows what comes again looks at all of them.
MOST_DATES: Final = 20_000
# A weekend moves a date by so much at most.
_REACH: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class MovedDate:
    """A date that was dealt with; ``item`` is the place of its item in the file."""

    item: int
    rule_on: date
    due_on: date
    outcome: str


@dataclass(frozen=True, slots=True)
class MovedItem:
    """What comes again; ``account`` and ``other`` are numbers of places of the file.

    Where the file does not say since when its dates are its own, ``counts_from`` is
    None. ``dates`` are those that stand in no transaction. ``rests`` says that it
    speaks of an account that the file has closed.
    """

    id: str
    name: str
    account: int
    other: int
    amount: Money
    received: Money | None
    rule: Rule
    is_automatic: bool
    counts_from: date | None
    dates: tuple[MovedDate, ...]
    rests: bool


def read_items(books: Said, places: Places) -> tuple[MovedItem, ...]:
    """What comes again in a file.

    Raises:
        InvalidInput: under ``file``: there is too much, or the first five that cannot
            be.
    """
    said = objects_of(books, "recurring", most=MOST_OF_FILE)
    found = tuple(read_each(enumerate(said), lambda one: _item(*one, places)))
    if len({one.id for one in found}) < len(found):
        raise InvalidInput(SAME_ITEM, field=FIELD)
    check_dates(sum(len(one.dates) for one in found))
    return found


def check_dates(count: int) -> None:
    """Refuses so many dates that were dealt with, in transactions or not.

    Raises:
        InvalidInput: under ``file``: there are more than 20,000.
    """
    if count > MOST_DATES:
        raise InvalidInput(MANY_DATES, field=FIELD, limit=MOST_DATES)


def read_date(said: Said, item: int, outcome: str) -> MovedDate:
    """A date of an item: ``on`` tells it from the others, ``due`` is where it went.

    Raises:
        InvalidInput: it has no day, or was moved further than a weekend does.
    """
    rule_on, due_on = strict_day(said, "on"), strict_day(said, "due")
    if rule_on is None or not -_REACH <= (due_on or rule_on) - rule_on <= _REACH:
        raise InvalidInput(NOT_OF_FORM, field=FIELD)
    return MovedDate(item, rule_on, due_on or rule_on, outcome)


def _item(place: int, said: Said, places: Places) -> MovedItem:
    with naming_in_list(NO_ITEM, place + 1):
        name = strict_text(said, "name")
    with naming_in_list(NO_ITEM, place + 1, name):
        account = account_of(said, "account", places)
        other = place_of(said, "other", places)
        has_received = said.get("received") is not None
        found = MovedItem(
            id=strict_text(said, "id"),
            name=name,
            account=account.number,
            other=other.number,
            amount=strict_money(said, "amount", "currency"),
            received=strict_money(said, "received", "received_currency")
            if has_received
            else None,
            rule=_rule(said),
            is_automatic=strict_flag(said, "automatic", default=False),
            counts_from=strict_day(said, "counts_from"),
            dates=_dates(said, place),
            rests=account.is_closed or other.is_closed,
        )
        _check(found, account, other)
    return found


def _check(one: MovedItem, account: FilePlace, other: FilePlace) -> None:
    check_name(one.name)
    if account == other:
        raise InvalidInput(SAME_PLACE)
    check_amounts(
        one.amount, one.received, Other(other.name, other.kind, other.currency)
    )
    for money, place in ((one.amount, account), (one.received, other)):
        if money is not None and money.currency != place.currency:
            raise InvalidInput(
                "{name} is kept in {currency}.",
                name=place.name,
                currency=place.currency,
            )


def _rule(said: Said) -> Rule:
    starts_on, day = strict_day(said, "starts_on"), strict_whole(said, "day", 1)
    # What another pattern does not look at is kept in a small column all the same.
    if starts_on is None or not 1 <= day <= 31:  # noqa: PLR2004 - days of a month
        raise InvalidInput(NOT_OF_FORM, field=FIELD)
    has_shift = said.get("shift") is not None
    rule = Rule(
        strict_choice(said, "pattern", Pattern),
        starts_on,
        strict_whole(said, "every", 1),
        day,
        strict_whole(said, "week", 1),
        strict_whole(said, "weekday", 0),
        strict_day(said, "ends_on"),
        strict_choice(said, "shift", Shift) if has_shift else Shift.NONE,
    )
    check_rule(lasting(rule))
    return rule


def _dates(said: Said, place: int) -> tuple[MovedDate, ...]:
    found = []
    for one in objects_of(said, "dates", most=MOST_DATES):
        outcome = strict_text(one, "outcome")
        if outcome not in (PROPOSED, SKIPPED):
            raise InvalidInput(NOT_OF_FORM, field=FIELD)
        found.append(read_date(one, place, outcome))
    if len({one.rule_on for one in found}) < len(found):
        raise InvalidInput(SAME_DATE, field=FIELD)
    return tuple(found)
