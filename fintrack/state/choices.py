"""What selects and pickers offer: values with their words, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fintrack.core.actor import Role
from fintrack.core.currency import CurrencyKind, all_currencies
from fintrack.core.formatting import currency_name
from fintrack.core.text import message_id
from fintrack.state.amounts import Reader

ROLE_NAMES = {
    Role.USER: message_id("User"),
    Role.SUPPORT: message_id("Support"),
    Role.OPERATOR: message_id("Operator"),
    Role.ANALYST: message_id("Analyst"),
    Role.ADMIN: message_id("Admin"),
}
KIND_NAMES = {
    "staff": message_id("Deeds of staff"),
    "access": message_id("Sign-ins and access"),
    "refused": message_id("Refusals"),
    "books": message_id("Changes of books"),
}
"""The kinds of what stands in the trail."""
COUNTED = (CurrencyKind.MONEY, CurrencyKind.CRYPTO)


@dataclass(frozen=True)
class Choice:
    """One option of a select."""

    value: str
    label: str


def named_choices(names: Mapping[Any, str], reader: Reader) -> list[Choice]:
    """Values by what they are called; ``names`` are marked with ``message_id``."""
    return [Choice(str(value), reader.say(name)) for value, name in names.items()]


def currency_choice(code: str, reader: Reader) -> Choice:
    """A currency as a picker shows it: ``USD US Dollar``."""
    return Choice(code, f"{code} {currency_name(code, reader.language)}")


def money_choices(reader: Reader) -> list[Choice]:
    """The currencies that people count in, by code, and the reader's own.

    Other metals, funds, units and coins are left out.
    """
    return [
        currency_choice(one.code, reader)
        for one in all_currencies()
        if one.code == reader.base_currency or (one.is_everyday and one.kind in COUNTED)
    ]
