"""All currencies in the base one, each amount at the rate of its own day.

What no rate brings there is left out of every sum and said apart, never taken as 1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fintrack.core.chart import CATEGORY_KINDS
from fintrack.core.money import Money
from fintrack.core.period import Period
from fintrack.services.commands import Work
from fintrack.services.dashboard import figures
from fintrack.services.dashboard.change import Stretch, read_crossing, work_out_change
from fintrack.services.dashboard.figures import (
    CashFlow,
    Chart,
    Flow,
    NetWorth,
    Spending,
)
from fintrack.services.dashboard.moves import (
    Converted,
    Foreign,
    Move,
    convert_moves,
    moves_on,
    read_foreign,
)
from fintrack.services.dashboard.sums import Span, Sums
from fintrack.services.rates.dated import Dated, DatedRates, SeenRate, read_dated


@dataclass(frozen=True, slots=True)
class Together:
    """The figures of a period in the base currency.

    The change of net worth is what is left of the cash flow and ``revalued``,
    ``exchanged``, ``beside`` and ``opened``, as ``Change`` tells. ``unconverted`` is
    what net worth lacks, ``unconverted_flow`` what cash flow and spending of the period
    lack, by currency. ``not_in_change`` has what is there at the end in each currency
    whose rate is unknown on a day that its change needs: it is in no change, because it
    would seem to come from nowhere. ``oldest_rate`` is the one in the net worth that
    was seen longest ago, ``oldest_flow_rate`` the oldest on its day in the cash flow.
    """

    net_worth: NetWorth
    revalued: Money
    exchanged: Money
    beside: Money
    opened: Money
    cash_flow: CashFlow
    spending: tuple[Spending, ...]
    unconverted: tuple[Money, ...]
    not_in_change: tuple[Money, ...]
    unconverted_flow: tuple[Flow, ...]
    oldest_rate: SeenRate | None
    oldest_flow_rate: SeenRate | None


@dataclass(frozen=True, slots=True)
class Figured:
    """What is known in single currencies, and is brought together here.

    ``moved`` are the sums of the ``shown`` days of the periods ``flows``, the last one
    of which the figures are of; ``earlier`` are those of the ``usual`` spans.
    """

    chart: Chart
    base: str
    balances: Sums
    flows: Sequence[Period]
    shown: Sequence[Span]
    moved: Sequence[Sums]
    usual: Sequence[Span]
    earlier: Sequence[Sums]

    @property
    def last_day(self) -> date:
        """The day at whose end the balances stand."""
        return self.shown[-1].end - timedelta(1)

    @property
    def day_before(self) -> date:
        """The day before the period."""
        return self.flows[-1].start - timedelta(1)

    @property
    def before(self) -> Sums:
        """The balances at the end of the day before."""
        moved = self.moved[-1]
        keys = {*self.balances, *moved}
        return {key: self.balances.get(key, 0) - moved.get(key, 0) for key in keys}


async def bring_together(work: Work, known: Figured) -> Together:
    """Reads what moved in other currencies, and the rates of those days."""
    starts = [span.start for span in (*known.shown, *known.usual) if span.start]
    foreign = await read_foreign(
        work, known.base, Span(min(starts), known.shown[-1].end)
    )
    ends = moves_on(known.last_day, known.balances)
    ends += moves_on(known.day_before, known.before)
    rates = await read_dated(work, known.base, _dated((*foreign.moves, *ends)))
    stretch = _stretch(known, foreign, rates)
    crossing = await read_crossing(work, stretch, known.shown[-1])
    return work_out(known, foreign, stretch, crossing)


def work_out(
    known: Figured, foreign: Foreign, stretch: Stretch, crossing: Sequence[Move]
) -> Together:
    """The figures, from the sums of the base currency and the moves of the others."""
    chart, base, rates = known.chart, known.base, stretch.rates

    def converted(sums: Sums, span: Span) -> Converted:
        return convert_moves(_moves_of(sums, span, base, foreign), rates)

    moved = [converted(*one) for one in zip(known.moved, known.shown, strict=True)]
    usual = [converted(*one) for one in zip(known.earlier, known.usual, strict=True)]
    sums = [one.sums for one in moved]
    flows = figures.list_cash_flow(chart, known.flows, sums, base)
    flow = flows[0] if flows else figures.no_cash_flow(known.flows, base)
    left_out = figures.list_cash_flow(chart, known.flows[-1:], [moved[-1].rest], base)
    at_end = convert_moves(moves_on(known.last_day, known.balances), rates)
    change = work_out_change(stretch, flow.now.left, crossing)
    nothing = NetWorth(*[Money(0, base)] * 4)
    worth = next(iter(figures.list_net_worth(chart, at_end.sums, {}, base)), nothing)
    return Together(
        net_worth=replace(worth, change=change.total),
        revalued=change.revalued,
        exchanged=change.exchanged,
        beside=change.beside,
        opened=change.opened,
        cash_flow=flow,
        spending=figures.list_spending(
            chart, sums[-1], [one.sums for one in usual], base
        ),
        unconverted=tuple(
            one.total for one in figures.list_net_worth(chart, at_end.rest, {}, base)
        ),
        not_in_change=change.not_in_change,
        unconverted_flow=tuple(one.now for one in left_out),
        oldest_rate=rates.oldest(_dated(stretch.own(stretch.end))),
        oldest_flow_rate=rates.oldest(
            _dated(stretch.of_kind(stretch.between, CATEGORY_KINDS))
        ),
    )


def _dated(moves: Iterable[Move]) -> set[Dated]:
    return {(move.currency, move.on_date) for move in moves}


def _stretch(known: Figured, foreign: Foreign, rates: DatedRates) -> Stretch:
    """The period as its change is worked out from."""
    return Stretch(
        chart=known.chart,
        start=moves_on(known.day_before, known.before),
        end=moves_on(known.last_day, known.balances),
        between=_moves_of(known.moved[-1], known.shown[-1], known.base, foreign),
        rates=rates,
    )


def _moves_of(sums: Sums, span: Span, base: str, foreign: Foreign) -> list[Move]:
    """What moved in a span: the base currency as one sum, the others day by day."""
    own = {key: minor for key, minor in sums.items() if key[1] == base}
    return moves_on(span.start or date.min, own) + foreign.within(span)
