"""Fields of books in a file: read as they are written, or refused with their names."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

from fintrack.core.amount_text import parse_plain
from fintrack.core.chart import ACCOUNT_KINDS, CATEGORY_KINDS, Kind
from fintrack.core.entries import FIRST_DAY, LAST_DAY
from fintrack.core.errors import Conflict, InvalidInput, Problem
from fintrack.core.folding import fold
from fintrack.core.money import Money
from fintrack.core.statements.own_json import NO_OBJECT, NOT_A_LIST
from fintrack.core.statements.storable import storable
from fintrack.core.text import message_id
from fintrack.core.words import without_turns

FIELD: Final = "file"
MOST_FINDINGS: Final = 5
MOST_WHOLE: Final = 10_000
MAX_SHOWN: Final = 60
# A bound that somebody calculated (10/3) has far more digits than an amount.
_NUMBER: Final = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,400})?")
NOT_OF_FORM: Final = NO_OBJECT.message
TOO_MANY = message_id("“{value}” holds more than {limit} in this file.")
NO_PLACE_OF_FILE = message_id(
    "It names an account or a category that is not in the file."
)
NO_ACCOUNT_OF_FILE = message_id("This is not an account.")
NO_CATEGORY_OF_FILE = message_id("This is not a category.")

Given = TypeVar("Given")
Read = TypeVar("Read")
Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FilePlace:
    """An account or a category of the file; ``number`` stands for its id to come.

    A category has no currency.
    """

    number: int
    kind: Kind
    currency: str
    is_closed: bool = False
    name: str = ""


Places = Mapping[str, FilePlace]
"""The places of a file by their names in it."""


def read_each(said: Iterable[Given], read: Callable[[Given], Read]) -> list[Read]:
    """All of a list, or a refusal with the first five of those that cannot be.

    Raises:
        InvalidInput: what the first of them said.
    """
    found, refused = [], list[InvalidInput]()
    for one in said:
        try:
            found.append(read(one))
        except InvalidInput as error:
            refused.append(error)
    if refused:
        first = refused[:MOST_FINDINGS]
        raise InvalidInput.of([one for error in first for one in error.problems])
    return found


@contextmanager
def naming(message: str, name: str) -> Iterator[None]:
    """Says before a refusal whose it is, and puts it under ``file``.

    Raises:
        InvalidInput: what was refused inside.
    """
    try:
        yield
    except (InvalidInput, Conflict) as error:
        problems = [
            Problem(one.message, FIELD, one.values, one.one, one.n)
            for one in error.problems
        ]
        head = Problem(message, FIELD, (("name", name),))
        raise InvalidInput.of([head, *problems]) from None


def naming_in_list(
    message: str, place: int, words: str = ""
) -> AbstractContextManager[None]:
    """``naming`` by the place in a list, from 1, and the beginning of some words."""
    return naming(message, name_in_list(place, words))


def name_in_list(place: int, words: str) -> str:
    """How a refusal calls one of a list."""
    return f"{place} {words[:MAX_SHOWN]}".strip()


def objects_of(said: Said, name: str, *, most: int | None = None) -> list[Said]:
    """A list of objects; none where it is not there.

    Raises:
        InvalidInput: something else, or more than ``most``.
    """
    found = said.get(name, [])
    if not isinstance(found, list) or not all(isinstance(o, dict) for o in found):
        raise InvalidInput(NOT_A_LIST, field=FIELD, value=name)
    if most is not None and len(found) > most:
        raise InvalidInput(TOO_MANY, field=FIELD, value=name, limit=most)
    return found


def text_of(said: Said, name: str) -> str:
    """Texts only: a number would have been through a program's rounding."""
    value = said.get(name, "")
    return without_turns(storable(value)) if isinstance(value, str) else ""


def day_of(said: Said, name: str) -> date | None:
    """A day that books can know, or None."""
    try:
        day = date.fromisoformat(text_of(said, name))
    except ValueError:
        return None
    return day if FIRST_DAY <= day < LAST_DAY else None


