"""A pair on each day of many years: values alone, read as runs and not day by day."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import text

from fintrack.core import fixed_rates
from fintrack.core.exchange import UnknownRate
from fintrack.core.rate_runs import HUB, Source, cross
from fintrack.services.commands import Work
from fintrack.services.rates.lookup import (
    RateView,
    between,
    ends_of,
    legs_on,
    own_rate,
    speaks_after,
)
from fintrack.services.rates.own import OwnRateGiven, pair_of, read_own

# Of each source what it said last on each day, from what was in force at the first
# instant: one walk through the index of each, where a step for each day of many years
# would take several times as long.
_LAST_OF_DAYS = text(
    "WITH spoke AS MATERIALIZED (SELECT wanted.code, known.name, known.place, coalesce("
    "(SELECT max(r.valid_from) FROM rate_run r WHERE (r.code, r.source) = "
    "(wanted.code, known.name) AND r.valid_from <= :first), :first) AS since "
    "FROM unnest(CAST(:codes AS text[])) wanted (code) CROSS JOIN "
    "unnest(CAST(:sources AS text[])) WITH ORDINALITY known (name, place)) "
    "SELECT code, array_agg(from_at ORDER BY from_at), array_agg(seen_at ORDER BY "
    "from_at), array_agg(per_usd ORDER BY from_at) FROM ("
    "SELECT spoke.code, spoke.place, run.per_usd, "
    "run.valid_from AT TIME ZONE 'UTC' AS from_at, "
    "run.last_seen_at AT TIME ZONE 'UTC' AS seen_at, "
    "lead(run.valid_from) OVER (PARTITION BY spoke.code, spoke.place "
    "ORDER BY run.valid_from) AT TIME ZONE 'UTC' AS next_at "
    "FROM spoke CROSS JOIN LATERAL (SELECT * FROM rate_run r "
    "WHERE (r.code, r.source) = (spoke.code, spoke.name) "
    "AND r.valid_from BETWEEN spoke.since AND :last OFFSET 0) run) said "
    "WHERE next_at IS NULL OR next_at::date > from_at::date "
    "GROUP BY code, place ORDER BY code, place"
)
_ONE = Decimal(1)
_DAY = timedelta(1)


class DayRate(NamedTuple):
    """The value of a pair at the end of a day, and the day (UTC) it was seen on.

    A currency in itself is never seen.
    """

    on: date
    value: Decimal
    seen_on: date | None


class _Said(NamedTuple):
    """What a source said of a code, by time: few long lists, as rows take longer."""

    from_at: list[datetime]
    seen_at: list[datetime]
    per_usd: list[Decimal]


class _Side(NamedTuple):
    """One currency on each day, and the day (UTC) it was seen on; None: unknown."""

    values: list[Decimal | None]
    seen_on: list[date | None]


async def read_all_days(
    work: Work, base: str, quote: str, days: Sequence[date]
) -> tuple[DayRate, ...]:
    """What ``rates_of`` gives for a pair on days in a row, without its sources.

    Days on which it is unknown are left out.
    """
    if base == quote:
        return tuple(DayRate(day, _ONE, None) for day in days)
    said = await _said_on(work, base, quote, days)
    own = await read_own(work, [(base, quote)], days)
    if not own:
        return tuple(one for one in said if one)
    pair = pair_of(base, quote)
    found = [
        _or_own(one, own.get((pair, day)), base, day)
        for one, day in zip(said, days, strict=True)
    ]
    return tuple(one for one in found if one)


def _or_own(
    said: DayRate | None, own: OwnRateGiven | None, base: str, on: date
) -> DayRate | None:
    """As ``lookup.or_own``."""
    if own is None or (said and speaks_after(said.seen_on, own, on)):
        return said
    return DayRate(on, own_rate(own, base, on).value, own.on_date)


async def _said_on(
    work: Work, base: str, quote: str, days: Sequence[date]
) -> list[DayRate | None]:
    """By the sources: both sides as they were on the older of the days of either."""
    sides = await _sides_on(work, {base, quote}, days)
    over, of = sides[base], sides[quote]
    older = [*map(_older, over.seen_on, of.seen_on, days)]
    before = {on for on in older if on < days[0]}
    legs = await legs_on(work, {base, quote}, before) if before else {}
    found: list[DayRate | None] = []
    for day, on in zip(days, older, strict=True):
        if on in before:
            found.append(_day_rate(between(legs[on], base, quote, day)))
        elif (by_law := fixed_rates.fixed_rate(base, quote, day)) is not None:
            found.append(DayRate(day, by_law, None))
        else:
            found.append(_cross_on(over, of, (on - days[0]).days, day))
    return found


def _cross_on(over: _Side, of: _Side, place: int, day: date) -> DayRate | None:
    """Of a day, by both sides as they were at a place among the days."""
    one, other = over.values[place], of.values[place]
    if one is None or other is None:
        return None
    seen_on = _least(over.seen_on[place], of.seen_on[place])
    return DayRate(day, cross(other, one), seen_on)


def _day_rate(said: RateView | UnknownRate) -> DayRate | None:
    if isinstance(said, UnknownRate):
        return None
    return DayRate(said.rate.on, said.rate.value, said.seen_on)


def _older(one: date | None, other: date | None, day: date) -> date:
    """As ``lookup.older_day``; the day itself where there is none."""
    return day if one is None or other is None or one == other else min(one, other)


def _least(one: date | None, other: date | None) -> date | None:
    return (one or other) if one is None or other is None else min(one, other)


async def _sides_on(
    work: Work, codes: Collection[str], days: Sequence[date]
) -> dict[str, _Side]:
    """The sides at the end of each day; the hub always is known."""
    ends = await _instants(work, days)
    asked = fixed_rates.with_successors(codes)
    sides = {
        code: _Side([_ONE if code == HUB else None] * len(days), [None] * len(days))
        for code in asked
    }
    if ends:
        spoken = await _read(work, asked - {HUB}, ends[0], ends[-1])
        sides |= {code: _in_force(said, ends) for code, said in spoken.items()}
    for code in fixed_rates.fixed_rates().keys() & asked:
        _fix(sides, code, days)
    return sides


def _fix(sides: Mapping[str, _Side], code: str, days: Sequence[date]) -> None:
    """As ``lookup.fix_legs``: from its day on the law speaks, and the market before."""
    side = sides[code]
    for place, day in enumerate(days):
        root = fixed_rates.root_of(code, day)
        # What it is fixed to on that day is fixed to nothing then.
        value = None if root.code == code else sides[root.code].values[place]
        if value is not None:
            side.values[place] = fixed_rates.in_fixed(value, root.factor)
            side.seen_on[place] = sides[root.code].seen_on[place]


async def _instants(work: Work, days: Sequence[date]) -> list[datetime]:
    """As ``ends_of``, without a zone."""
    # Only of the last two days one may be today.
    last = {day: at for at, day in (await ends_of(work, days[-2:])).items()}
    until = [last[day].astimezone(UTC).replace(tzinfo=None) for day in days[-2:]]
    return [until[0] - n * _DAY for n in range(len(days) - 2, 0, -1)] + until


async def _read(
    work: Work, codes: Collection[str], first: datetime, last: datetime
) -> dict[str, list[_Said]]:
    """What each source said of each code, in the order in which they are believed."""
    values = {
        "codes": sorted(codes),
        "sources": list(Source),
        "first": first.replace(tzinfo=UTC),
        "last": last.replace(tzinfo=UTC),
    }
    spoken = defaultdict(list)
    for code, *said in await work.session.execute(_LAST_OF_DAYS, values):
        spoken[code].append(_Said(*said))
    return spoken


def _in_force(spoken: Sequence[_Said], instants: Sequence[datetime]) -> _Side:
    """What was in force at instants in their order: of two sources the later one."""
    values: list[Decimal | None] = [None] * len(instants)
    latest: list[datetime | None] = [None] * len(instants)
    for said in spoken:
        count = 0
        for place, at in enumerate(instants):
            while count < len(said.from_at) and said.from_at[count] <= at:
                count += 1
            if count:
                seen_at, before = min(said.seen_at[count - 1], at), latest[place]
                if before is None or seen_at > before:
                    latest[place], values[place] = seen_at, said.per_usd[count - 1]
    return _Side(values, [at.date() if at else None for at in latest])
