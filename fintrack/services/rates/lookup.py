"""Which rate was in force: of a pair, on a day, and how it is known."""

from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import text

from fintrack.core import fixed_rates
from fintrack.core.exchange import Rate, UnknownRate
from fintrack.core.rate_runs import HUB, Source, cross
from fintrack.services.commands import Work
from fintrack.services.rates.own import OwnRateGiven, pair_of, read_own
from fintrack.services.rates.reader_day import today_of

# What a source said last. A step in the index reads the whole page that it ends on, so
# that it is looked for in one day and in one week before it is anywhere before.
_SAID = (
    "(SELECT r FROM rate_run r WHERE (r.code, r.source) = (wanted.code, wanted.name) "
    "AND r.valid_from <= asked.at {near} ORDER BY r.valid_from DESC LIMIT 1)"
)
_NEAR = "AND r.valid_from > asked.at - interval '{days} days'"
_LAST_SAID = (
    f"CROSS JOIN LATERAL (SELECT coalesce({_SAID.format(near=_NEAR.format(days=1))}, "
    f"{_SAID.format(near=_NEAR.format(days=7))}, {_SAID.format(near='')}) AS run "
    "OFFSET 0) last "
)
# Most sources say nothing of most currencies, and are not asked for each day in vain.
_SPEAKING = (
    "WITH speaking AS MATERIALIZED (SELECT wanted.code, known.name, known.place "
    "FROM unnest(CAST(:codes AS text[])) wanted (code) CROSS JOIN "
    "unnest(CAST(:sources AS text[])) WITH ORDINALITY known (name, place) "
    "CROSS JOIN LATERAL (SELECT FROM rate_run r "
    "WHERE (r.code, r.source) = (wanted.code, known.name) LIMIT 1) spoke) "
)
_FOUND = (
    "asked.at, wanted.code, (last.run).per_usd, wanted.name, "
    "least((last.run).last_seen_at, asked.at) AS seen_at FROM speaking wanted "
    f"CROSS JOIN unnest(CAST(:instants AS timestamptz[])) asked (at) {_LAST_SAID} "
    "WHERE last.run IS NOT NULL "
)
# Of two sources the one that has looked later is believed.
_IN_FORCE = text(
    f"{_SPEAKING} SELECT DISTINCT ON (asked.at, wanted.code) {_FOUND} "
    "ORDER BY asked.at, wanted.code, seen_at DESC, wanted.place"
)
# A rate from before a long holiday still speaks of a day; an older one does not.
STILL_SPEAKS = timedelta(7)


class Known(StrEnum):
    """How a rate is known.

    ``direct`` as a source said it of that day, ``derived`` from two rates of that day,
    ``carried`` forward from an earlier day, said or derived, ``fixed`` by law for ever.
    """

    DIRECT = "direct"
    DERIVED = "derived"
    CARRIED = "carried"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Leg:
    """What one US dollar bought, who said so, and when (UTC) it was last seen so."""

    per_usd: Decimal
    source: Source | None = None
    seen_at: datetime | None = None
    seen_on: date | None = None
    is_by_law: bool = False


@dataclass(frozen=True, slots=True)
class RateView:
    """A rate with where it comes from; of two legs ``seen_at`` is the older one.

    ``is_derived`` holds for a carried one too, ``is_own`` for one that was set in the
    ledger, which nobody else said. A currency in itself is 1, and nobody
    needs to say so, nor what a law has fixed. ``at`` is the instant (UTC) of
    which it is, where that is not the end of its day.
    """

    rate: Rate
    known: Known
    sources: tuple[Source, ...]
    seen_at: datetime | None
    is_derived: bool = False
    is_own: bool = False
    at: datetime | None = None

    @property
    def seen_on(self) -> date | None:
        """The day (UTC) of ``seen_at``."""
        return _day_of(self.seen_at)


Legs = dict[str, Leg]
_SOURCES = {str(source): source for source in Source}
HUB_LEG = Leg(Decimal(1))


async def legs_on(
    work: Work, codes: Iterable[str], days: Collection[date]
) -> dict[date, Legs]:
    """What was in force at the end of each day (UTC), or now on the person's today.

    A currency without a rate is left out; one that is fixed has that of what it is
    fixed to.
    """
    legs: dict[date, Legs] = {day: {HUB: HUB_LEG} for day in days}
    asked = fixed_rates.with_successors(codes)
    async for day, code, leg in _read(work, asked, days):
        legs[day][code] = leg
    for day, found in legs.items():
        fix_legs(found, asked, day)
    return legs


def fix_legs(legs: Legs, codes: Collection[str], on: date) -> None:
    """Puts what the law says in the place of what a market still does."""
    for code in fixed_rates.fixed_rates().keys() & codes:
        root = fixed_rates.root_of(code, on)
        if root.code != code and root.code in legs:
            legs[code] = _fixed_leg(legs[root.code], root.factor)


def _fixed_leg(leg: Leg, factor: Decimal) -> Leg:
    per_usd = fixed_rates.in_fixed(leg.per_usd, factor)
    return replace(leg, per_usd=per_usd, is_by_law=True)


async def _read(
    work: Work, codes: Iterable[str], days: Collection[date]
) -> AsyncIterator[tuple[date, str, Leg]]:
    # East of Greenwich it is already tomorrow while the day of UTC goes on.
    tomorrow = work.now.date() + timedelta(1)
    has_begun = tomorrow in days and await today_of(work) == tomorrow
    ends = await ends_of(work, days)
    values = {
        "codes": sorted({*codes} - {HUB}),
        "sources": list(Source),
        # Thousands of instants are dumped at once in a tenth of the time.
        "instants": f"{{{','.join(at.isoformat() for at in ends)}}}",
    }
    found = await work.session.execute(_IN_FORCE, values)
    for at, code, per_usd, source, seen_at in found.all():
        day, seen_on = ends[at], _day_of(seen_at)
        if has_begun and day == tomorrow and seen_on == work.now.date():
            seen_on = day
        yield day, code, Leg(per_usd, _SOURCES[source], seen_at, seen_on)


