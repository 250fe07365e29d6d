"""By how much net worth changed in a period, and what made it change."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import Date, Text, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY

from fintrack.core.chart import ACCOUNT_KINDS, CATEGORY_KINDS, Equity, Kind
from fintrack.core.money import Money
from fintrack.services.commands import Work
from fintrack.services.dashboard.figures import Chart, by_base
from fintrack.services.dashboard.moves import Move, convert_moves
from fintrack.services.dashboard.sums import Span
from fintrack.services.rates.dated import DatedRates

# The exchange account holds all of them in one sum; only a transaction tells which
# amount went where.
_CROSSING = text(
    "SELECT p.account_id, p.currency, p.on_date, sum(p.amount_minor) AS minor "
    "FROM posting p JOIN account a ON a.ledger_id = p.ledger_id "
    "AND a.id = p.account_id AND a.type = 'exchange' "
    "WHERE p.ledger_id = :ledger_id AND p.on_date >= :first AND p.on_date < :past "
    "AND p.voided_at IS NULL AND p.transaction_id IN "
    "(SELECT o.transaction_id FROM posting o "
    "JOIN unnest(:codes, :days) AS side (currency, on_date) "
    "ON o.currency = side.currency AND o.on_date = side.on_date "
    "WHERE o.ledger_id = p.ledger_id AND o.account_id = p.account_id "
    "AND o.voided_at IS NULL) GROUP BY 1, 2, 3"
).bindparams(
    bindparam("codes", type_=ARRAY(Text)), bindparam("days", type_=ARRAY(Date))
)


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
        """Those on accounts that people see, where they moved anything."""
        return [move for move in self.of_kind(moves, ACCOUNT_KINDS) if move.minor]

    def of_kind(self, moves: Iterable[Move], kinds: Collection[str]) -> list[Move]:
        """Those on accounts or categories of some kinds."""
        return [move for move in moves if self.chart[move.account_id].kind in kinds]

    def of_type(self, moves: Iterable[Move], type_: Equity) -> list[Move]:
        """Those on one of the accounts that nobody sees."""
        equity = self.of_kind(moves, (Kind.EQUITY,))
        return [move for move in equity if self.chart[move.account_id].type == type_]

    def counts(self, move: Move, left_out: Collection[str]) -> bool:
        """Whether it is in the change; all sides in its currency of that day are."""
        is_known = self.rates.is_known(move.currency, move.on_date)
        return is_known and move.currency not in left_out

    def worth(self, moves: Iterable[Move]) -> Fraction:
        """Minor units of the base currency, not rounded; without what is unknown."""
        sums = convert_moves(moves, self.rates).sums
        return sum(map(Fraction, sums.values()), Fraction(0))


@dataclass(frozen=True, slots=True)
class Change:
    """The change of net worth in the base currency, its parts, and what is not in it.

    ``total`` is what is left of the cash flow and the four parts, to the minor unit:
    ``revalued`` is what no transaction made, rates moved; ``exchanged`` what transfers
    between currencies brought against the rates of their days, mostly below zero;
    ``beside`` what went to currencies that are not in the change or came from them,
    less what cash flow counts of those; ``opened`` are opening balances. The rest of
    rounding, three minor units at most, is in the greatest of the first three.

    ``not_in_change`` has what is
    there at the end of each currency whose rate is unknown on a day that its change
    needs: it would seem to come from nowhere. Of what came and went it is zero.
    """

    total: Money
    revalued: Money
    exchanged: Money
    beside: Money
    opened: Money
    not_in_change: tuple[Money, ...]


def find_left_out(stretch: Stretch) -> frozenset[str]:
    """The currencies whose rate is unknown on a day that their change needs."""
    return frozenset(
        move.currency
        for moves in (stretch.start, stretch.end, stretch.between)
        for move in stretch.own(moves)
        if not stretch.rates.is_known(move.currency, move.on_date)
    )


async def read_crossing(work: Work, stretch: Stretch, span: Span) -> list[Move]:
    """What exchanges of a span moved on the exchange account, of some of them.

    They are those that have a side which the change cannot count. Nothing is asked
    where there is no such side, as in most books.
    """
    left_out = find_left_out(stretch)
    sides = {
        (move.currency, move.on_date)
        for move in stretch.of_type(stretch.between, Equity.EXCHANGE)
        if not stretch.counts(move, left_out)
    }
    if not sides:
        return []
    codes, days = zip(*sorted(sides), strict=True)
    asked = {"ledger_id": work.ledger_id, "first": span.start, "past": span.end}
    found = await work.session.execute(
        _CROSSING, {**asked, "codes": list(codes), "days": list(days)}
    )
    return [Move(place, code, on, int(minor)) for place, code, on, minor in found]


def work_out_change(
    stretch: Stretch, left: Money, crossing: Sequence[Move] = ()
) -> Change:
    """The change and its parts beside what is ``left`` of the cash flow.

    ``crossing`` is what ``read_crossing`` found.
    """
    left_out = find_left_out(stretch)
    counted = [one for one in stretch.between if stretch.counts(one, left_out)]

    def worth(moves: Iterable[Move]) -> Fraction:
        own = stretch.own(moves)
        return stretch.worth(one for one in own if one.currency not in left_out)

    total = worth(stretch.end) - worth(stretch.start)
    opened = -stretch.worth(stretch.of_type(counted, Equity.OPENING))
    exchanged = -stretch.worth(stretch.of_type(counted, Equity.EXCHANGE))
    crossed = -stretch.worth(one for one in crossing if stretch.counts(one, left_out))
    flow = [one for one in stretch.between if one.currency in left_out]
    beside = crossed + stretch.worth(stretch.of_kind(flow, CATEGORY_KINDS))
    revalued = total - worth(stretch.between)
    made = round(total) - left.minor - round(opened)
    parts = round_to(made, (revalued, exchanged - crossed, beside))
    by_rates, in_exchanges, aside = (Money(one, stretch.rates.to) for one in parts)
    return Change(
        total=Money(round(total), stretch.rates.to),
        revalued=by_rates,
        exchanged=in_exchanges,
        beside=aside,
        opened=Money(round(opened), stretch.rates.to),
        not_in_change=_amounts(stretch, left_out),
    )


def round_to(total: int, parts: Sequence[Fraction]) -> list[int]:
    """The parts rounded, the greatest so that they add up to ``total``.

    It takes the rest of rounding; the parts must add up to the total but for that.
    """
    rounded = [round(part) for part in parts]
    greatest = max(range(len(parts)), key=lambda place: abs(parts[place]))
    rounded[greatest] += total - sum(rounded)
    return rounded


def _amounts(stretch: Stretch, codes: Iterable[str]) -> tuple[Money, ...]:
    there = dict.fromkeys(codes, 0)
    for move in stretch.own(stretch.end):
        if move.currency in there:
            there[move.currency] += move.minor
    return tuple(Money(there[code], code) for code in by_base(there, stretch.rates.to))
