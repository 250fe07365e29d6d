"""A pair of currencies: its rate on a day, and how far that moved until then."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from fintrack.core.actor import LedgerRole
from fintrack.core.currency import find_currency
from fintrack.core.exchange import UnknownRate
from fintrack.core.rate_spans import SPANS, span_of
from fintrack.services.commands import Work, question
from fintrack.services.rates.course import first_day
from fintrack.services.rates.lookup import (
    RateView,
    find_rate,
    own_rate,
    said_of,
    speaks_of,
)
from fintrack.services.rates.own import pair_of, read_own
from fintrack.services.rates.reader_day import check_day

LONGEST = SPANS[-1]


@dataclass(frozen=True, slots=True)
class Move:
    """How far a rate moved since a day: from ``start`` to ``end``.

    Both are None where nobody knows.
    """

    span: str
    since: date
    start: Decimal | None = None
    end: Decimal | None = None

    @property
    def value(self) -> Decimal | None:
        """By how much; below zero where it fell."""
        return None if self.start is None or self.end is None else self.end - self.start

    @property
    def ratio(self) -> Decimal | None:
        """The same as a part of where it was: 0.01 is one percent more."""
        return (
            None
            if self.start is None or self.end is None
            else self.end / self.start - 1
        )


@dataclass(frozen=True, slots=True)
class PairView:
    """A rate, since when the pair is known, and its moves over all spans.

    They lead up to the day on which the rate was last seen. Of a rate that was set in
    the ledger they are those of ``said``, what sources say of the pair: what somebody
    paid at a kiosk against what a bank quotes is no movement. Where they say nothing,
    they lead from one own rate to the next.
    """

    rate: RateView | UnknownRate
    known_since: date | None = None
    moves: tuple[Move, ...] = ()
    said: RateView | None = None

    @property
    def until(self) -> date | None:
        """The day up to which the moves lead; None where no rate is known."""
        end = self.said or self.rate
        return _seen_on(end) if isinstance(end, RateView) else None


@question("currency.pair", ledger=LedgerRole.VIEWER)
async def read_pair(work: Work, base: str, quote: str, on: date) -> PairView:
    """The rate of a pair on a day and how far it moved, for each span of a chart.

    Raises:
        InvalidInput: there is no such currency, or the day is still to come.
    """
    pair = find_currency(base).code, find_currency(quote).code
    await check_day(work, on)
    rate = await find_rate(work, *pair, on)
    if isinstance(rate, UnknownRate) or rate.seen_on is None:
        return PairView(rate)
    if not rate.is_own:
        return await _with_moves(work, rate)
    said = (await said_of(work, [pair], [rate.seen_on]))[rate.seen_on][0]
    if isinstance(said, UnknownRate) or not speaks_of(said.seen_on, rate.seen_on):
        return PairView(rate, None, await _own_moves(work, rate))
    return replace(await _with_moves(work, said), rate=rate, said=said)


async def _with_moves(work: Work, rate: RateView) -> PairView:
    """Up to the rate, which must have been seen on a day, as a chart of it leads there.

    Two sources never agree to the last digit. But a change that were not that of the
    figure beside it, or none on each day after another source spoke, would be worse.
    """
    pair, seen_on = (rate.rate.base, rate.rate.quote), _seen_on(rate) or rate.rate.on
    first = await first_day(work, pair)
    since = {name: span_of(name, seen_on).start for name in SPANS}
    since[LONGEST] = first or since[LONGEST]
    said = await said_of(work, [pair], sorted({seen_on, *since.values()}))
    # A law may have fixed since then what was still of a market on that day.
    (now,) = said[seen_on]
    moves = (_move(name, day, said[day][0], now) for name, day in since.items())
    return PairView(rate, first, tuple(moves))


def _seen_on(rate: RateView) -> date | None:
    """West of Greenwich what was seen on the next day (UTC) is of the day there."""
    return min(rate.seen_on, rate.rate.on) if rate.seen_on else None


def _move(
    span: str, since: date, then: RateView | UnknownRate, now: RateView | UnknownRate
) -> Move:
    """Of a pair that is known for one day there is nothing to tell."""
    if isinstance(then, UnknownRate) or isinstance(now, UnknownRate) or then is now:
        return Move(span, since)
    if not speaks_of(then.seen_on, since):
        return Move(span, since)
    return Move(span, since, then.rate.value, now.rate.value)


async def _own_moves(work: Work, rate: RateView) -> tuple[Move, ...]:
    """From an own rate about a day to the one that is shown."""
    pair, seen_on = (rate.rate.base, rate.rate.quote), rate.seen_on or rate.rate.on
    since = {name: span_of(name, seen_on).start for name in SPANS}
    own = await read_own(work, [pair], sorted({*since.values()}))
    moves = []
    for name, day in since.items():
        given = own.get((pair_of(*pair), day))
        if given and speaks_of(given.on_date, day):
            start = own_rate(given, pair[0], day).value
            moves.append(Move(name, day, start, rate.rate.value))
        else:
            moves.append(Move(name, day))
    return tuple(moves)
