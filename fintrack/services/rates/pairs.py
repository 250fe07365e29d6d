"""A pair of currencies: its rate on a day, and how far that moved until then."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from decimal import Decimal

from fintrack.core.actor import LedgerRole
from fintrack.core.currency import find_currency
from fintrack.core.exchange import UnknownRate
from fintrack.core.rate_runs import Source, cross
from fintrack.core.rate_spans import SPANS, span_of
from fintrack.services.commands import Work, question
from fintrack.services.rates.course import first_day
from fintrack.services.rates.currencies import check_day
from fintrack.services.rates.lookup import (
    Leg,
    RateView,
    find_rate,
    legs_by_source,
    own_rate,
    said_of,
)
from fintrack.services.rates.own import pair_of, read_own

# A rate from before a long holiday still speaks of a day; an older one does not.
STILL_SPEAKS = timedelta(7)
LONGEST = SPANS[-1]

Way = tuple[Source | None, Source | None]


@dataclass(frozen=True, slots=True)
class Move:
    """How far a rate moved since a day: from ``start`` to ``end``.

    Both are None where nobody knows, or only two sources that may disagree.
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
        """The day (UTC) up to which the moves lead; None where no rate is known."""
        end = self.said or self.rate
        return end.seen_on if isinstance(end, RateView) else None


@question("currency.pair", ledger=LedgerRole.VIEWER)
async def read_pair(work: Work, base: str, quote: str, on: date) -> PairView:
    """The rate of a pair on a day and how far it moved, for each span of a chart.

    Raises:
        InvalidInput: there is no such currency, or the day is still to come.
    """
    pair = find_currency(base).code, find_currency(quote).code
    check_day(work, on)
    rate = await find_rate(work, *pair, on)
    if isinstance(rate, UnknownRate) or rate.seen_on is None:
        return PairView(rate)
    if not rate.is_own:
        return await _with_moves(work, rate)
    said = (await said_of(work, [pair], [rate.seen_on]))[rate.seen_on][0]
    if isinstance(said, UnknownRate) or not _speaks_of(said.seen_on, rate.seen_on):
        return PairView(rate, None, await _own_moves(work, rate))
    return replace(await _with_moves(work, said), rate=rate, said=said)


async def _with_moves(work: Work, rate: RateView) -> PairView:
    """By the sources; the rate must have been seen on a day."""
    pair, seen_on = (rate.rate.base, rate.rate.quote), rate.seen_on or rate.rate.on
    first = await first_day(work, pair)
    since = {name: span_of(name, seen_on).start for name in SPANS}
    since[LONGEST] = first or since[LONGEST]
    days = {seen_on, *since.values()}
    legs = await legs_by_source(work, pair, days)
    values = {day: _values(legs[day], pair, day) for day in days}
    now = {
        way: value
        for way, (value, of_day) in values[seen_on].items()
        if of_day == seen_on
    }
    # Of a pair that is known for one day there is nothing to tell.
    values[seen_on] = {}
    moves = tuple(
        _move(name, day, now, values[day], rate.sources) for name, day in since.items()
    )
    return PairView(rate, first, moves)


async def _own_moves(work: Work, rate: RateView) -> tuple[Move, ...]:
    """From an own rate about a day to the one that is shown."""
    pair, seen_on = (rate.rate.base, rate.rate.quote), rate.seen_on or rate.rate.on
    since = {name: span_of(name, seen_on).start for name in SPANS}
    own = await read_own(work, [pair], sorted({*since.values()}))
    moves = []
    for name, day in since.items():
        given = own.get((pair_of(*pair), day))
        if given and _speaks_of(given.on_date, day):
            start = own_rate(given, pair[0], day).value
            moves.append(Move(name, day, start, rate.rate.value))
        else:
            moves.append(Move(name, day))
    return tuple(moves)


def _speaks_of(seen_on: date | None, day: date) -> bool:
    return seen_on is not None and seen_on >= day - STILL_SPEAKS


def _values(
    legs: Mapping[str, list[Leg]], pair: tuple[str, str], on: date
) -> dict[Way, tuple[Decimal, date]]:
    """What the pair was worth by each two sources, and of which day that is."""
    found = {}
    for over in legs[pair[0]]:
        for of in legs[pair[1]]:
            seen = [leg.seen_at for leg in (over, of) if leg.seen_at]
            seen_on = min(seen).astimezone(UTC).date()
            if _speaks_of(seen_on, on):
                value = cross(of.per_usd, over.per_usd)
                found[over.source, of.source] = value, seen_on
    return found


def _move(
    span: str,
    since: date,
    now: Mapping[Way, Decimal],
    then: Mapping[Way, tuple[Decimal, date]],
    shown: tuple[Source, ...],
) -> Move:
    """By the same sources at both ends, those of the rate that is shown before others.

    Two sources never agree to the last digit, which is no movement.
    """
    ways = sorted(now.keys() & then.keys(), key=lambda way: _order(way, shown))
    if not ways:
        return Move(span, since)
    return Move(span, since, then[ways[0]][0], now[ways[0]])


def _order(way: Way, shown: tuple[Source, ...]) -> tuple[bool, int, list[int]]:
    sources = {source for source in way if source}
    places = [list(Source).index(source) for source in way if source]
    return sources != {*shown}, len(sources), places
