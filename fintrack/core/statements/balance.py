"""Proves a statement by its balance column, and finds its direction by it."""

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from fintrack.core.statements.rows import Row, StatedBalance, StatementRow


class Direction(StrEnum):
    """How the rows of a file follow each other."""

    OLDEST_FIRST = "oldest_first"
    NEWEST_FIRST = "newest_first"
    UNKNOWN = "unknown"


_OTHER: Final = {
    Direction.OLDEST_FIRST: Direction.NEWEST_FIRST,
    Direction.NEWEST_FIRST: Direction.OLDEST_FIRST,
}


class BalanceProof(NamedTuple):
    """Opening plus sum equals closing, or the first row where the chain breaks.

    The balances are None where the file has none for this currency, or rows in an order
    that neither days nor balances tell; ``closing_on`` is the day at whose end the last
    one stands. ``broken_at`` is a row number, 0 where
    nothing breaks.
    """

    currency: str
    rows: int
    direction: Direction
    opening_minor: int | None
    sum_minor: int
    closing_minor: int | None
    closing_on: date | None
    broken_at: int

    @property
    def holds(self) -> bool:
        """Whether the file proves itself; False also without balances."""
        return (
            self.opening_minor is not None
            and self.closing_minor == self.opening_minor + self.sum_minor
            and not self.broken_at
        )


class Balances:
    """The balances of one file: a chain row by row, or stated at its ends."""

    def __init__(self) -> None:
        self._chains: dict[str, _Chain] = {}
        self._openings: dict[str, StatedBalance] = {}
        self._closings: dict[str, StatedBalance] = {}

    def add(self, row: Row | StatedBalance) -> None:
        """The next row or balance of the file.

        Of the statements of many days in one file the first opens and the last closes.
        """
        if isinstance(row, StatementRow):
            chain = self._chains.get(row.currency)
            if chain is None:
                chain = self._chains[row.currency] = _Chain(row)
            chain.add(row)
        elif isinstance(row, StatedBalance) and row.is_opening:
            known = self._openings.setdefault(row.currency, row)
            if row.on_date < known.on_date:
                self._openings[row.currency] = row
        elif isinstance(row, StatedBalance):
            known = self._closings.setdefault(row.currency, row)
            if row.on_date >= known.on_date:
                self._closings[row.currency] = row

    def proofs(self) -> list[BalanceProof]:
        """One proof for each currency, in the order of their first rows."""
        proofs = {code: chain.proof() for code, chain in self._chains.items()}
        for code in dict.fromkeys((*self._openings, *self._closings)):
            found = proofs.get(code) or BalanceProof(
                code, 0, Direction.UNKNOWN, None, 0, None, None, 0
            )
            proofs[code] = self._with_ends(found)
        return list(proofs.values())

    def _with_ends(self, proof: BalanceProof) -> BalanceProof:
        opening = self._openings.get(proof.currency)
        closing = self._closings.get(proof.currency)
        return proof._replace(
            opening_minor=opening.minor if opening else None,
            closing_minor=closing.minor if closing else None,
            closing_on=closing.on_date if closing else None,
        )


@dataclass
class _Links:
    """Rows that follow each other, and where their balances do not, either way."""

    number: int = 0
    gaps: Counter[Direction] = field(default_factory=Counter)
    broken: dict[Direction, int] = field(default_factory=dict)

    def add(self, before: StatementRow, row: StatementRow) -> None:
        """Counts nothing where one of the two has no balance."""
        if before.balance_minor is None or row.balance_minor is None:
            return
        self.number += 1
        rise = row.balance_minor - before.balance_minor
        if rise != row.amount_minor:
            self._break(Direction.OLDEST_FIRST, row)
        if rise != -before.amount_minor:
            self._break(Direction.NEWEST_FIRST, row)

    def _break(self, direction: Direction, row: StatementRow) -> None:
        self.gaps[direction] += 1
        self.broken.setdefault(direction, row.number)


class _Reading(NamedTuple):
    """An order of the rows: its ends, the number of gaps and where the first is."""

    direction: Direction
    oldest: StatementRow
    newest: StatementRow
    gaps: int
    broken_at: int


