"""From what a file of a bank's own format says to rows, for all such formats alike.

A format only cuts its file into items of text; here texts become days and amounts, by
the same parsers as for CSV, and one account of the file is told from the others.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as ReadOnly
from datetime import date
from typing import NamedTuple

from fintrack.core.entries import MAX_PARTS
from fintrack.core.errors import InvalidInput, Problem, TooLarge
from fintrack.core.statements.dates import parse_date
from fintrack.core.statements.encoding import REPLACEMENT
from fintrack.core.statements.mapping import Mapping
from fintrack.core.statements.minor import MinorUnits
from fintrack.core.statements.place_names import PlaceName
from fintrack.core.statements.reader import (
    MAX_DAYS,
    NO_CURRENCY,
    UNKNOWN_CURRENCY,
    UNREADABLE,
    ZERO,
)
from fintrack.core.statements.records import MANY_ROWS, Limits
from fintrack.core.statements.rows import (
    DoubtfulRow,
    Row,
    SkippedRow,
    StatedBalance,
    StatementRow,
)

TRUNCATED = Problem("The file ends too early. A row may be missing.", "file")
OPEN_SPLIT = Problem(
    "The parts of this row do not give its amount, so its categories are not taken."
)


class Entry(NamedTuple):
    """A transaction in words of the file; ``is_out`` turns the amount's sign round.

    ``places`` are where its money went, each with its amount; one alone may have none.
    """

    part: str
    raw: tuple[str, ...]
    day: str
    amount: str
    is_out: bool = False
    currency: str = ""
    payee: str = ""
    description: str = ""
    reference: str = ""
    bank_id: str = ""
    places: tuple[tuple[PlaceName, str], ...] = ()


class Aside(NamedTuple):
    """A record that gives no transaction; without a part it belongs to all of them."""

    part: str
    raw: tuple[str, ...]
    reason: Problem
    is_doubtful: bool = False


class Stated(NamedTuple):
    """A balance in words of the file."""

    part: str
    day: str
    amount: str
    is_out: bool
    currency: str
    is_opening: bool


Item = Entry | Aside | Stated


def read_entries(
    items: Iterable[Item],
    mapping: Mapping,
    exponents: ReadOnly[str, int],
    limits: Limits | None = None,
) -> Iterator[Row | StatedBalance]:
    """The rows and balances of one account of the file, in its order.

    Records of all accounts are counted, so that a number names one of the file. Raises
    TooLarge for more rows than allowed, and what the items raise.
    """
    most = (limits or Limits()).rows
    reader = _EntryReader(mapping, exponents)
    number = 0
    for item in items:
        if isinstance(item, Stated):
            balance = reader.balance(item) if item.part == mapping.part else None
            if balance:
                yield balance
            continue
        number += 1
        if number > most:
            raise TooLarge(MANY_ROWS, field="file", most=most)
        if item.part not in ("", mapping.part):
            continue
        yield reader.read(number, item)


class _EntryReader:
    """One mapping, with the days and currencies seen before."""

    def __init__(self, mapping: Mapping, exponents: ReadOnly[str, int]) -> None:
        self._mapping = mapping
        self._exponents = exponents
        self._units: dict[str, MinorUnits] = {}
        self._days: dict[str, date] = {}

    def read(self, number: int, item: Entry | Aside) -> Row:
        if isinstance(item, Aside):
            if item.is_doubtful:
                return DoubtfulRow(number, item.raw, (item.reason,))
            return SkippedRow(number, item.raw, item.reason)
        try:
            return self._transaction(number, item)
        except InvalidInput as error:
            return DoubtfulRow(number, item.raw, error.problems)

    def balance(self, said: Stated) -> StatedBalance | None:
        """None where it cannot be read: a balance is a check, and not a must."""
        try:
            code, minor = self._money(said)
            return StatedBalance(self._day(said.day), minor, code, said.is_opening)
        except InvalidInput:
            return None

    def _transaction(self, number: int, entry: Entry) -> Row:
        currency, minor = self._money(entry)
        if self._mapping.flip_sign:
            minor = -minor
        on_date = self._day(entry.day)
        if not minor:
            return SkippedRow(number, entry.raw, ZERO)
        payee, text = " ".join(entry.payee.split()), " ".join(entry.description.split())
        broken = REPLACEMENT in payee or REPLACEMENT in text
        problems: tuple[Problem, ...] = (UNREADABLE,) if broken else ()
        places = self._places(entry, minor) if entry.places else ()
        if entry.places and not places:
            problems += (OPEN_SPLIT,)
        return StatementRow(
            number,
            entry.raw,
            on_date,
            minor,
            currency,
            payee,
            text,
            entry.reference.strip(),
            problems=problems,
            bank_id=entry.bank_id.strip(),
            places=places,
        )

    def _places(self, entry: Entry, minor: int) -> tuple[tuple[PlaceName, int], ...]:
        """Where the amount went; nothing where its parts do not give it."""
        (first, amount), *others = entry.places
        if not others and not amount:
            return ((first, minor),)
        sign = -1 if self._mapping.flip_sign else 1
        try:
            parts = [
                (name, sign * self._money(entry._replace(amount=amount))[1])
                for name, amount in entry.places
            ]
        except InvalidInput:
            return ()
        is_whole = sum(part for _, part in parts) == minor
        places = tuple((name, part) for name, part in parts if part)
        return places if is_whole and len(places) < MAX_PARTS else ()

    def _money(self, said: Entry | Stated) -> tuple[str, int]:
        currency = said.currency.strip().upper() or self._mapping.currency
        units = self._units.get(currency) or self._new_units(currency)
        minor = units.read(said.amount.strip())
        return currency, -minor if said.is_out else minor

    def _new_units(self, currency: str) -> MinorUnits:
        exponent = self._exponents.get(currency)
        if exponent is None and currency:
            raise InvalidInput(UNKNOWN_CURRENCY, field="currency", value=currency[:80])
        if exponent is None:
            raise InvalidInput.of([NO_CURRENCY])
        units = MinorUnits(self._mapping.number_style, currency, exponent)
        self._units[currency] = units
        return units

    def _day(self, text: str) -> date:
        known = self._days.get(text)
        if known:
            return known
        day = parse_date(text, self._mapping.date_order)
        if len(self._days) < MAX_DAYS:
            self._days[text] = day
        return day