async def ends_of(work: Work, days: Collection[date]) -> dict[datetime, date]:
    """The last instant of each day (UTC), and of today where the person lives: now.

    West of Greenwich their day goes on when the one of UTC is over, and what was seen
    since is of their today.
    """
    ends = {end_of(day): day for day in days}
    yesterday = work.now.date() - timedelta(1)
    if yesterday in days and await today_of(work) == yesterday:
        del ends[end_of(yesterday)]
        ends[work.now] = yesterday
    return ends


def end_of(day: date) -> datetime:
    """The last instant of a day (UTC)."""
    return datetime.combine(day + timedelta(1), time(tzinfo=UTC)) - timedelta.resolution


Found = dict[date, list[RateView | UnknownRate]]


async def rates_of(
    work: Work, pairs: Sequence[tuple[str, str]], days: Sequence[date]
) -> Found:
    """The rate of each pair (base, quote) at the end of each day, in their order.

    On its day one that was set in the ledger wins over what any source says.
    """
    said = await said_of(work, pairs, days)
    own = await read_own(work, pairs, days)
    return {
        day: [
            or_own(one, own.get((pair_of(*pair), day)))
            for pair, one in zip(pairs, said[day], strict=True)
        ]
        for day in days
    }


async def said_of(
    work: Work, pairs: Sequence[tuple[str, str]], days: Sequence[date]
) -> Found:
    """The same of sources alone.

    A pair is carried as one: where its sides were last seen on different days, both are
    taken as they were on the older one, or the rate would be of neither.
    """
    codes = {code for pair in pairs for code in pair}
    legs = await legs_on(work, codes, days)
    older = {
        (day, *pair): older_day(legs[day], *pair) or day
        for day in days
        for pair in pairs
    }
    # Mostly the day before, which was asked for anyway where a course is read.
    if before := {*older.values()} - legs.keys():
        legs |= await legs_on(work, codes, before)
    return {
        day: [between(legs[older[day, *pair]], *pair, day) for pair in pairs]
        for day in days
    }


def or_own(
    said: RateView | UnknownRate, own: OwnRateGiven | None
) -> RateView | UnknownRate:
    """What was set in the ledger, unless a source has said something since."""
    if own is None:
        return said
    pair = said.rate if isinstance(said, RateView) else said
    if isinstance(said, RateView) and speaks_after(said.seen_on, own, pair.on):
        return said
    known = Known.DIRECT if own.on_date == pair.on else Known.CARRIED
    seen_at = datetime.combine(own.on_date, time(tzinfo=UTC))
    return RateView(own_rate(own, pair.base, pair.on), known, (), seen_at, is_own=True)


def own_rate(own: OwnRateGiven, base: str, on: date) -> Rate:
    """What was set in the ledger, of a day and in the direction from ``base``."""
    rate = Rate(own.base, own.quote, own.value, on)
    return rate if rate.base == base else rate.inverse()


def speaks_after(seen_on: date | None, own: OwnRateGiven, on: date) -> bool:
    """Whether what sources say on a day was seen after an own rate was set."""
    return own.on_date < on and (seen_on or on) > own.on_date


def between(legs: Legs, base: str, quote: str, on: date) -> RateView | UnknownRate:
    """1 ``base`` in ``quote`` on a day, by legs of one instant."""
    if base == quote:
        return RateView(Rate(base, quote, Decimal(1), on), Known.DIRECT, (), None)
    if (value := fixed_rates.fixed_rate(base, quote, on)) is not None:
        return RateView(Rate(base, quote, value, on), Known.FIXED, (), None)
    of, over = legs.get(quote), legs.get(base)
    if of is None or over is None:
        return UnknownRate(base, quote, on)
    seen_at = min(leg.seen_at for leg in (over, of) if leg.seen_at)
    sources = tuple(dict.fromkeys(leg.source for leg in (over, of) if leg.source))
    is_derived = (of.is_by_law or over.is_by_law or len(sources) > 1) or sources[
        0
    ].base not in (base, quote)
    if min(leg.seen_on for leg in (over, of) if leg.seen_on) < on:
        known = Known.CARRIED
    else:
        known = Known.DERIVED if is_derived else Known.DIRECT
    rate = Rate(base, quote, cross(of.per_usd, over.per_usd), on)
    return RateView(rate, known, sources, seen_at, is_derived)


def older_day(legs: Legs, base: str, quote: str) -> date | None:
    """The older of the days on which the sides were seen; None where it is one day."""
    of, over = legs.get(quote), legs.get(base)
    if of is None or over is None or of.seen_on is None or over.seen_on is None:
        return None
    return None if of.seen_on == over.seen_on else min(of.seen_on, over.seen_on)


def speaks_of(seen_on: date | None, day: date) -> bool:
    """Whether what was last seen on a day says something of another."""
    return seen_on is not None and seen_on >= day - STILL_SPEAKS


def _day_of(at: datetime | None) -> date | None:
    return at.astimezone(UTC).date() if at else None


async def find_rate(
    work: Work, base: str, quote: str, on: date
) -> RateView | UnknownRate:
    """1 ``base`` in ``quote`` on a day, for verbs."""
    (found,) = (await rates_of(work, [(base, quote)], [on]))[on]
    return found