class _Chain:
    """The rows of one currency, of which only those at the ends of days are kept."""

    def __init__(self, first: StatementRow) -> None:
        self._first = self._day_first = self._first_day_last = first
        self._last: StatementRow | None = None
        self._day_before: StatementRow | None = None
        self._rows = self._total = 0
        self._same, self._rising, self._falling = _Links(), _Links(), _Links()
        # From day to day where the rows of a day stand the other way round.
        self._days = _Links()
        self._rises = self._falls = False

    def add(self, row: StatementRow) -> None:
        before = self._last
        if before is None:
            pass
        elif before.on_date == row.on_date:
            self._same.add(before, row)
        else:
            if self._day_before:
                self._days.add(self._day_before, before)
            else:
                self._first_day_last = before
            self._day_before, self._day_first = self._day_first, row
            is_rise = before.on_date < row.on_date
            self._rises |= is_rise
            self._falls |= not is_rise
            (self._rising if is_rise else self._falling).add(before, row)
        self._last = row
        self._rows += 1
        self._total += row.amount_minor

    def proof(self) -> BalanceProof:
        reading = self._reading(self._last or self._first)
        proof = BalanceProof(
            self._first.currency, self._rows, reading.direction, None, self._total,
            None, None, 0,
        )  # fmt: skip
        if self._is_jumble(reading):
            return proof
        old, new = reading.oldest, reading.newest
        if old.balance_minor is not None:
            opening = old.balance_minor - old.amount_minor
            proof = proof._replace(opening_minor=opening)
        if new.balance_minor is not None:
            proof = proof._replace(
                closing_minor=new.balance_minor, closing_on=new.on_date
            )
        return proof._replace(broken_at=reading.broken_at)

    def _reading(self, last: StatementRow) -> _Reading:
        """By the days; where these are equal or go to and fro, by the balances."""
        old = self._plain(Direction.OLDEST_FIRST, self._first, last)
        new = self._plain(Direction.NEWEST_FIRST, last, self._first)
        if self._rises == self._falls:
            if old.gaps == new.gaps:
                return old._replace(direction=Direction.UNKNOWN, broken_at=0)
            return min(old, new, key=lambda one: one.gaps)
        plain = old if self._rises else new
        return min(plain, self._turned(plain.direction, last), key=lambda one: one.gaps)

    def _plain(
        self, direction: Direction, oldest: StatementRow, newest: StatementRow
    ) -> _Reading:
        links = (self._same, self._rising, self._falling)
        broken = [one.broken[direction] for one in links if direction in one.broken]
        gaps = sum(one.gaps[direction] for one in links)
        return _Reading(direction, oldest, newest, gaps, min(broken, default=0))

    def _turned(self, direction: Direction, last: StatementRow) -> _Reading:
        """The days in this direction, the rows of each in the other one."""
        days = deepcopy(self._days)
        if self._day_before:
            days.add(self._day_before, last)
        other = _OTHER[direction]
        broken = [
            *filter(None, (days.broken.get(direction), self._same.broken.get(other)))
        ]
        ends = (self._first_day_last, self._day_first)
        oldest, newest = ends if direction is Direction.OLDEST_FIRST else ends[::-1]
        gaps = days.gaps[direction] + self._same.gaps[other]
        return _Reading(direction, oldest, newest, gaps, min(broken, default=0))

    def _is_jumble(self, reading: _Reading) -> bool:
        """Whether neither days nor most of the balances tell an order.

        Where days go to and fro, as days of value do among those of booking, a gap at a
        step back may be the seam of two parts that change places.
        """
        way, to_and_fro = reading.direction, self._rises and self._falls
        if way is Direction.UNKNOWN:
            return to_and_fro or reading.gaps > 0
        if to_and_fro:
            against = self._falling if way is Direction.OLDEST_FIRST else self._rising
            if against.gaps[way]:
                return True
        links = self._same.number + self._rising.number + self._falling.number
        return 2 * reading.gaps > links
