"""What a change did, as somebody reads it: things with their fields."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Final

from fintrack.core.chart import AccountType
from fintrack.core.formatting import format_day, format_money
from fintrack.core.money import Money
from fintrack.core.text import message_id
from fintrack.services.change_details import (
    ChangeDetail,
    FieldChange,
    RowChange,
    Value,
)
from fintrack.state.account_types import TYPE_NAMES
from fintrack.state.amounts import Reader
from fintrack.state.rows import isolated

SUBJECTS: Final = {
    "account": message_id("Account or category"),
    "ledger": message_id("Books"),
    "transaction": message_id("Transaction"),
}
WORDS: Final = {
    "account": message_id("Account"),
    "amount": message_id("Amount"),
    "base_currency": message_id("Base currency"),
    "category": message_id("Category"),
    "cleared": message_id("Cleared"),
    "closed_on": message_id("Closed on"),
    "description": message_id("Description"),
    "memo": message_id("Note"),
    "name": message_id("Name"),
    "note": message_id("Note"),
    "on_date": message_id("Date"),
    "opened_on": message_id("Opened on"),
    "original": message_id("Charged abroad"),
    "parent": message_id("Part of"),
    "payee": message_id("Payee"),
    "reconciliation": message_id("Reconciled"),
    "type": message_id("Type"),
    "voided": message_id("Void"),
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


def _thing(rows: list[RowChange], reader: Reader) -> ThingRow:
    first = rows[0]
    kind = reader.say(SUBJECTS[first.subject])
    own = [row.op for row in rows if row.table == first.subject]
    return ThingRow(
        name=f"{kind}: {first.about}" if first.about else kind,
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
    """Each once: a void transaction says so, and not each of its postings too."""
    seen: set[FieldChange] = set()
    for row in rows:
        for one in row.fields:
            if row.table == "posting" or one not in seen:
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
    elif isinstance(value, date):
        text = format_day(value, reader.language)
    elif isinstance(value, bool):
        text = reader.say(message_id("Yes"))
    elif name == "type" and value in set(AccountType):
        text = reader.say(TYPE_NAMES[AccountType(value)])
    else:
        text = str(value)
    return text
