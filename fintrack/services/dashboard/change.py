"""By how much net worth changed in a period, and what made it change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fintrack.core.chart import ACCOUNT_KINDS
from fintrack.core.money import Money
from fintrack.services.dashboard.figures import Chart, by_base
from fintrack.services.dashboard.moves import Move, convert_moves
from fintrack.services.rates.dated import DatedRates


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stood before a period and at its end, and what moved in between.

    The moves are those of all accounts and categories; ``rates`` knows their days.
    """

    chart: Chart
    start: Sequence[Move]
    end: Sequence[Move]
    between: Sequence[Move]
    rates: DatedRates

    def own(self, moves: Iterable[Move]) -> list[Move]:
        """Those on accounts that people see."""
        return [
            move
            for move in moves
            if move.minor != 0 and self.chart[move.account_id].kind in ACCOUNT_KINDS
        ]

    def worth(self, moves: Iterable[Move]) -> Fraction:
        """Minor units of the base currency, not rounded; without what is unknown."""
        sums = convert_moves(moves, self.rates).sums
        return sum(map(Fraction, sums.values()), Fraction(0))


@dataclass(frozen=True, slots=True)
class Change:
    """The change of net worth in the base currency, and what is not in it.

    ``revalued`` is what no transaction made: rates moved. ``not_in_change`` has what is
    there at the end of each currency whose rate is unknown on a day that its change
    needs: it would seem to come from nowhere. Of what came and went it is zero.
    """

    total: Money
    revalued: Money
    not_in_change: tuple[Money, ...]


def find_left_out(stretch: Stretch) -> frozenset[str]:
    """The currencies whose rate is unknown on a day that their change needs."""
    return frozenset(
        move.currency
        for moves in (stretch.start, stretch.end, stretch.between)
        for move in stretch.own(moves)
        if not stretch.rates.is_known(move.currency, move.on_date)
    )


def work_out_change(stretch: Stretch) -> Change:
    """The change without the currencies that are left out of it."""
    base, left_out = stretch.rates.to, find_left_out(stretch)

    def worth(moves: Iterable[Move]) -> Fraction:
        own = stretch.own(moves)
        return stretch.worth(one for one in own if one.currency not in left_out)

    total = worth(stretch.end) - worth(stretch.start)
    moved = worth(stretch.between)
    return Change(
        total=Money(round(total), base),
        revalued=Money(round(total - moved), base),
        not_in_change=_amounts(stretch, left_out),
    )


def _amounts(stretch: Stretch, codes: Iterable[str]) -> tuple[Money, ...]:
    there = dict.fromkeys(codes, 0)
    for move in stretch.own(stretch.end):
        if move.currency in there:
            there[move.currency] += move.minor
    return tuple(Money(there[code], code) for code in by_base(there, stretch.rates.to))
