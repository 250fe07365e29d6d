"""Proves a statement by its balance column, and finds its direction by it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from fintrack.core.statements.rows import Row, StatedBalance, StatementRow


class Direction(StrEnum):
    """How the rows of a file follow each other."""

    OLDEST_FIRST = "oldest_first"
    NEWEST_FIRST = "newest_first"
    UNKNOWN = "unknown"


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
class _Chain:
    """The rows of one currency, of which only the first and the last are kept."""

    first: StatementRow
    last: StatementRow | None = None
    rows: int = 0
    total: int = 0
    links: int = 0
    rises: bool = False
    falls: bool = False
    gaps: dict[Direction, int] = field(default_factory=dict)
    broken: dict[Direction, int] = field(default_factory=dict)

    def add(self, row: StatementRow) -> None:
        before = self.last or row
        self.rises |= before.on_date < row.on_date
        self.falls |= before.on_date > row.on_date
        if self.last and before.balance_minor is not None is not row.balance_minor:
            self._link(before, row)
        self.last = row
        self.rows += 1
        self.total += row.amount_minor

    def proof(self) -> BalanceProof:
        last = self.last or self.first
        direction = self._direction(last)
        proof = BalanceProof(
            self.first.currency, self.rows, direction, None, self.total, None, None, 0
        )
        if self.rises and self.falls and direction is Direction.UNKNOWN:
            return proof
        old, new = self.first, last
        if direction is Direction.NEWEST_FIRST:
            old, new = last, self.first
        if old.balance_minor is not None:
            opening = old.balance_minor - old.amount_minor
            proof = proof._replace(opening_minor=opening)
        if new.balance_minor is not None:
            proof = proof._replace(
                closing_minor=new.balance_minor, closing_on=new.on_date
            )
        return proof._replace(broken_at=self.broken.get(direction, 0))

    def _link(self, before: StatementRow, row: StatementRow) -> None:
        """Counts the breaks of the chain for both directions."""
        self.links += 1
        rise = (row.balance_minor or 0) - (before.balance_minor or 0)
        if rise != row.amount_minor:
            self._break(Direction.OLDEST_FIRST, row)
        if rise != -before.amount_minor:
            self._break(Direction.NEWEST_FIRST, row)

    def _break(self, direction: Direction, row: StatementRow) -> None:
        self.gaps[direction] = self.gaps.get(direction, 0) + 1
        self.broken.setdefault(direction, row.number)

    def _direction(self, last: StatementRow) -> Direction:
        """By the days; where they are equal or go to and fro, by the chain of balances.

        Days to and fro are those of a jumble, unless most balances follow each other.
        """
        to_and_fro = self.rises and self.falls
        if self.first.on_date != last.on_date and not to_and_fro:
            rising = self.first.on_date < last.on_date
            return Direction.OLDEST_FIRST if rising else Direction.NEWEST_FIRST
        old = self.gaps.get(Direction.OLDEST_FIRST, 0)
        new = self.gaps.get(Direction.NEWEST_FIRST, 0)
        is_jumble = to_and_fro and 2 * min(old, new) > self.links
        if not self.links or old == new or is_jumble:
            return Direction.UNKNOWN
        return Direction.OLDEST_FIRST if old < new else Direction.NEWEST_FIRST
