"""How a file is read: shown in words, and corrected by a form."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from fintrack.core.errors import InvalidInput
from fintrack.core.statements.column_names import Role
from fintrack.core.statements.columns import find_roles
from fintrack.core.statements.dates import DateOrder
from fintrack.core.statements.encoding import ENCODINGS
from fintrack.core.statements.formats import Format
from fintrack.core.statements.layout import SEPARATORS
from fintrack.core.statements.mapping import STYLES, Mapping
from fintrack.core.text import message_id, translate
from fintrack.state.choices import Choice

ENCODING_NAMES = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "cp932": "Shift-JIS",
    "gb18030": "GB 18030",
    "cp949": "EUC-KR",
    "iso8859-1": "ISO 8859-1",
    "iso8859-2": "ISO 8859-2",
    "iso8859-9": "ISO 8859-9",
    "iso8859-15": "ISO 8859-15",
}
SEPARATOR_NAMES = {
    ";": message_id("Semicolon"),
    ",": message_id("Comma"),
    "\t": message_id("Tab"),
    "|": message_id("Bar"),
}
# A select cannot carry the character itself: browsers trim a tab.
SEPARATOR_KEYS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar"}
ORDER_NAMES = {
    DateOrder.DMY: message_id("Day, month, year"),
    DateOrder.MDY: message_id("Month, day, year"),
    DateOrder.YMD: message_id("Year, month, day"),
}
STYLE_NAMES = {"comma": message_id("Comma"), "point": message_id("Point")}
SIGN_NAMES = {"": message_id("Minus is out"), "flip": message_id("Plus is out")}
ROLE_NAMES = {
    Role.IGNORE: message_id("Leave out"),
    Role.DATE: message_id("Date"),
    Role.VALUE_DATE: message_id("Value date"),
    Role.AMOUNT: message_id("Amount"),
    Role.CREDIT: message_id("Money in"),
    Role.DEBIT: message_id("Money out"),
    Role.SIGN: message_id("In or out"),
    Role.FEE: message_id("Fee"),
    Role.BALANCE: message_id("Balance"),
    Role.CURRENCY: message_id("Currency"),
    Role.PAYEE: message_id("Payee"),
    Role.PAYER: message_id("Payer"),
    Role.RECIPIENT: message_id("Recipient"),
    Role.DESCRIPTION: message_id("Description"),
    Role.REFERENCE: message_id("Reference"),
    Role.STATE: message_id("State (pending or booked)"),
}
FORMAT_NAMES = {
    Format.CSV: "CSV",
    Format.XLSX: "Excel (XLSX)",
    Format.OFX: "OFX / QFX",
    Format.QIF: "QIF",
    Format.CAMT: "CAMT.053",
    Format.MT940: "MT940",
    Format.JSON: "FinTrack (JSON)",
}
# The others say themselves in which order a day is written and how an amount is.
_FREE = frozenset([Format.CSV, Format.XLSX, Format.QIF])
MAX_COLUMNS = 60
MAX_SAMPLE = 60


@dataclass(frozen=True)
class Column:
    """A column of the file with what it says; ``field`` is its name in the form."""

    field: str
    name: str
    sample: str
    role: str


@dataclass(frozen=True)
class Reading:
    """How the file is read, in words and as the values of the form.

    Only CSV has a separator; ``has_columns`` and ``is_free`` say whether columns, and
    the writing of days and amounts, can be corrected.
    """

    format: str = ""
    has_separator: bool = True
    has_columns: bool = True
    is_free: bool = True
    encoding: str = ""
    separator: str = ""
    dates: str = ""
    decimals: str = ""
    sign: str = ""
    currency: str = ""
    encoding_value: str = ""
    separator_value: str = ""
    dates_value: str = ""
    decimals_value: str = ""
    sign_value: str = ""
    header_row: str = ""
    columns: list[Column] = field(default_factory=list)


@dataclass(frozen=True)
class ReadingChoices:
    """What the form offers."""

    encodings: list[Choice] = field(default_factory=list)
    separators: list[Choice] = field(default_factory=list)
    dates: list[Choice] = field(default_factory=list)
    decimals: list[Choice] = field(default_factory=list)
    signs: list[Choice] = field(default_factory=list)
    roles: list[Choice] = field(default_factory=list)


def reading_of(mapping: Mapping, sample: Sequence[str], language: str) -> Reading:
    """The mapping in words; ``sample`` is a record of the file."""
    style = next(key for key, value in STYLES.items() if value == mapping.number_style)
    sign = "flip" if mapping.flip_sign else ""
    separator = SEPARATOR_NAMES.get(mapping.separator, "")
    return Reading(
        format=FORMAT_NAMES[mapping.format],
        has_separator=mapping.format is Format.CSV,
        has_columns=mapping.format.has_columns,
        is_free=mapping.format in _FREE,
        encoding=ENCODING_NAMES[mapping.encoding],
        separator=translate(separator, language) if separator else "",
        dates=translate(ORDER_NAMES[mapping.date_order], language),
        decimals=translate(STYLE_NAMES[style], language),
        sign=translate(SIGN_NAMES[sign], language),
        currency=mapping.currency,
        encoding_value=mapping.encoding,
        separator_value=SEPARATOR_KEYS.get(mapping.separator, ""),
        dates_value=mapping.date_order,
        decimals_value=style,
        sign_value=sign,
        header_row=str(mapping.skip_rows),
        columns=_columns_of(mapping, sample, language),
    )


def reading_choices(language: str) -> ReadingChoices:
    """All that the form offers, in the reader's language."""

    def choices(names: dict[str, str]) -> list[Choice]:
        return [
            Choice(value, translate(name, language)) for value, name in names.items()
        ]

    return ReadingChoices(
        encodings=[Choice(name, ENCODING_NAMES[name]) for name in ENCODINGS],
        separators=choices(
            {SEPARATOR_KEYS[char]: SEPARATOR_NAMES[char] for char in SEPARATORS}
        ),
        dates=choices({order.value: name for order, name in ORDER_NAMES.items()}),
        decimals=choices(STYLE_NAMES),
        signs=choices(SIGN_NAMES),
        roles=choices({role.value: name for role, name in ROLE_NAMES.items()}),
    )


