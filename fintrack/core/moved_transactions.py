"""Transactions that move with whole books: read from a file with all their postings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from fintrack.core.book_fields import (
    FIELD,
    Places,
    Said,
    day_of,
    money_of,
    naming,
    objects_of,
    strict_text,
    text_of,
)
from fintrack.core.entries import MAX_PARTS, MAX_TEXT
from fintrack.core.errors import InvalidInput
from fintrack.core.money import Money
from fintrack.core.moved_items import SAME_DATE, MovedDate, MovedItem, read_date
from fintrack.core.recurrence import BOOKED
from fintrack.core.statements.storable import storable
from fintrack.core.text import message_id

NO_DAY = message_id("The transaction {name} has no day between 1900 and 2199.")
NO_PLACE = message_id(
    "The transaction {name} names an account or a category that is not in the file."
)
NO_AMOUNT = message_id("An amount of the transaction {name} cannot be read.")
OTHER_CURRENCY = message_id(
    "The transaction {name} moves another currency than that of its account."
)
NOT_ZERO = message_id("The postings of the transaction {name} do not sum to zero.")
TOO_LONG = message_id("A text of the transaction {name} is too long.")
NO_DATE = message_id("The date that the transaction {name} stands for cannot be.")
NO_ITEM_OF_FILE = message_id("It names a recurring item that is not in the file.")


@dataclass(frozen=True, slots=True)
class MovedPosting:
    """One amount, positive into the place; ``cleared``: the bank has seen it."""

    place: str
    money: Money
    memo: str
    original: Money | None
    cleared: bool


@dataclass(frozen=True, slots=True)
class MovedTransaction:
    """One event with its postings, which sum to zero in each currency.

    ``stands_for`` is the date of a recurring item that it is the booking of.
    """

    on_date: date
    payee: str
    description: str
    note: str
    tags: tuple[str, ...]
    is_void: bool
    postings: tuple[MovedPosting, ...]
    stands_for: MovedDate | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What transactions may name, and the dates of items that were dealt with."""

    places: Places
    items: Mapping[str, int]
    handled: set[tuple[int, date]]

    @classmethod
    def of(cls, places: Places, items: Sequence[MovedItem]) -> Self:
        """Transactions of a file with these places and items."""
        numbers = {one.id: number for number, one in enumerate(items)}
        handled = {(one.item, one.rule_on) for item in items for one in item.dates}
        return cls(places, numbers, handled)

    def transaction(self, said: Said) -> MovedTransaction:
        """One transaction.

        Raises:
            InvalidInput: under ``file``: names it and what cannot be.
        """
        name = f"{text_of(said, 'id')} {text_of(said, 'payee')}"
        name = name.strip()[:MAX_TEXT] or "–"
        on_date = day_of(said, "date")
        if on_date is None:
            raise InvalidInput(NO_DAY, field=FIELD, name=name)
        postings = tuple(_postings(said, self.places, name))
        _check_sums(postings, name)
        payee, description, note = (
            text_of(said, one) for one in ("payee", "description", "note")
        )
        texts = (payee, description, note, *(one.memo for one in postings))
        if max(map(len, texts)) > MAX_TEXT:
            raise InvalidInput(TOO_LONG, field=FIELD, name=name)
        return MovedTransaction(
            on_date,
            payee,
            description,
            note,
            tags=_tags(said),
            is_void=said.get("void") is True,
            postings=postings,
            stands_for=self._date(said, name),
        )

    def _date(self, said: Said, name: str) -> MovedDate | None:
        if said.get("recurring") is None:
            return None
        with naming(NO_DATE, name):
            (one,) = objects_of({"recurring": [said["recurring"]]}, "recurring")
            item = self.items.get(strict_text(one, "item"))
            if item is None:
                raise InvalidInput(NO_ITEM_OF_FILE)
            found = read_date(one, item, BOOKED)
            if (item, found.rule_on) in self.handled:
                raise InvalidInput(SAME_DATE)
            self.handled.add((item, found.rule_on))
        return found


def _tags(said: Said) -> tuple[str, ...]:
    tags = said.get("tags", ())
    found = tags if isinstance(tags, list) else ()
    return tuple(storable(tag) for tag in found if isinstance(tag, str))


def _postings(said: Said, places: Places, name: str) -> Iterator[MovedPosting]:
    for one in objects_of(said, "postings"):
        place = text_of(one, "account")
        if place not in places:
            raise InvalidInput(NO_PLACE, field=FIELD, name=name)
        currency = places[place].currency
        money = _money(one, "amount", "currency", name)
        if currency not in ("", money.currency):
            raise InvalidInput(OTHER_CURRENCY, field=FIELD, name=name)
        has_original = "original_amount" in one
        yield MovedPosting(
            place,
            money,
            text_of(one, "memo"),
            _money(one, "original_amount", "original_currency", name)
            if has_original
            else None,
            cleared=bool(currency) and one.get("cleared") is True,
        )


def _check_sums(postings: tuple[MovedPosting, ...], name: str) -> None:
    sums: dict[str, int] = {}
    for one in postings:
        currency = one.money.currency
        sums[currency] = sums.get(currency, 0) + one.money.minor
    if not 1 < len(postings) <= MAX_PARTS or any(sums.values()):
        raise InvalidInput(NOT_ZERO, field=FIELD, name=name)


def _money(said: Said, amount: str, currency: str, name: str) -> Money:
    try:
        return money_of(said, amount, currency)
    except (InvalidInput, LookupError, ValueError):
        raise InvalidInput(NO_AMOUNT, field=FIELD, name=name) from None
