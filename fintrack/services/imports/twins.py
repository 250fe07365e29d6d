"""Which row of a file tells what the books hold already under another name."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from fintrack.core.folding import fold
from fintrack.core.statements.rows import StatementRow

LOOKS_ALIKE_DAYS = 3


class Twin(NamedTuple):
    """A posting by hand or of another file, with the amount of a row.

    ``key`` is the mark of the row of a file that brought it, or empty.
    ``is_uncleared`` says that the row is the bank's first word of it: not where the
    bank has told of it already, nor in a file that no bank has written.
    ``is_other_leg`` says that it came with the file of another account, as the other
    leg of a transfer: two banks book one transfer on days of their own.
    ``is_of_same_source`` says that a file of the same format brought it to the account.
    """

    transaction_id: int
    posting_id: int
    on_date: date
    name: str = ""
    key: str = ""
    is_uncleared: bool = False
    is_other_leg: bool = False
    is_of_same_source: bool = False

    @property
    def is_imported(self) -> bool:
        """Whether a row of a file brought it."""
        return bool(self.key)

    @property
    def days(self) -> int:
        """How far away the row that tells the same may be."""
        is_told_here = self.is_imported and not self.is_other_leg
        return 0 if is_told_here else LOOKS_ALIKE_DAYS


def name_of(row: StatementRow) -> str:
    """What the row is compared by; folded."""
    return fold(row.payee or row.description)


# An amount, a day and a folded name, or None for any name.
_Key = tuple[int, date, str | None]


class Matching:
    """Gives twins to the rows of a batch, each once: the likeliest pairs first.

    The nearest day goes before the same name. All rows are looked at before the next
    distance is: a row of another day must not take what an equal one tells. What came
    in a file of the same format is the same only by day, amount and name, and never
    where the row has a number: of two numbers none is the other. What a row of this
    file has brought, one with a key that ``is_told``, answers for that row alone.
    """

    def __init__(
        self,
        twins: Mapping[int, Sequence[Twin]],
        spent: set[int],
        is_told: Callable[[str], bool],
    ) -> None:
        self._spent = spent
        self._is_told = is_told
        self._of_same_source: dict[_Key, list[Twin]] = defaultdict(list)
        self._same_day: dict[_Key, list[Twin]] = defaultdict(list)
        self._days_apart: dict[_Key, list[Twin]] = defaultdict(list)
        for minor, alike in twins.items():
            # The first of a list is found at its end.
            for twin in reversed(alike):
                self._index(minor, twin)

    def _index(self, minor: int, twin: Twin) -> None:
        day, name = twin.on_date, fold(twin.name)
        if twin.is_of_same_source:
            self._of_same_source[minor, day, name].append(twin)
            return
        for key in ((minor, day, name), (minor, day, None)):
            self._same_day[key].append(twin)
            if twin.days:
                self._days_apart[key].append(twin)

    def find(self, rows: Sequence[StatementRow]) -> dict[int, Twin]:
        """The twin of each row that has one, by the number of the row."""
        found: dict[int, Twin] = {}
        left = [(row, name_of(row)) for row in rows]
        for row, name in left if self._of_same_source else ():
            if name and not row.bank_id and not row.reference:
                self._give(found, self._of_same_source, row, (row.on_date,), name)
        for days in range(LOOKS_ALIKE_DAYS + 1) if self._same_day else ():
            index = self._days_apart if days else self._same_day
            for by_name in (True, False):
                left = [one for one in left if one[0].number not in found]
                for row, name in left:
                    around = _days_around(row.on_date, days)
                    self._give(found, index, row, around, name if by_name else None)
        return found

    def _give(
        self,
        found: dict[int, Twin],
        index: Mapping[_Key, list[Twin]],
        row: StatementRow,
        days: Sequence[date],
        name: str | None,
    ) -> None:
        """Gives the row one that no other has."""
        for day in days:
            twins = index.get((row.amount_minor, day, name), [])
            while twins and row.number not in found:
                twin = twins.pop()
                if self._is_free(twin):
                    self._spent.add(twin.posting_id)
                    found[row.number] = twin

    def _is_free(self, twin: Twin) -> bool:
        if twin.posting_id in self._spent:
            return False
        return not (twin.key and self._is_told(twin.key))


def _days_around(day: date, days: int) -> tuple[date, ...]:
    """So many days before and behind."""
    span = timedelta(days)
    return (day - span, day + span) if days else (day,)
