"""How much a line moved, and which way: one signed amount, or in and out."""

from collections.abc import Sequence

from fintrack.core.errors import InvalidInput, Problem
from fintrack.core.statements.cells import BLANKS
from fintrack.core.statements.column_names import Role
from fintrack.core.statements.mapping import Mapping
from fintrack.core.statements.marks import is_debit
from fintrack.core.statements.minor import MinorUnits
from fintrack.core.text import message_id

IN_AND_OUT = Problem("Both money in and money out are filled.", "amount")
MINUS_IN = Problem("A minus stands before money in here.", "credit")
UNKNOWN_SIGN = message_id("“{value}” says neither in nor out.")
_NOT_ZERO = frozenset("123456789")


class Unclear(Exception):
    """Carries why a row is doubtful up to the row."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems


class Flows:
    """The columns of money of one mapping, and what was seen in them."""

    def __init__(self, mapping: Mapping) -> None:
        where = {role: index for index, role in enumerate(mapping.roles)}
        self._flip = mapping.flip_sign
        self._amount = where.get(Role.AMOUNT)
        self._credit = where.get(Role.CREDIT)
        self._debit = where.get(Role.DEBIT)
        self._sign = where.get(Role.SIGN)
        self._fee = where.get(Role.FEE)
        self._out_is_marked = False
        sides = (self._amount, self._credit, self._debit)
        self._filled = [index for index in sides if index is not None]

    def moved(self, cells: Sequence[str]) -> bool:
        """Whether the line has any money; a fee that is zero is none."""
        for index in self._filled:
            text = cells[index]
            if text not in BLANKS and text.strip() not in BLANKS:
                return True
        return self._fee is not None and not _NOT_ZERO.isdisjoint(cells[self._fee])

    def are_totals(self, cells: Sequence[str]) -> bool:
        """Whether in and out are both filled, or with words only, as below the rows."""
        both = _text(cells, self._credit) and _text(cells, self._debit)
        return bool(both) or not any(
            any(map(str.isdecimal, cells[index])) for index in self._filled
        )

    def minor(self, cells: Sequence[str], units: MinorUnits) -> int:
        """The signed minor units: in positive, out negative, the fee taken off.

        Raises Unclear where the cells contradict each other or are no amounts.
        """
        if self._amount is not None:
            minor = self._one(cells[self._amount].strip(), cells, units)
        else:
            minor = self._in_less_out(cells, units)
        if self._fee is not None and (fee := _text(cells, self._fee)):
            minor -= abs(read_minor(units, fee))
        return minor

    def remarks(self, cells: Sequence[str]) -> list[Problem]:
        """What is worth a look: some banks write money in with a minus on cards."""
        if self._credit is None:
            return []
        return [MINUS_IN] if _text(cells, self._credit)[:1] in ("-", "−") else []

    def _one(self, text: str, cells: Sequence[str], units: MinorUnits) -> int:
        minor = 0 if text in BLANKS else read_minor(units, text)
        if self._sign is not None:
            minor = self._signed(minor, cells[self._sign])
        # CR and DR speak for themselves, whatever plus means.
        return -minor if self._flip and text[-1:].lower() != "r" else minor

    def _signed(self, minor: int, mark: str) -> int:
        """Blank marks are out where only money in is marked, as cards do it."""
        debit = is_debit(mark)
        if debit is None and not mark.strip() and not self._out_is_marked:
            return -abs(minor)
        if debit is None:
            raise Unclear(Problem(UNKNOWN_SIGN, "sign", (("value", mark),)))
        self._out_is_marked = self._out_is_marked or debit
        return -abs(minor) if debit else abs(minor)

    def _in_less_out(self, cells: Sequence[str], units: MinorUnits) -> int:
        """Two columns; banks write either with or without a minus."""
        into, out = _text(cells, self._credit), _text(cells, self._debit)
        gain = abs(read_minor(units, into)) if into else 0
        loss = abs(read_minor(units, out)) if out else 0
        if gain and loss:
            raise Unclear(IN_AND_OUT)
        return loss - gain if self._flip else gain - loss


def read_minor(units: MinorUnits, text: str) -> int:
    """The minor units of a cell; raises Unclear where it is no amount."""
    try:
        return units.read(text)
    except InvalidInput as error:
        raise Unclear(*error.problems) from None


def _text(cells: Sequence[str], index: int | None) -> str:
    text = "" if index is None else cells[index].strip()
    return "" if text in BLANKS else text
