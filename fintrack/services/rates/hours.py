"""The rate of a pair hour by hour, of sources that speak more often than once a day."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import text

from fintrack.core.clock import day_in_zone
from fintrack.core.exchange import UnknownRate
from fintrack.core.fixed_rates import fixed_rate, root_of
from fintrack.core.rate_hours import Runs, hours_until, last_said, speaks_often
from fintrack.core.rate_runs import HUB, Run, Source
from fintrack.services.commands import Work
from fintrack.services.rates.lookup import (
    HUB_LEG,
    Known,
    Leg,
    Legs,
    RateView,
    between,
    end_of,
    fix_legs,
    older_day,
    or_own,
)
from fintrack.services.rates.own import pair_of, read_own
from fintrack.services.rates.reader_day import zone_of

# A side of which nobody spoke for a week says nothing about an hour.
STILL_SPEAKS = timedelta(7)

# From the run in force at the first instant to the last one.
_RUNS = text(
    "SELECT known.name, run.code, run.per_usd, run.valid_from, run.last_seen_at, "
    "run.multiplier FROM unnest(CAST(:codes AS text[])) wanted (code) "
    "CROSS JOIN unnest(CAST(:sources AS text[])) known (name) "
    "CROSS JOIN LATERAL (SELECT * FROM rate_run r "
    "WHERE (r.code, r.source) = (wanted.code, known.name) "
    "AND r.valid_from <= :last AND r.valid_from >= coalesce("
    "(SELECT max(before.valid_from) FROM rate_run before "
    "WHERE (before.code, before.source) = (wanted.code, known.name) "
    "AND before.valid_from <= :first), :first)) run ORDER BY run.valid_from"
)

Spoken = Mapping[str, Runs]
"""The runs of each side of a pair; the hub needs none."""


async def read_hours(
    work: Work, base: str, quote: str, length: timedelta
) -> tuple[RateView, ...]:
    """The rate in each hour (UTC) of a time up to now; nothing where all speak daily.

    A point is of the last observation of its hour, whichever side it is of. Where there
    is none it is of the end of the hour, and carried forward. Hours before the first
    rate are left out. Its day is the one where the person lives, so that what was set
    in the ledger holds on the day for which it was set.
    """
    if fixed_rate(base, quote, work.now.date()) is not None:
        return ()
    # What has been fixed is heard of in its successor.
    codes = {root_of(code, work.now.date()).code for code in (base, quote)} - {HUB}
    since = work.now - length
    spoken = await _read(work, codes, since - STILL_SPEAKS)
    if not any(speaks_often(runs, since) for runs in spoken.values()):
        return ()
    hours = [*hours_until(work.now, length)]
    zone, pair = await zone_of(work), pair_of(base, quote)
    days = {day_in_zone(at, zone) for hour in hours for at in hour}
    own = await read_own(work, [(base, quote)], sorted(days))
    points = []
    for start, end in hours:
        said, at = _said(spoken, (base, quote), start, end)
        on = day_in_zone(at, zone)
        found = or_own(_of_day(said, on), own.get((pair, on)))
        if isinstance(found, RateView):
            points.append(replace(found, at=at))
    return tuple(points)


async def _read(work: Work, codes: Collection[str], first: datetime) -> Spoken:
    values = {
        "codes": sorted(codes),
        "sources": list(Source),
        "first": first,
        "last": work.now,
    }
    spoken: dict[str, dict[Source, list[Run]]] = {
        code: defaultdict(list) for code in codes
    }
    for source, *run in await work.session.execute(_RUNS, values):
        found = Run(*run)
        spoken[found.code][Source(source)].append(found)
    return spoken


def _said(
    spoken: Spoken, pair: tuple[str, str], start: datetime, end: datetime
) -> tuple[RateView | UnknownRate, datetime]:
    """What was in force in an hour, and when; unknown also where that is long past."""
    legs = _legs_at(spoken, pair, end)
    # As of days: two sides that were seen on different ones are taken of the older.
    if older := older_day(legs, *pair):
        legs = _legs_at(spoken, pair, end_of(older))
    newest = max((leg.seen_at for leg in legs.values() if leg.seen_at), default=None)
    is_new = newest is not None and newest > start
    at = newest if newest and is_new else end
    said = between(legs, *pair, at.date())
    if isinstance(said, RateView) and said.seen_at:
        if said.seen_at < at - STILL_SPEAKS:
            said = UnknownRate(*pair, at.date())
        elif not is_new:
            said = replace(said, known=Known.CARRIED)
    return said, at


def _of_day(said: RateView | UnknownRate, on: date) -> RateView | UnknownRate:
    """Of a day where the person lives; how it is known goes by that of UTC."""
    if isinstance(said, UnknownRate):
        return replace(said, on=on)
    return replace(said, rate=replace(said.rate, on=on))


def _legs_at(spoken: Spoken, pair: tuple[str, str], at: datetime) -> Legs:
    legs = {HUB: HUB_LEG}
    for code, runs in spoken.items():
        if said := last_said(runs, at):
            seen_at = said.seen_at.astimezone(UTC)
            legs[code] = Leg(said.run.per_usd, said.source, seen_at, seen_at.date())
    fix_legs(legs, pair, at.date())
    return legs
