"""Everything sniffed about a file: shown, corrected, and remembered per account."""

import hashlib
from collections.abc import Mapping as JsonObject
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from fintrack.core.amount_text import COMMA, POINT, NumberStyle
from fintrack.core.errors import InvalidInput
from fintrack.core.statements.column_names import Role
from fintrack.core.statements.dates import DateOrder
from fintrack.core.statements.encoding import ENCODINGS
from fintrack.core.statements.folding import fold
from fintrack.core.statements.formats import Format
from fintrack.core.statements.layout import QUOTES, SEPARATORS
from fintrack.core.statements.marks import names_currency
from fintrack.core.text import message_id

NOT_ALLOWED = message_id("“{value}” is not allowed here.")
MISSING = message_id("Choose which column holds this.")
TWICE = message_id("Only one column can hold this.")
STYLES = {"comma": COMMA, "point": POINT}
MAX_SKIP = 10_000


@dataclass(frozen=True, slots=True)
class Mapping:
    """How one file is read.

    Attributes:
        skip_rows: Records before the first row, preamble and header together.
        header: The names of the columns as written; empty if there are none.
        roles: What each column says, from left to right.
        flip_sign: The bank writes money out as positive (many credit cards).
        currency: Taken where a row names none; empty until somebody says it.
        format: The kind of the file. Only CSV has a separator; only CSV and XLSX have
            columns, so that the roles of the others are empty.
        part: The account or sheet of the file that is read.
    """

    encoding: str
    separator: str
    quote: str
    skip_rows: int
    header: tuple[str, ...]
    roles: tuple[Role, ...]
    date_order: DateOrder
    number_style: NumberStyle
    flip_sign: bool = False
    currency: str = ""
    format: Format = Format.CSV
    part: str = ""

    @property
    def fingerprint(self) -> str:
        """The same for every file with these columns, whatever its preamble.

        For a format without columns: for every file about this account.
        """
        if not self.format.has_columns:
            content = f"{self.format}\x1e{self.part}"
            return hashlib.sha256(content.encode()).hexdigest()
        names = "\x1f".join(map(fold, self.header)) or str(len(self.roles))
        return hashlib.sha256(f"{self.separator}\x1e{names}".encode()).hexdigest()

    def problems(self) -> list[tuple[str, str]]:
        """What keeps rows from being read: pairs of role and message id."""
        if not self.format.has_columns:
            return []
        found = [] if Role.DATE in self.roles else [(Role.DATE.value, MISSING)]
        flows = {Role.AMOUNT, Role.CREDIT, Role.DEBIT}
        if not flows & set(self.roles):
            found.append((Role.AMOUNT.value, MISSING))
        single = set(Role) - {Role.DESCRIPTION, Role.IGNORE}
        found += [(role.value, TWICE) for role in single if self.roles.count(role) > 1]
        return found

    def recall(self, remembered: "Mapping") -> "Mapping":
        """This file's cut with the meaning that a person gave to the same columns."""
        if remembered.fingerprint != self.fingerprint:
            return self
        return replace(
            self,
            roles=remembered.roles,
            date_order=remembered.date_order,
            number_style=remembered.number_style,
            flip_sign=remembered.flip_sign,
            currency=remembered.currency,
        )

    def to_json(self) -> dict[str, Any]:
        """A JSON object of texts, numbers, booleans and lists."""
        style = next(k for k, v in STYLES.items() if v == self.number_style)
        return asdict(self) | {
            "number_style": style,
            "header": list(self.header),
            "roles": [role.value for role in self.roles],
            "date_order": self.date_order.value,
            "format": self.format.value,
        }

    @classmethod
    def from_json(cls, data: JsonObject[str, Any]) -> "Mapping":
        """The checked mapping; raises InvalidInput, whatever was sent."""
        # Files of before these fields, and programs of before, say CSV by silence.
        data = {"format": "csv", "part": "", **data}
        if set(data) != {field.name for field in fields(cls)}:
            raise InvalidInput(NOT_ALLOWED, field="mapping", value=", ".join(data))
        kind = Format(_one_of(data, "format", tuple(Format)))
        separators = SEPARATORS if kind is Format.CSV else ("",)
        return cls(
            encoding=_one_of(data, "encoding", ENCODINGS),
            separator=_one_of(data, "separator", separators),
            quote=_one_of(data, "quote", QUOTES),
            skip_rows=_count(data, "skip_rows"),
            header=tuple(_texts(data, "header")),
            roles=tuple(Role(_known(text, "roles")) for text in _texts(data, "roles")),
            date_order=DateOrder(_one_of(data, "date_order", tuple(DateOrder))),
            number_style=STYLES[_one_of(data, "number_style", tuple(STYLES))],
            flip_sign=data["flip_sign"] is True,
            currency=_currency(data["currency"]),
            format=kind,
            part=_text(data, "part"),
        )


def _one_of(data: JsonObject[str, Any], field: str, allowed: tuple[str, ...]) -> str:
    value = data[field]
    if not isinstance(value, str) or value not in allowed:
        raise _refused(field, value)
    return value


def _text(data: JsonObject[str, Any], field: str) -> str:
    value = data[field]
    if not isinstance(value, str):
        raise _refused(field, value)
    return value


def _known(text: str, field: str) -> str:
    if text not in set(Role):
        raise _refused(field, text)
    return text


def _count(data: JsonObject[str, Any], field: str) -> int:
    value = data[field]
    if type(value) is not int or not 0 <= value <= MAX_SKIP:
        raise _refused(field, value)
    return value


def _texts(data: JsonObject[str, Any], field: str) -> list[str]:
    value = data[field]
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise _refused(field, value)
    return value


def _currency(value: object) -> str:
    if value == "":
        return ""
    if not isinstance(value, str) or not names_currency(value):
        raise _refused("currency", value)
    return value


def _refused(field: str, value: object) -> InvalidInput:
    return InvalidInput(NOT_ALLOWED, field=field, value=str(value)[:80])
