"""What nothing that comes again may say, by hand or in a file."""

from dataclasses import dataclass
from typing import Final

from fintrack.core.chart import ACCOUNT_KINDS, Kind
from fintrack.core.entries import check_words
from fintrack.core.errors import InvalidInput
from fintrack.core.money import Money
from fintrack.core.text import message_id
from fintrack.core.words import is_showable

MAX_NAME: Final = 100
SAME_PLACE = message_id("Please choose two different accounts.")
ONE_CURRENCY = message_id(
    "A second amount is for a transfer between accounts of two currencies."
)
TAKES_OUT = message_id("A transfer takes money out of its account.")
NOTHING_ARRIVES = message_id("Please enter an amount above zero.")


@dataclass(frozen=True, slots=True)
class Other:
    """The category or the account that the money goes to, as it is called."""

    name: str
    kind: Kind
    currency: str | None


def check_name(name: str) -> None:
    """Refuses a name that nobody can read.

    Raises:
        InvalidInput: under ``name``.
    """
    clean = " ".join(name.split())
    if not 0 < len(clean) <= MAX_NAME or not is_showable(clean):
        raise InvalidInput(
            "Please enter a name of at most {limit} characters.",
            field="name",
            limit=MAX_NAME,
        )
    check_words(clean, "name")


def check_amounts(amount: Money, received: Money | None, other: Other) -> None:
    """Refuses no money, and two amounts where no two currencies meet, or one there.

    Raises:
        InvalidInput: under ``amount`` or ``received``.
    """
    is_transfer = other.kind in ACCOUNT_KINDS
    meets_another = is_transfer and other.currency != amount.currency
    if not amount.minor:
        raise InvalidInput("Please enter an amount other than zero.", field="amount")
    if received is None and meets_another:
        raise InvalidInput(
            "Please enter what arrives: {name} is kept in {currency}.",
            field="received",
            name=other.name,
            currency=other.currency,
        )
    if received is not None and not meets_another:
        raise InvalidInput(ONE_CURRENCY, field="received")
    if received is not None and received.minor <= 0:
        raise InvalidInput(NOTHING_ARRIVES, field="received")
    if amount.minor > 0 and is_transfer:
        raise InvalidInput(TAKES_OUT, field="amount")
