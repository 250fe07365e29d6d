"""What people know by a name in the rows of their books, and how images hold it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from fintrack.core.exchange import Rate
from fintrack.core.money import Money
from fintrack.core.recurrence import Pattern

Value = Money | Rate | date | str | bool | None
Name = str | Rate
"""What a thing is called; an own rate has no name, and is told itself."""
Image = Mapping[str, Any]

# Of each table that people know something of; the rest is our bookkeeping.
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "account": ("name", "type", "parent_id", "opened_on", "closed_on", "note"),
    "attachment": ("filename",),
    "ledger": ("name", "base_currency"),
    "own_rate": ("on_date", "value"),
    "posting": (
        *("account_id", "amount_minor", "original_minor", "memo"),
        *("cleared_at", "reconciliation_id"),
    ),
    "recurring_dismissal": (),
    "recurring_item": (
        *("name", "account_id", "other_id", "amount_minor", "received_minor"),
        *(
            "pattern",
            "every",
            "day",
            "week",
            "weekday",
            "starts_on",
            "ends_on",
            "shift",
            "is_automatic",
        ),
    ),
    "recurring_occurrence": ("due_on", "outcome"),
    "rule": (
        *("position", "is_on", "needs_all", "transfer_account_id", "set_payee"),
        *("set_note", "removed_at"),
    ),
    "rule_condition": ("field", "test", "words", "account_id", "least", "most"),
    "rule_share": ("category_id", "percent"),
    "rule_tag": ("tag_id",),
    "tag": ("name",),
    "template": ("name", "payee", "account_id", "amount_minor", "note"),
    "transaction": ("on_date", "payee", "description", "note", "voided_at"),
    "transaction_tag": ("tag_id",),
}
# What a row is a part of, and the column that says of which one.
OWNERS: Final[dict[str, tuple[str, str]]] = {
    "attachment": ("transaction", "transaction_id"),
    "posting": ("transaction", "transaction_id"),
    "recurring_occurrence": ("recurring_item", "item_id"),
    "rule_condition": ("rule", "rule_id"),
    "rule_share": ("rule", "rule_id"),
    "rule_tag": ("rule", "rule_id"),
    "transaction_tag": ("transaction", "transaction_id"),
}
ACCOUNTS: Final = frozenset(
    {"account_id", "category_id", "other_id", "parent_id", "transfer_account_id"}
)
_MONEY: Final = {
    "amount_minor": "currency",
    "original_minor": "original_currency",
    "received_minor": "received_currency",
}
_DAYS: Final = {"closed_on", "due_on", "ends_on", "on_date", "opened_on", "starts_on"}
# What matters of them is whether they are there.
_TURNED: Final = {"cleared_at", "reconciliation_id", "removed_at", "voided_at"}
# A rule of days has all columns, and looks at these of them.
_OF_PATTERN: Final = {
    "day": Pattern.MONTH_DAY,
    "week": Pattern.MONTH_WEEKDAY,
    "weekday": Pattern.MONTH_WEEKDAY,
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field; None is a value that was not there. Accounts are given by name."""

    name: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Names:
    """What ids stand for; ``things`` has those of rows of which others are parts."""

    accounts: Mapping[int, str]
    categories: frozenset[int]
    tags: Mapping[int, str]
    things: Mapping[tuple[str, int], str]


def field_changes(
    table: str, before: Image, after: Image, names: Names
) -> tuple[FieldChange, ...]:
    """The fields that differ; an empty image is that of a row that was not there."""
    return tuple(
        FieldChange(_said(field, after or before, names), old, new)
        for field in FIELDS[table]
        if (old := _value(field, before, names)) != (new := _value(field, after, names))
    )


def rate_of(image: Image) -> Rate:
    """The own rate that an image is of."""
    on = date.fromisoformat(image["on_date"])
    return Rate(image["base"], image["quote"], Decimal(image["value"]), on)


def _said(field: str, image: Image, names: Names) -> str:
    """The field's public name: amounts are money, ids are what they point to."""
    if field in ("account_id", "other_id") and image.get(field) in names.categories:
        return "category"
    if field == "words" and image.get("field") == "flow":
        return "direction"
    return field.removesuffix("_minor").removesuffix("_id").removesuffix("_at")


def _value(field: str, image: Image, names: Names) -> Value:
    found = image.get(field)
    if found in (None, "") or image.get("pattern") != _OF_PATTERN.get(
        field, image.get("pattern")
    ):
        value: Value = None
    elif isinstance(found, bool):
        value = found
    elif field in _TURNED:
        value = True
    elif currency := _MONEY.get(field):
        value = Money(int(found), image[currency])
    elif field == "value":
        value = rate_of(image)
    elif field in _DAYS:
        value = date.fromisoformat(found)
    else:
        value = _named(field, found, names)
    return value


def _named(field: str, found: object, names: Names) -> str:
    if field in ACCOUNTS:
        return names.accounts.get(int(str(found)), "")
    if field == "tag_id":
        return names.tags.get(int(str(found)), "")
    return str(found)
