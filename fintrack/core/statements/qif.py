"""Accounts as QIF (Quicken Interchange Format): bank, cash, card, asset, loan, shares.

Each record is a few lines whose first letter says what they hold, up to a ``^``. ``L``
is a category, or an account in brackets; ``S`` and ``$`` are those of a split and its
amounts. What stands behind a slash is a class, which the books do not know.
"""

import re
from collections.abc import Iterator

from fintrack.core.errors import InvalidInput, Problem
from fintrack.core.statements.encoding import Opener
from fintrack.core.statements.entries import TRUNCATED, Aside, Entry, Item
from fintrack.core.statements.place_names import (
    PlaceName,
    account_name,
    category_name,
)
from fintrack.core.statements.records import read_lines
from fintrack.core.statements.storable import part_name
from fintrack.core.text import message_id

A_LIST = message_id("A list of Quicken ({value}), no transactions.")
OPENING = Problem("This is what the account held before the file begins.")
NO_MONEY = Problem("This moves no money in this account.")
LONG_RECORD = message_id("A record of this file has more than {most} lines.")
UNKNOWN_ACTION = message_id("“{value}” is an unknown action.")
MAX_LINES = 2_000

_MONEY_TYPES = frozenset(["bank", "cash", "ccard", "oth a", "oth l"])
_SHARES = "invst"
# What an account is called here that has no name of its own.
UNNAMED = _MONEY_TYPES | {_SHARES}
# What an action on shares does to the money of the account; X moves it elsewhere.
_OUT = frozenset(["buy", "cvrshrt", "margint", "miscexp", "xout", "withdrwx"])
_IN = frozenset(
    ("sell", "shtsell", "div", "intinc", "cglong", "cgmid", "cgshort", "rtrncap",
     "miscinc", "xin", "contribx")
)  # fmt: skip
_CASH = frozenset(["cash"])
_NO_MONEY = frozenset(
    ("buyx", "sellx", "divx", "intincx", "cglongx", "cgmidx", "cgshortx", "rtrncapx",
     "miscincx", "miscexpx", "margintx", "cvrshrtx", "shtsellx", "reinvdiv", "reinvint",
     "reinvlg", "reinvmd", "reinvsh", "shrsin", "shrsout", "stksplit", "reminder",
     "grant", "vest", "exercise", "exercisx", "expire")
)  # fmt: skip
_ACCOUNT = re.compile(r"\[(.*)\]")
_CENTURY = re.compile(r"(.*)'([0-9]{1,2})")


def parse_qif(open_file: Opener, encoding: str) -> Iterator[Item]:
    """Every record of every account, in the order of the file.

    Raises InvalidInput for lines and records without end.
    """
    return _Reader().items(read_lines(open_file, encoding))


class _Reader:
    """The account and the type that the last headers named."""

    def __init__(self) -> None:
        self._account = ""
        # The type of the records that the named account has had.
        self._account_type = ""
        self._type = ""
        self._record: list[str] = []
        self._is_first = False

    def items(self, lines: Iterator[str]) -> Iterator[Item]:
        for line in lines:
            text = line.strip("\ufeff\r\n")
            if text.startswith("!"):
                yield from self._header(text[1:].strip())
            elif text.startswith("^"):
                yield from self._end()
            elif text.strip():
                self._record.append(text)
                if len(self._record) > MAX_LINES:
                    raise InvalidInput(LONG_RECORD, field="file", most=MAX_LINES)
        if self._record:
            yield from self._last()

    def _last(self) -> Iterator[Item]:
        """The last record may lack its ``^``, not its day or its amount."""
        if self._type not in UNNAMED:
            return
        marks = {line[0].upper() for line in self._record}
        if "D" in marks and marks & {"T", "U"}:
            yield from self._end()
        else:
            yield Aside(self._part, tuple(self._record), TRUNCATED, is_doubtful=True)

    def _header(self, text: str) -> Iterator[Item]:
        self._record = []
        name, _, value = text.partition(":")
        if name.strip().lower() == "account":
            self._type = "account"
        elif name.strip().lower() == "type":
            self._type = value.strip().lower()
            self._is_first = True
            if self._type not in UNNAMED:
                reason = Problem(A_LIST, "", (("value", value.strip()[:80]),))
                yield Aside("", (f"!{text}",), reason)
            elif self._account_type not in ("", self._type):
                self._account, self._account_type = "", ""
            elif self._account:
                self._account_type = self._type

    @property
    def _part(self) -> str:
        return self._account or self._type

    def _end(self) -> Iterator[Item]:
        lines, self._record = self._record, []
        told: dict[str, str] = {}
        for line in lines:
            told.setdefault(line[0].upper(), line[1:].strip())
        if self._type == "account":
            self._account, self._account_type = part_name(told.get("N", "")), ""
        elif self._type == _SHARES:
            yield self._investment(tuple(lines), told)
        elif self._type in _MONEY_TYPES:
            yield self._transaction(tuple(lines), told)

    def _transaction(self, raw: tuple[str, ...], told: dict[str, str]) -> Item:
        is_first, self._is_first = self._is_first, False
        if is_first and told.get("P", "").lower() == "opening balance":
            return Aside(self._part, raw, OPENING)
        return self._entry(raw, told, is_out=False)

    def _investment(self, raw: tuple[str, ...], told: dict[str, str]) -> Item:
        action = told.get("N", "").lower()
        if action in _NO_MONEY or (action and not told.get("T") and not told.get("U")):
            return Aside(self._part, raw, NO_MONEY)
        if not action or action in _CASH or action in _IN:
            return self._entry(raw, told, is_out=False)
        if action in _OUT:
            return self._entry(raw, told, is_out=True)
        reason = Problem(UNKNOWN_ACTION, "", (("value", told["N"][:80]),))
        return Aside(self._part, raw, reason, is_doubtful=True)

    def _entry(
        self, raw: tuple[str, ...], told: dict[str, str], *, is_out: bool
    ) -> Entry:
        is_share = self._type == _SHARES
        return Entry(
            self._part,
            raw,
            _plain_day(told.get("D", "")),
            told.get("T") or told.get("U") or "",
            is_out,
            payee=told.get("P") or (told.get("Y", "") if is_share else ""),
            description=told.get("M", ""),
            reference="" if is_share else told.get("N", ""),
            places=_places(raw, told),
        )


def _places(
    raw: tuple[str, ...], told: dict[str, str]
) -> tuple[tuple[PlaceName, str], ...]:
    """The parts of a split in their order, or the one place of the record."""
    parts: list[tuple[PlaceName, str]] = []
    for line in raw:
        mark, value = line[0].upper(), line[1:].strip()
        if mark == "S":
            parts.append((_place(value), ""))
        elif mark == "$" and parts:
            parts[-1] = (parts[-1][0], value)
    if parts:
        return tuple(parts)
    place = _place(told.get("L", ""))
    return ((place, ""),) if place.names else ()


def _place(text: str) -> PlaceName:
    account = _ACCOUNT.match(text)
    if account:
        return account_name(account[1])
    return category_name(text.partition("/")[0])


def _plain_day(text: str) -> str:
    """Quicken writes 3/ 2'26: spaces for zeros, an apostrophe for this century."""
    day = text.replace(" ", "")
    century = _CENTURY.fullmatch(day)
    return (
        f"{century[1]}/{2000 + int(century[2])}" if century else day.replace("'", "/")
    )
