"""What a change did, as somebody reads it: things with their fields."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Final

from fintrack.core.exchange import Rate
from fintrack.core.formatting import (
    format_day,
    format_money,
    format_number,
    format_percent,
    weekday_names,
)
from fintrack.core.money import Money
from fintrack.core.text import message_id
from fintrack.services.change_details import ChangeDetail, RowChange
from fintrack.services.change_fields import FieldChange, Name, Value
from fintrack.services.change_names import MOST_NAMES
from fintrack.state.account_types import TYPE_NAMES
from fintrack.state.amounts import Reader
from fintrack.state.command_names import name_command
from fintrack.state.conversions import pair_text
from fintrack.state.rows import isolated
from fintrack.state.rule_words import WEEKS

SHOWN: Final = MOST_NAMES - 1
SUBJECTS: Final = {
    "account": message_id("Account or category"),
    "ledger": message_id("Books"),
    "own_rate": message_id("Own rate"),
    "recurring_dismissal": message_id("Suggestion"),
    "recurring_item": message_id("Recurring item"),
    "rule": message_id("Rule"),
    "tag": message_id("Tag"),
    "template": message_id("Template"),
    "transaction": message_id("Transaction"),
}
WORDS: Final = {
    "account": message_id("Account"),
    "amount": message_id("Amount"),
    "base_currency": message_id("Base currency"),
    "category": message_id("Category"),
    "cleared": message_id("Cleared"),
    "closed_on": message_id("Closed on"),
    "day": message_id("On day"),
    "description": message_id("Description"),
    "direction": message_id("Direction"),
    "due_on": message_id("Date"),
    "ends_on": message_id("Last day"),
    "every": message_id("Every"),
    "field": message_id("What to look at"),
    "filename": message_id("Attachment"),
    "is_automatic": message_id("Booked by itself"),
    "is_on": message_id("Switched on"),
    "least": message_id("From"),
    "memo": message_id("Note"),
    "most": message_id("To"),
    "name": message_id("Name"),
    "needs_all": message_id("All of these"),
    "note": message_id("Note"),
    "on_date": message_id("Date"),
    "opened_on": message_id("Opened on"),
    "original": message_id("Charged abroad"),
    "other": message_id("To account"),
    "outcome": message_id("What became of it"),
    "parent": message_id("Part of"),
    "pattern": message_id("Repeats"),
    "payee": message_id("Payee"),
    "percent": message_id("Percent"),
    "position": message_id("Place"),
    "received": message_id("Arrives"),
    "removed": message_id("Removed"),
    "set_note": message_id("Note"),
    "set_payee": message_id("Payee"),
    "shift": message_id("On a weekend"),
    "starts_on": message_id("From day"),
    "tag": message_id("Tag"),
    "test": message_id("How to compare"),
    "transfer_account": message_id("To account"),
    "reconciliation": message_id("Reconciled"),
    "type": message_id("Type"),
    "value": message_id("Rate"),
    "voided": message_id("Void"),
    "week": message_id("Which one"),
    "weekday": message_id("Weekday"),
    "words": message_id("Text to look for"),
}
# What a field says by a word of ours.
VALUES: Final[dict[str, dict[str, str]]] = {
    "direction": {
        "in": message_id("Money comes in"),
        "out": message_id("Money goes out"),
    },
    "field": {
        "account": message_id("Account"),
        "amount": message_id("Amount"),
        "day": message_id("Day of the month"),
        "flow": message_id("Direction"),
        "payee": message_id("Payee"),
        "text": message_id("Any text"),
    },
    "outcome": {
        "booked": message_id("booked"),
        "proposed": message_id("waits for a yes"),
        "skipped": message_id("skipped"),
    },
    "pattern": {
        "days": message_id("Days"),
        "month-day": message_id("Months, on a day"),
        "month-last": message_id("Months, on the last day"),
        "month-weekday": message_id("Months, on a weekday"),
        "weeks": message_id("Weeks"),
        "years": message_id("Years"),
    },
    "shift": {
        "after": message_id("Monday after"),
        "before": message_id("Friday before"),
        "none": message_id("Stays on that day"),
    },
    "test": {
        "between": message_id("between"),
        "contains": message_id("contains"),
        "equals": message_id("is exactly"),
        "is": message_id("is"),
        "pattern": message_id("looks like (* and ?)"),
        "starts": message_id("starts with"),
    },
    "type": {str(kind): said for kind, said in TYPE_NAMES.items()},
    "week": {str(n): said for n, said in enumerate(WEEKS, start=1)},
}


@dataclass(frozen=True)
class FieldRow:
    """One field; an empty text is a value that was not there."""

    label: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class ThingRow:
    """A thing that was added, changed or removed, with its fields."""

    name: str
    op: str
    fields: list[FieldRow] = field(default_factory=list)


def thing_rows(detail: ChangeDetail, reader: Reader) -> list[ThingRow]:
    """The rows of a change; postings stand with their transaction."""

    def subject(row: RowChange) -> tuple[str, int]:
        return row.subject, row.subject_id

    # A change writes all transactions first and then their postings.
    ordered = sorted(detail.rows, key=subject)
    return [_thing(list(rows), reader) for _, rows in groupby(ordered, key=subject)]


def more_rows(detail: ChangeDetail, reader: Reader) -> str:
    """How many rows are not shown; empty when all are."""
    left = detail.total - len(detail.rows)
    if left <= 0:
        return ""
    return reader.count("And one more row.", "And {n} more rows.", left)


def name_text(name: Name, reader: Reader) -> str:
    """What a thing is called; an own rate is told with its day."""
    if isinstance(name, Rate):
        day = format_day(name.on, reader.language)
        return f"{isolated(pair_text(name, reader))}, {day}"
    return name


def name_things(about: Sequence[Name], reader: Reader) -> str:
    """The names of the first things, and a sign that there are more."""
    more = " …" if len(about) > SHOWN else ""
    return ", ".join(name_text(one, reader) for one in about[:SHOWN]) + more


def name_change(command: str, about: Sequence[Name], reader: Reader) -> str:
    """What a change is called, and which things it was about."""
    named = (name_command(command, reader), name_things(about, reader))
    return ": ".join(filter(None, named))


def _thing(rows: list[RowChange], reader: Reader) -> ThingRow:
    first = rows[0]
    kind = reader.say(SUBJECTS[first.subject])
    name = name_text(first.about, reader)
    own = [row.op for row in rows if row.table == first.subject]
    return ThingRow(
        name=f"{kind}: {name}" if name else kind,
        op=_op(own[0] if own else "U", reader),
        fields=[_field(one, reader) for one in _fields(rows)],
    )


def _op(op: str, reader: Reader) -> str:
    if op == "I":
        said = reader.say(message_id("added"))
    elif op == "D":
        said = reader.say(message_id("removed"))
    else:
        said = reader.say(message_id("changed"))
    return said


def _fields(rows: Iterable[RowChange]) -> Iterable[FieldChange]:
    """Each once, though a row was written twice; its parts may say the same."""
    seen: set[FieldChange] = set()
    for row in rows:
        for one in row.fields:
            if row.table != row.subject or one not in seen:
                seen.add(one)
                yield one


def _field(one: FieldChange, reader: Reader) -> FieldRow:
    return FieldRow(
        label=reader.say(WORDS[one.name]),
        before=_text(one.name, one.before, reader),
        after=_text(one.name, one.after, reader),
    )


def _text(name: str, value: Value, reader: Reader) -> str:
    if value is None:
        text = ""
    elif isinstance(value, Money):
        text = isolated(format_money(value, reader.language))
    elif isinstance(value, Rate):
        text = isolated(pair_text(value, reader))
    elif isinstance(value, date):
        text = format_day(value, reader.language)
    elif isinstance(value, bool):
        text = reader.say(message_id("Yes") if value else message_id("No"))
    elif value in VALUES.get(name, {}):
        text = reader.say(VALUES[name][value])
    else:
        text = _number_or_words(name, value, reader)
    return text


def _number_or_words(name: str, value: str, reader: Reader) -> str:
    if name in ("least", "most"):
        _, _, fraction = value.partition(".")
        return format_number(Decimal(value), reader.language, decimals=len(fraction))
    if name == "weekday":
        return weekday_names(reader.language)[int(value)]
    if name == "percent":
        return format_percent(Decimal(value) / 100, reader.language)
    return value