def corrected(mapping: Mapping, values: dict[str, str], width: int) -> Mapping:
    """The mapping as the form says; what it does not say stays.

    Raises:
        InvalidInput: a value that the form does not offer.
    """
    data = mapping.to_json()
    chars = {key: char for char, key in SEPARATOR_KEYS.items()}
    data["encoding"] = values.get("encoding", mapping.encoding)
    separator = values.get("separator", mapping.separator)
    data["separator"] = chars.get(separator, separator)
    data["date_order"] = values.get("dates", mapping.date_order.value)
    data["number_style"] = values.get("decimals", data["number_style"])
    data["flip_sign"] = values.get("sign", "") == "flip"
    data["skip_rows"] = _row_number(values.get("header_row", str(mapping.skip_rows)))
    known = [*data["roles"], *[Role.IGNORE.value] * (width - len(data["roles"]))]
    data["roles"] = [
        values.get(f"column_{place}", role) for place, role in enumerate(known)
    ]
    return Mapping.from_json(data)


def is_cut_anew(before: Mapping, after: Mapping) -> bool:
    """Whether the columns have to be found again."""

    def cut(one: Mapping) -> tuple[str, str, int]:
        return one.encoding, one.separator, one.skip_rows

    return cut(before) != cut(after)


def probe_of(mapping: Mapping) -> Mapping:
    """Reads the header as a row too, so that its names are seen."""
    return replace(
        mapping,
        skip_rows=max(mapping.skip_rows - 1, 0),
        header=(),
        roles=(Role.DATE, Role.AMOUNT),
    )


def with_columns(mapping: Mapping, records: Sequence[tuple[str, ...]]) -> Mapping:
    """The columns found in what ``probe_of`` showed, its header first.

    Raises:
        InvalidInput: there is not more than one column.
    """
    header = records[0] if mapping.skip_rows and records else ()
    rows = [list(record) for record in (records[1:] if header else records)]
    width = max(map(len, [header, *rows]), default=0)
    if not 1 < width <= MAX_COLUMNS:
        raise InvalidInput(
            "No columns could be told apart in this file.", field="separator"
        )
    return replace(mapping, header=header, roles=find_roles(header, rows, width))


def _columns_of(mapping: Mapping, sample: Sequence[str], language: str) -> list[Column]:
    if not mapping.format.has_columns:
        return []
    width = min(max(len(mapping.roles), len(sample)), MAX_COLUMNS)

    def column(place: int) -> Column:
        named = mapping.header[place].strip() if place < len(mapping.header) else ""
        role = mapping.roles[place] if place < len(mapping.roles) else Role.IGNORE
        return Column(
            field=f"column_{place}",
            name=named or translate("Column {n}", language, n=place + 1),
            sample=sample[place][:MAX_SAMPLE] if place < len(sample) else "",
            role=role.value,
        )

    return [column(place) for place in range(width)]


def _row_number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= len("10000")):
        raise InvalidInput("Please enter a row number.", field="header_row")
    return int(text)
