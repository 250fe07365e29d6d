"""Reads the rows of a statement with a mapping, streaming."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as ReadOnly
from datetime import date
from itertools import islice

from fintrack.core.errors import InvalidInput, Problem
from fintrack.core.statements.cells import BLANKS
from fintrack.core.statements.column_names import Role
from fintrack.core.statements.dates import parse_date
from fintrack.core.statements.encoding import REPLACEMENT, Opener, opener_of
from fintrack.core.statements.flows import Flows, Unclear, read_minor
from fintrack.core.statements.mapping import Mapping
from fintrack.core.statements.marks import is_final, is_total
from fintrack.core.statements.minor import MinorUnits
from fintrack.core.statements.records import Limits, read_lines, read_records
from fintrack.core.statements.rows import DoubtfulRow, Row, SkippedRow, StatementRow
from fintrack.core.text import message_id

EMPTY_LINE = Problem("This line is empty.")
NO_TRANSACTION = Problem("This line holds no transaction.")
NO_AMOUNT = Problem("This line has no amount.", "amount")
ZERO = Problem("The amount is zero.", "amount")
NO_CURRENCY = Problem("The currency is not known.", "currency")
UNREADABLE = Problem("Some characters could not be read.", "description")
EXTRA_CELLS = Problem("This line has more cells than the others.")
TORN = Problem("A quotation mark joins several lines here.")
NOT_FINAL = message_id("The bank marks this as “{value}”.")
UNKNOWN_STATE = message_id("“{value}” is an unknown state.")
UNKNOWN_CURRENCY = message_id("“{value}” is not a known currency.")
# Russian banks still write the code that the rouble had before 1998.
_OLD_CODES = {"RUR": "RUB"}
# Distinct days of a statement are few; hostile files must not fill the memory.
MAX_DAYS = 20_000


def read_statement(
    data: bytes | Opener,
    mapping: Mapping,
    exponents: ReadOnly[str, int],
    limits: Limits | None = None,
) -> Iterator[Row]:
    """The rows of a whole file; each call of the opener reads it anew."""
    lines = read_lines(opener_of(data), mapping.encoding, limits)
    return read_rows(lines, mapping, exponents, limits)


def read_rows(
    lines: Iterable[str],
    mapping: Mapping,
    exponents: ReadOnly[str, int],
    limits: Limits | None = None,
) -> Iterator[Row]:
    """The rows of a file that is cut by a separator; see ``understand``."""
    records = read_records(lines, mapping.separator, mapping.quote, limits)
    return understand(records, mapping, exponents)


def understand(
    records: Iterable[list[str]], mapping: Mapping, exponents: ReadOnly[str, int]
) -> Iterator[Row]:
    """Every record behind the header as one row, in the order of the file.

    ``exponents`` gives the decimals of each known currency. Raises InvalidInput for a
    mapping without date or amount and for a file that breaks the limits.
    """
    missing = mapping.problems()
    if missing:
        raise InvalidInput.of([Problem(text, role) for role, text in missing])
    reader = _RowReader(mapping, exponents)
    numbered = enumerate(records, start=1)
    for number, cells in islice(numbered, mapping.skip_rows, None):
        yield reader.read(number, cells)


class _RowReader:
    """One mapping, compiled: the columns by role and the values seen before."""

    def __init__(self, mapping: Mapping, exponents: ReadOnly[str, int]) -> None:
        self._mapping = mapping
        self._exponents = exponents
        self._width = len(mapping.roles)
        self._units: dict[str, MinorUnits] = {}
        self._days: dict[str, date] = {}
        self._separator = mapping.separator
        where = {role: index for index, role in enumerate(mapping.roles)}
        self._date = where[Role.DATE]
        self._value_date = where.get(Role.VALUE_DATE)
        self._flows = Flows(mapping)
        self._state = where.get(Role.STATE)
        self._currency = where.get(Role.CURRENCY)
        self._balance = where.get(Role.BALANCE)
        self._reference = where.get(Role.REFERENCE)
        self._payees = _payee_columns(where)
        self._texts = _columns(mapping, Role.DESCRIPTION)

    def read(self, number: int, cells: list[str]) -> Row:
        raw = tuple(cells)
        if len(cells) < self._width:
            cells += [""] * (self._width - len(cells))
        reason = self._no_transaction(cells)
        if reason:
            return SkippedRow(number, raw, reason)
        try:
            return self._transaction(number, raw, cells)
        except Unclear as unclear:
            return DoubtfulRow(number, raw, unclear.problems)

    def _no_transaction(self, cells: list[str]) -> Problem | None:
        """Why this line is none, or None where it is to be read."""
        if self._state is not None and is_final(cells[self._state]) is False:
            return Problem(NOT_FINAL, "state", (("value", cells[self._state]),))
        if not self._flows.moved(cells):
            return NO_AMOUNT if any(map(str.strip, cells)) else EMPTY_LINE
        day = cells[self._date]
        if not day.strip() and self._is_total(cells):
            return NO_TRANSACTION
        if day in self._days or not day.strip() or any(map(str.isdecimal, day)):
            return None
        return NO_TRANSACTION

    def _is_total(self, cells: list[str]) -> bool:
        return self._flows.are_totals(cells) or any(map(is_total, cells))

    def _transaction(self, number: int, raw: tuple[str, ...], cells: list[str]) -> Row:
        currency = self._currency_of(cells)
        units = self._units.get(currency) or self._new_units(currency)
        on_date = self._day(cells)
        minor = self._flows.minor(cells, units)
        if not minor:
            return SkippedRow(number, raw, ZERO)
        balance = "" if self._balance is None else cells[self._balance].strip()
        row = StatementRow(
            number,
            raw,
            on_date,
            minor,
            currency,
            _first_filled(cells, self._payees[minor < 0]),
            " ".join([word for i in self._texts for word in cells[i].split()]),
            "" if self._reference is None else cells[self._reference].strip(),
            None if balance in BLANKS else read_minor(units, balance),
        )
        problems = self._remarks(cells)
        return row._replace(problems=problems) if problems else row

    def _currency_of(self, cells: list[str]) -> str:
        if self._currency is None:
            return self._mapping.currency
        code = cells[self._currency].strip().upper()
        if code in BLANKS:
            return self._mapping.currency
        return _OLD_CODES.get(code, code)

    def _new_units(self, currency: str) -> MinorUnits:
        if not currency:
            raise Unclear(NO_CURRENCY)
        exponent = self._exponents.get(currency)
        if exponent is None:
            raise Unclear(Problem(UNKNOWN_CURRENCY, "currency", (("value", currency),)))
        units = MinorUnits(self._mapping.number_style, currency, exponent)
        self._units[currency] = units
        return units

    def _day(self, cells: list[str]) -> date:
        text = cells[self._date]
        known = self._days.get(text)
        if known:
            return known
        if not text.strip() and self._value_date is not None:
            text = cells[self._value_date]
        try:
            day = parse_date(text, self._mapping.date_order)
        except InvalidInput as error:
            raise Unclear(*error.problems) from None
        if text.strip() and len(self._days) < MAX_DAYS:
            self._days[text] = day
        return day

    def _remarks(self, cells: list[str]) -> tuple[Problem, ...]:
        whole = "".join(cells)
        found = []
        if REPLACEMENT in whole:
            found.append(UNREADABLE)
        if len(cells) > self._width and any(map(str.strip, cells[self._width :])):
            found.append(EXTRA_CELLS)
        if "\n" in whole and any("\n" in c and self._separator in c for c in cells):
            found.append(TORN)
        if self._state is not None and cells[self._state].strip():
            found += _unknown_state(cells[self._state].strip())
        found += self._flows.remarks(cells)
        return tuple(found)


def _columns(mapping: Mapping, wanted: Role) -> list[int]:
    return [index for index, role in enumerate(mapping.roles) if role is wanted]


def _payee_columns(where: dict[Role, int]) -> tuple[list[int], list[int]]:
    """The columns of the other side for money in, and for money out."""
    into = [where[role] for role in (Role.PAYER, Role.PAYEE) if role in where]
    out = [where[role] for role in (Role.RECIPIENT, Role.PAYEE) if role in where]
    return into, out


def _first_filled(cells: list[str], columns: list[int]) -> str:
    for index in columns:
        words = " ".join(cells[index].split())
        if words not in BLANKS:
            return words
    return ""


def _unknown_state(text: str) -> list[Problem]:
    if is_final(text) is None:
        return [Problem(UNKNOWN_STATE, "state", (("value", text),))]
    return []
