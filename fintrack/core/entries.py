"""What a person enters for a transaction, and the postings that it means.

Sign: positive is into the account or category. An expense of 10 is bank −10,
groceries +10; a split has more parts; a transfer has two accounts.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from fintrack.core.chart import ACCOUNT_KINDS, Kind
from fintrack.core.errors import InvalidInput, Problem
from fintrack.core.exchange import Rate, convert
from fintrack.core.money import MAX_MINOR, Money
from fintrack.core.text import message_id
from fintrack.core.words import is_kept

MAX_PARTS: Final = 100
MAX_TEXT: Final = 500
FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2200, 1, 1)
FAR_DAY: Final = message_id("This day is not between 1900 and 2199.")

# Whether something reconciled may break: whatever that is by then, or what was told.
Unlock = bool | tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """The field of a form that named an account, and the kinds that it takes.

    ``amount``, ``currency`` and ``memo`` are the fields that gave the rest of its part.
    """

    field: str
    kinds: tuple[Kind, ...]
    amount: str = "amount"
    currency: str = "amount"
    memo: str = "memo"


ANY_SLOT: Final = Slot("parts", tuple(Kind))


@dataclass(frozen=True, slots=True)
class Part:
    """One posting to be made; ``original`` is the amount in a foreign currency.

    The original is what a shop charged on a card that settles in another currency; it
    is kept beside the posting and never summed. ``slot`` is where a form gave it.
    """

    account_id: int
    money: Money
    memo: str = ""
    original: Money | None = None
    slot: Slot = ANY_SLOT


@dataclass(frozen=True, slots=True)
class Entry:
    """A transaction as it is entered: a day, its words, and two or more parts.

    ``tags`` are names; None leaves those that are there. ``rule_id`` is the rule that
    gave the category, where the source says ``rule``. ``unlock`` says what it may break
    of what is reconciled. ``sums`` is the field of the parts together.
    """

    on_date: date
    parts: tuple[Part, ...]
    payee: str = ""
    description: str = ""
    note: str = ""
    category_source: str = field(default="you", kw_only=True)
    rule_id: int | None = field(default=None, kw_only=True)
    tags: tuple[str, ...] | None = field(default=None, kw_only=True)
    unlock: Unlock = field(default=False, kw_only=True)
    sums: str = field(default="parts", kw_only=True)


def pay(
    account_id: int, money: Money, splits: tuple[tuple[int, Money], ...]
) -> tuple[Part, ...]:
    """``money`` moves on the account, and each category takes its amount of it.

    ``splits`` holds category and amount as people say them: positive for the share of
    the expense when ``money`` is negative, or of the income when it is positive.
    """
    sign = 1 if money.minor < 0 else -1
    shares = (
        Part(category_id, share if sign > 0 else -share)
        for category_id, share in splits
    )
    return (Part(account_id, money), *shares)


def transfer(
    from_account_id: int, to_account_id: int, sent: Money, received: Money
) -> tuple[Part, ...]:
    """``sent`` leaves one account and ``received`` arrives; both positive."""
    return (Part(from_account_id, -sent), Part(to_account_id, received))


def exchanged(sent: Money, rate: Rate, *, field: str) -> Money:
    """What arrives of ``sent`` in a transfer at a rate of its currency.

    Raises:
        InvalidInput: it is less than a unit of what arrives, or more than one amount
            may be (under ``field``).
    """
    received = convert(sent, rate)
    if not received.minor:
        raise InvalidInput(
            "At this rate the amount received would be zero.", field=field
        )
    if abs(received.minor) > MAX_MINOR:
        raise InvalidInput("This amount is too large.", field=field)
    return received


def balance_parts(
    parts: tuple[Part, ...], exchange_account_id: int, *, field: str = "parts"
) -> tuple[Part, ...]:
    """The parts, completed through the currency-exchange account where two meet.

    Raises:
        InvalidInput: parts of one currency do not sum to zero, or the open amounts of
            several currencies are not one bought and one sold (under ``field``).
    """
    open_sums = _open_sums(parts)
    if not open_sums:
        return parts
    if len(open_sums) == 1:
        raise InvalidInput(
            "The parts do not add up: {amount} {currency} is left.",
            field=field,
            amount=open_sums[0].text,
            currency=open_sums[0].currency,
        )
    if len(open_sums) > 2 or (open_sums[0].minor > 0) == (open_sums[1].minor > 0):  # noqa: PLR2004 - an exchange has two sides
        raise InvalidInput(
            "An exchange takes one currency out and brings one in.", field=field
        )
    through = (Part(exchange_account_id, -money) for money in open_sums)
    return (*parts, *through)


def check_entry(entry: Entry) -> None:
    """Refuses an entry with an impossible day or too long words.

    Raises:
        InvalidInput: names the field.
    """
    if not FIRST_DAY <= entry.on_date < LAST_DAY:
        raise InvalidInput(FAR_DAY, field="on_date")
    for name in ("payee", "description", "note"):
        check_words(getattr(entry, name), name)
    for part in entry.parts:
        check_words(part.memo, part.slot.memo)


def check_kinds(parts: tuple[Part, ...], kinds: Mapping[int, Kind]) -> None:
    """Refuses parts on what their form does not take, and a round among categories.

    ``kinds`` holds the kind of every account that the parts name.

    Raises:
        InvalidInput: names the field that the form gave.
    """
    for part in parts:
        if kinds[part.account_id] not in part.slot.kinds:
            is_account = Kind.ASSET in part.slot.kinds
            raise InvalidInput(
                "This is not an account." if is_account else "This is not a category.",
                field=part.slot.field,
            )
    if not any(kinds[part.account_id] in ACCOUNT_KINDS for part in parts):
        raise InvalidInput(
            "A transaction moves money on at least one account.",
            field=parts[0].slot.field,
        )


def check_moves(parts: tuple[Part, ...]) -> None:
    """Refuses parts that are all on one account: nothing would move.

    Raises:
        InvalidInput: names the field that the form gave for the second.
    """
    if len({part.account_id for part in parts}) == 1:
        raise InvalidInput(
            "Money that stays on its account does not move. "
            "Please choose another account or a category.",
            field=parts[1].slot.field,
        )


def check_words(words: str, name: str) -> None:
    """Refuses words that are too long, or that no database keeps.

    Raises:
        InvalidInput: under the field ``name``.
    """
    if len(words) > MAX_TEXT:
        raise InvalidInput(
            "This text is longer than {limit} characters.", field=name, limit=MAX_TEXT
        )
    if not is_kept(words):
        raise InvalidInput("This text holds an invisible character.", field=name)


def check_parts(parts: tuple[Part, ...], *, field: str = "parts") -> None:
    """Refuses too few or too many parts.

    Raises:
        InvalidInput: under ``field``: fewer than two, or more than ``MAX_PARTS``.
    """
    if len(parts) < 2:  # noqa: PLR2004 - double entry
        raise InvalidInput("A transaction needs two parts or more.", field=field)
    if len(parts) > MAX_PARTS:
        raise InvalidInput(
            "A transaction has at most {limit} parts.", field=field, limit=MAX_PARTS
        )


def _open_sums(parts: tuple[Part, ...]) -> list[Money]:
    sums: dict[str, int] = defaultdict(int)
    for part in parts:
        sums[part.money.currency] += part.money.minor
    return [Money(minor, code) for code, minor in sums.items() if minor]