def money_of(said: Said, amount: str, currency: str) -> Money:
    """An amount with its currency.

    Raises:
        InvalidInput, LookupError, ValueError: it cannot be.
    """
    value = parse_plain(text_of(said, amount))
    return Money.from_decimal(value, text_of(said, currency))


def strict_text(said: Said, name: str) -> str:
    """A text, empty where it is not there or null.

    Raises:
        InvalidInput: something else.
    """
    _check(said.get(name) is None or isinstance(said[name], str))
    return text_of(said, name)


def strict_flag(said: Said, name: str, *, default: bool) -> bool:
    """True or false.

    Raises:
        InvalidInput: something else.
    """
    value = said.get(name, default)
    _check(isinstance(value, bool))
    return bool(value)


def strict_whole(said: Said, name: str, default: int) -> int:
    """A small whole number.

    Raises:
        InvalidInput: something else.
    """
    value = said.get(name, default)
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    _check(is_whole and -MOST_WHOLE < value < MOST_WHOLE)
    return int(value)


def strict_day(said: Said, name: str) -> date | None:
    """A day, None where it is not there or null.

    Raises:
        InvalidInput: something else.
    """
    day = day_of(said, name)
    _check(day is not None or said.get(name) is None)
    return day


def strict_number(said: Said, name: str) -> Decimal | None:
    """A number that is written as a text, None where it is not there or null.

    Raises:
        InvalidInput: something else.
    """
    written = strict_text(said, name)
    _check(not written or _NUMBER.fullmatch(written) is not None)
    return Decimal(written) if written else None


def strict_money(said: Said, amount: str, currency: str) -> Money:
    """An amount with its currency.

    Raises:
        InvalidInput: it cannot be.
    """
    strict_text(said, amount)
    try:
        return money_of(said, amount, currency)
    except (LookupError, ValueError):
        raise InvalidInput(NOT_OF_FORM, field=FIELD) from None


def strict_choice(said: Said, name: str, choice: Callable[[str], Read]) -> Read:
    """One of the words that an enumeration has.

    Raises:
        InvalidInput: another one.
    """
    try:
        return choice(strict_text(said, name))
    except ValueError:
        raise InvalidInput(NOT_OF_FORM, field=FIELD) from None


def tags_of(said: Said) -> tuple[str, ...]:
    """Names of tags, each once.

    Raises:
        InvalidInput: something else.
    """
    found = said.get("tags", [])
    _check(isinstance(found, list) and all(isinstance(one, str) for one in found))
    clean = (without_turns(storable(one)) for one in found)
    return tuple({fold(one): one for one in clean}.values())


def place_of(said: Said, name: str, places: Places) -> FilePlace:
    """The place that a field names.

    Raises:
        InvalidInput: it is not in the file, or one that nobody sees.
    """
    found = places.get(strict_text(said, name))
    if found is None or found.kind is Kind.EQUITY:
        raise InvalidInput(NO_PLACE_OF_FILE, field=FIELD)
    return found


def account_of(said: Said, name: str, places: Places) -> FilePlace:
    """The account that a field names.

    Raises:
        InvalidInput: it is not in the file, or a category.
    """
    found = place_of(said, name, places)
    if found.kind not in ACCOUNT_KINDS:
        raise InvalidInput(NO_ACCOUNT_OF_FILE, field=FIELD)
    return found


def category_of(said: Said, name: str, places: Places) -> FilePlace:
    """The category that a field names.

    Raises:
        InvalidInput: it is not in the file, or an account.
    """
    found = place_of(said, name, places)
    if found.kind not in CATEGORY_KINDS:
        raise InvalidInput(NO_CATEGORY_OF_FILE, field=FIELD)
    return found


def _check(is_good: bool) -> None:  # noqa: FBT001 - what is checked
    if not is_good:
        raise InvalidInput(NOT_OF_FORM, field=FIELD)
