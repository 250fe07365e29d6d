"""Statements as MT940 (SWIFT), as banks give them to their customers.

``:25:`` names the account, ``:60F:`` and ``:62F:`` hold its balances, each ``:61:`` is
a transaction and the ``:86:`` behind it its text. SWIFT, Standards MT, Category 9.
"""

import re
from collections.abc import Iterator

from fintrack.core.errors import InvalidInput, Problem
from fintrack.core.statements.encoding import Opener
from fintrack.core.statements.entries import TRUNCATED, Aside, Entry, Item, Stated
from fintrack.core.statements.mt940_texts import read_details
from fintrack.core.statements.records import read_lines
from fintrack.core.statements.storable import NAMELESS, part_name
from fintrack.core.text import message_id

NOT_UNDERSTOOD = Problem("This line cannot be understood.")
LONG_FIELD = message_id("A field of this file has more than {most} lines.")
MAX_LINES = 500
_FIELD = re.compile(r":([0-9]{2}[A-Z]?):(.*)", re.DOTALL)
_BALANCE = re.compile(r"([CD])([0-9]{6})([A-Z]{3})([0-9.]*,?[0-9]*)")
_LINE = re.compile(
    r"(?P<day>[0-9]{6})(?P<booked>[0-9]{4})?(?P<side>[RE]?[CD])(?P<funds>[A-Z])?"
    r"(?P<amount>[0-9][0-9.]*,?[0-9]*)(?P<kind>[A-Z][A-Z0-9]{3})?(?P<rest>.*)"
)
_NO_REFERENCE = frozenset(["", "NONREF", "NOTPROVIDED", "KREF+"])
_PIVOT = 70
_DECEMBER = 12


def parse_mt940(open_file: Opener, encoding: str) -> Iterator[Item]:
    """Every transaction and balance of every account, in the order of the file.

    Raises InvalidInput for lines and fields without end.
    """
    reader = _Reader()
    for tag, lines in _fields(read_lines(open_file, encoding)):
        yield from reader.take(tag, lines)
    yield from reader.end()


def _fields(lines: Iterator[str]) -> Iterator[tuple[str, list[str]]]:
    """Each field with its lines; the end of a message is a field without lines."""
    tag, held = "", list[str]()
    for line in lines:
        text = line.strip("\ufeff\r\n\x01\x03")
        match = _FIELD.fullmatch(text)
        if match or text.startswith(("-}", "{")) or text == "-":
            yield tag, held
            tag, held = (match[1], [match[2]]) if match else ("", [])
        elif text and len(held) < MAX_LINES:
            held.append(text)
        elif text:
            raise InvalidInput(LONG_FIELD, field="file", most=MAX_LINES)
    yield tag, held


class _Reader:
    """The account that is read, and the transaction that waits for its text."""

    def __init__(self) -> None:
        self._part = NAMELESS
        self._currency = ""
        self._waiting: tuple[list[str], list[str]] | None = None
        self._is_open = False

    def take(self, tag: str, lines: list[str]) -> Iterator[Item]:
        if tag == "86" and self._waiting:
            self._waiting[1].extend(lines)
            return
        yield from self._flush()
        if tag == "25":
            self._part = part_name(lines[0])
        elif tag == "61":
            self._waiting = (lines, [])
        elif tag in ("60F", "60M", "62F", "62M"):
            self._is_open = tag.startswith("60")
            yield from self._balance(tag, lines[0].strip())

    def end(self) -> Iterator[Item]:
        """What waits, and a word where the closing balance is missing."""
        yield from self._flush()
        if self._is_open:
            yield Aside("", (), TRUNCATED, is_doubtful=True)

    def _balance(self, tag: str, text: str) -> Iterator[Item]:
        match = _BALANCE.match(text)
        if not match:
            return
        self._currency = match[3]
        # M is the balance between two pages of one statement.
        if tag.endswith("F"):
            yield Stated(
                self._part,
                _iso(match[2]),
                match[4].removesuffix(","),
                match[1] == "D",
                match[3],
                is_opening=tag == "60F",
            )

    def _flush(self) -> Iterator[Item]:
        if self._waiting is None:
            return
        lines, details = self._waiting
        self._waiting = None
        raw = (f":61:{lines[0]}", *lines[1:], *details)
        match = _LINE.fullmatch(lines[0].strip())
        if match is None:
            yield Aside(self._part, raw, NOT_UNDERSTOOD, is_doubtful=True)
        else:
            yield self._entry(match, raw, " ".join(lines[1:]), details)

    def _entry(
        self,
        line: re.Match[str],
        raw: tuple[str, ...],
        extra: str,
        details: list[str],
    ) -> Entry:
        own, _, bank_id = line["rest"].partition("//")
        told = read_details(details)
        reference = told.reference or ("" if own.strip() in _NO_REFERENCE else own)
        return Entry(
            self._part,
            raw,
            _booked_on(line["day"], line["booked"]),
            line["amount"].removesuffix(","),
            # RC takes money back that came in, RD gives back what went out.
            line["side"] in ("D", "RC", "ED"),
            self._currency,
            told.payee,
            told.text or extra,
            reference,
            "" if bank_id.strip() in _NO_REFERENCE else bank_id,
        )


def _booked_on(day: str, booked: str | None) -> str:
    """The day of booking, which has no year: it lies near the value date."""
    if not booked:
        return _iso(day)
    year, month = _year(day), int(booked[:2])
    value_month = int(day[2:4])
    if (month, value_month) == (_DECEMBER, 1):
        year -= 1
    elif (month, value_month) == (1, _DECEMBER):
        year += 1
    return f"{year:04}-{booked[:2]}-{booked[2:]}"


def _iso(day: str) -> str:
    return f"{_year(day):04}-{day[2:4]}-{day[4:6]}"


def _year(day: str) -> int:
    short = int(day[:2])
    return short + (2000 if short < _PIVOT else 1900)
