"""Books as a whole, read from FinTrack's own JSON for a move to another home.

The form is that of ``core.statements.own_json`` (docs/json.md). There one account of
the file is read as a statement; here all of it: accounts, categories, tags and
transactions with every posting, so that a transfer stays one and a split stays whole.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

from fintrack.core.amount_text import parse_plain
from fintrack.core.chart import CATEGORY_KINDS, AccountType, Equity, Kind
from fintrack.core.currency import find_currency
from fintrack.core.entries import FIRST_DAY, LAST_DAY, MAX_PARTS, MAX_TEXT
from fintrack.core.errors import InvalidInput, Problem
from fintrack.core.folding import fold
from fintrack.core.money import Money
from fintrack.core.statements.own_json import FORM, NO_JSON, NOT_A_LIST, OTHER_FORM
from fintrack.core.statements.storable import part_name, storable
from fintrack.core.text import message_id
from fintrack.core.words import without_turns

FIELD: Final = "file"
MOST_FINDINGS: Final = 5
NO_CURRENCY = message_id("The account “{name}” has no currency that is known.")
NO_ACCOUNT_DAY = message_id(
    "A day of the account “{name}” is not between 1900 and 2199."
)
SAME_ID = message_id("Two accounts or categories of the file have the id “{name}”.")
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

Read = TypeVar("Read")


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
class MovedPosting:
    """One amount, positive into the place; ``cleared``: the bank has seen it."""

    place: str
    money: Money
    memo: str
    original: Money | None
    cleared: bool


@dataclass(frozen=True, slots=True)
class MovedTransaction:
    """One event with its postings, which sum to zero in each currency."""

    on_date: date
    payee: str
    description: str
    note: str
    tags: tuple[str, ...]
    is_void: bool
    postings: tuple[MovedPosting, ...]


@dataclass(frozen=True, slots=True)
class WholeBooks:
    """All that a file holds; every posting names a place of it."""

    accounts: tuple[MovedAccount, ...]
    categories: tuple[MovedCategory, ...]
    transactions: tuple[MovedTransaction, ...]


def read_books(text: str) -> WholeBooks:
    """The books of a file; it takes a while for a large one.

    Raises:
        InvalidInput: under ``file``: it is no JSON, of another form, or names up to
            five accounts or transactions that cannot be.
    """
    try:
        books = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise InvalidInput(NO_JSON, field=FIELD) from None
    if not isinstance(books, dict) or books.get("format") != FORM:
        raise InvalidInput(OTHER_FORM, field=FIELD, form=FORM)
    accounts = tuple(_read_each(books, "accounts", _account))
    categories = tuple(_category(one) for one in _objects(books, "categories"))
    _check_ids([*(one.id for one in accounts), *(one.id for one in categories)])
    currencies = {one.id: "" for one in categories}
    currencies |= {one.id: one.currency for one in accounts}
    found = _read_each(books, "transactions", lambda one: _transaction(one, currencies))
    return WholeBooks(accounts, categories, tuple(found))


def _read_each(
    books: Mapping[str, Any], name: str, read: Callable[[Mapping[str, Any]], Read]
) -> list[Read]:
    """All of a list, or a refusal with the first of those that cannot be."""
    found, problems = [], list[Problem]()
    for one in _objects(books, name):
        try:
            found.append(read(one))
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput.of(problems[:MOST_FINDINGS])
    return found


def _check_ids(ids: Sequence[str]) -> None:
    for id_, often in Counter(ids).items():
        if often > 1:
            raise InvalidInput(SAME_ID, field=FIELD, name=id_[:MAX_TEXT])


def _account(said: Mapping[str, Any]) -> MovedAccount:
    name, currency = part_name(_text(said, "name")), _text(said, "currency")
    try:
        find_currency(currency)
    except (InvalidInput, LookupError, ValueError):
        raise InvalidInput(NO_CURRENCY, field=FIELD, name=name) from None
    types = {fold(one): one for one in AccountType}
    opened_on, closed_on = _day(said, "opened_on"), _day(said, "closed_on")
    if (said.get("opened_on") and not opened_on) or (
        said.get("closed_on") and not closed_on
    ):
        raise InvalidInput(NO_ACCOUNT_DAY, field=FIELD, name=name)
    return MovedAccount(
        _text(said, "id"),
        name,
        types.get(fold(_text(said, "type")), AccountType.OTHER),
        currency,
        opened_on,
        closed_on,
        _text(said, "note")[:MAX_TEXT],
    )


def _category(said: Mapping[str, Any]) -> MovedCategory:
    kind = _text(said, "kind")
    if kind in CATEGORY_KINDS:
        known, type_ = Kind(kind), _text(said, "type")
    else:
        # A file of before says which of the two it is by its name alone.
        is_exchange = "exchange" in fold(_text(said, "type") or _text(said, "name"))
        known = Kind.EQUITY
        type_ = Equity.EXCHANGE if is_exchange else Equity.OPENING
    name = part_name(_text(said, "name"))
    return MovedCategory(_text(said, "id"), name, known, type_, _text(said, "parent"))


def _transaction(
    said: Mapping[str, Any], currencies: Mapping[str, str]
) -> MovedTransaction:
    name = f"{_text(said, 'id')} {_text(said, 'payee')}".strip()[:MAX_TEXT] or "–"
    on_date = _day(said, "date")
    if on_date is None:
        raise InvalidInput(NO_DAY, field=FIELD, name=name)
    postings = tuple(_postings(said, currencies, name))
    _check_sums(postings, name)
    payee, description, note = (
        _text(said, one) for one in ("payee", "description", "note")
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
    )


def _tags(said: Mapping[str, Any]) -> tuple[str, ...]:
    tags = said.get("tags", ())
    found = tags if isinstance(tags, list) else ()
    return tuple(storable(tag) for tag in found if isinstance(tag, str))


def _postings(
    said: Mapping[str, Any], currencies: Mapping[str, str], name: str
) -> Iterator[MovedPosting]:
    for one in _objects(said, "postings"):
        place = _text(one, "account")
        if place not in currencies:
            raise InvalidInput(NO_PLACE, field=FIELD, name=name)
        money = _money(one, "amount", "currency", name)
        if currencies[place] not in ("", money.currency):
            raise InvalidInput(OTHER_CURRENCY, field=FIELD, name=name)
        has_original = "original_amount" in one
        yield MovedPosting(
            place,
            money,
            _text(one, "memo"),
            _money(one, "original_amount", "original_currency", name)
            if has_original
            else None,
            cleared=bool(currencies[place]) and one.get("cleared") is True,
        )


def _check_sums(postings: tuple[MovedPosting, ...], name: str) -> None:
    sums: dict[str, int] = {}
    for one in postings:
        currency = one.money.currency
        sums[currency] = sums.get(currency, 0) + one.money.minor
    if not 1 < len(postings) <= MAX_PARTS or any(sums.values()):
        raise InvalidInput(NOT_ZERO, field=FIELD, name=name)


def _money(said: Mapping[str, Any], amount: str, currency: str, name: str) -> Money:
    try:
        return Money.from_decimal(
            parse_plain(_text(said, amount)), _text(said, currency)
        )
    except (InvalidInput, LookupError, ValueError):
        raise InvalidInput(NO_AMOUNT, field=FIELD, name=name) from None


def _day(said: Mapping[str, Any], name: str) -> date | None:
    try:
        day = date.fromisoformat(_text(said, name))
    except ValueError:
        return None
    return day if FIRST_DAY <= day < LAST_DAY else None


def _objects(books: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = books.get(name, [])
    if not isinstance(found, list) or not all(isinstance(o, dict) for o in found):
        raise InvalidInput(NOT_A_LIST, field=FIELD, value=name)
    return found


def _text(values: Mapping[str, Any], name: str) -> str:
    """Texts only: a number would have been through a program's rounding."""
    value = values.get(name, "")
    return without_turns(storable(value)) if isinstance(value, str) else ""
