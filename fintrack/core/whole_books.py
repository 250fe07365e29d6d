"""Books as a whole, read from FinTrack's own JSON for a move to another home.

The form is that of ``core.statements.own_json`` (docs/json.md). There one account of
the file is read as a statement; here all of it: accounts, categories, tags and
transactions with every posting, so that a transfer stays one and a split stays whole,
and the habits of who keeps the books.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from fintrack.core.book_fields import (
    FIELD,
    FilePlace,
    day_of,
    objects_of,
    read_each,
    text_of,
)
from fintrack.core.chart import CATEGORY_KINDS, AccountType, Equity, Kind
from fintrack.core.currency import find_currency
from fintrack.core.entries import MAX_TEXT
from fintrack.core.errors import InvalidInput
from fintrack.core.folding import fold
from fintrack.core.moved_items import MovedItem, check_dates, read_items
from fintrack.core.moved_rules import MovedRule, read_rules
from fintrack.core.moved_templates import read_templates
from fintrack.core.moved_transactions import MovedTransaction, Reading
from fintrack.core.statements.own_json import FORM, NO_JSON, OTHER_FORM
from fintrack.core.statements.storable import part_name
from fintrack.core.templates import NewTemplate
from fintrack.core.text import message_id

NO_CURRENCY = message_id("The account “{name}” has no currency that is known.")
NO_ACCOUNT_DAY = message_id(
    "A day of the account “{name}” is not between 1900 and 2199."
)
SAME_ID = message_id("Two accounts or categories of the file have the id “{name}”.")


@dataclass(frozen=True, slots=True)
class MovedAccount:
    """An account of the file; ``id`` is its name there."""

    id: str
    name: str
    type: AccountType
    currency: str
    opened_on: date | None
    closed_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class MovedCategory:
    """A category, or with the kind ``equity`` one of the two that nobody sees."""

    id: str
    name: str
    kind: Kind
    type: str
    parent: str


@dataclass(frozen=True, slots=True)
class Habits:
    """What somebody set up: rules in their order, what comes again, templates.

    They name places by their numbers (``core.book_fields``).
    """

    rules: tuple[MovedRule, ...] = ()
    items: tuple[MovedItem, ...] = ()
    templates: tuple[NewTemplate, ...] = ()

    @property
    def tags(self) -> frozenset[str]:
        """The names of the tags that they speak of."""
        return frozenset(
            tag
            for tags in (
                *(one.tags for one in self.rules),
                *(one.tags for one in self.templates),
            )
            for tag in tags
        )


@dataclass(frozen=True, slots=True)
class WholeBooks:
    """All that a file holds; every posting and every habit names places of it."""

    accounts: tuple[MovedAccount, ...]
    categories: tuple[MovedCategory, ...]
    transactions: tuple[MovedTransaction, ...]
    habits: Habits = Habits()

    @property
    def numbers(self) -> dict[str, int]:
        """The numbers of accounts and categories by their ids."""
        accounts = (one.id for one in self.accounts)
        ids = [*accounts, *(one.id for one in self.categories)]
        return {id_: number for number, id_ in enumerate(ids, 1)}


def read_books(text: str) -> WholeBooks:
    """The books of a file; it takes a while for a large one.

    Raises:
        InvalidInput: under ``file``: it is no JSON, of another form, or names up to
            five accounts, habits or transactions that cannot be, or has too many dates.
    """
    try:
        books = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise InvalidInput(NO_JSON, field=FIELD) from None
    if not isinstance(books, dict) or books.get("format") != FORM:
        raise InvalidInput(OTHER_FORM, field=FIELD, form=FORM)
    accounts = tuple(read_each(objects_of(books, "accounts"), _account))
    categories = tuple(_category(one) for one in objects_of(books, "categories"))
    _check_ids([*(one.id for one in accounts), *(one.id for one in categories)])
    places = _places(accounts, categories)
    rules, items = read_rules(books, places), read_items(books, places)
    habits = Habits(rules, items, read_templates(books, places))
    reading = Reading.of(places, items)
    found = read_each(objects_of(books, "transactions"), reading.transaction)
    check_dates(len(reading.handled))
    return WholeBooks(accounts, categories, tuple(found), habits)


def _places(
    accounts: Sequence[MovedAccount], categories: Sequence[MovedCategory]
) -> dict[str, FilePlace]:
    found = {}
    for number, one in enumerate(accounts, 1):
        is_closed = one.closed_on is not None
        found[one.id] = FilePlace(
            number, one.type.kind, one.currency, is_closed, one.name
        )
    for number, category in enumerate(categories, len(accounts) + 1):
        found[category.id] = FilePlace(number, category.kind, "")
    return found


def _check_ids(ids: Sequence[str]) -> None:
    for id_, often in Counter(ids).items():
        if often > 1:
            raise InvalidInput(SAME_ID, field=FIELD, name=id_[:MAX_TEXT])


def _account(said: Mapping[str, Any]) -> MovedAccount:
    name, currency = part_name(text_of(said, "name")), text_of(said, "currency")
    try:
        find_currency(currency)
    except (InvalidInput, LookupError, ValueError):
        raise InvalidInput(NO_CURRENCY, field=FIELD, name=name) from None
    types = {fold(one): one for one in AccountType}
    opened_on, closed_on = day_of(said, "opened_on"), day_of(said, "closed_on")
    if (said.get("opened_on") and not opened_on) or (
        said.get("closed_on") and not closed_on
    ):
        raise InvalidInput(NO_ACCOUNT_DAY, field=FIELD, name=name)
    return MovedAccount(
        text_of(said, "id"),
        name,
        types.get(fold(text_of(said, "type")), AccountType.OTHER),
        currency,
        opened_on,
        closed_on,
        text_of(said, "note")[:MAX_TEXT],
    )


def _category(said: Mapping[str, Any]) -> MovedCategory:
    kind = text_of(said, "kind")
    if kind in CATEGORY_KINDS:
        known, type_ = Kind(kind), text_of(said, "type")
    else:
        # A file of before says which of the two it is by its name alone.
        is_exchange = "exchange" in fold(text_of(said, "type") or text_of(said, "name"))
        known = Kind.EQUITY
        type_ = Equity.EXCHANGE if is_exchange else Equity.OPENING
    name = part_name(text_of(said, "name"))
    return MovedCategory(
        text_of(said, "id"), name, known, type_, text_of(said, "parent")
    )
