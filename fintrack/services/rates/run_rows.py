"""Rows of runs and of held observations: many in a few statements."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.rate_runs import Observation, Run, Source

# From the run in force at the first instant to the one that follows the last.
_RUNS = text(
    "SELECT run.code, run.per_usd, run.valid_from, run.last_seen_at, run.multiplier "
    "FROM unnest(CAST(:codes AS text[]), CAST(:firsts AS timestamptz[]), "
    "CAST(:lasts AS timestamptz[])) wanted (code, first, last) "
    "CROSS JOIN LATERAL (SELECT * FROM rate_run r "
    "WHERE (r.code, r.source) = (wanted.code, :source) "
    "AND r.valid_from <= coalesce("
    "(SELECT min(after.valid_from) FROM rate_run after "
    "WHERE (after.code, after.source) = (wanted.code, :source) "
    "AND after.valid_from > wanted.last), wanted.last) "
    "AND r.valid_from >= coalesce("
    "(SELECT max(before.valid_from) FROM rate_run before "
    "WHERE (before.code, before.source) = (wanted.code, :source) "
    "AND before.valid_from <= wanted.first), wanted.first)) run "
    "ORDER BY run.code, run.valid_from"
)
_OTHERS = (
    "SELECT wanted.code, wanted.at, said.per_usd, said.seen_at "
    "FROM unnest(CAST(:codes AS text[]), CAST(:instants AS timestamptz[])) "
    "wanted (code, at) CROSS JOIN LATERAL ("
    "SELECT run.per_usd, {seen} AS seen_at "
    "FROM unnest(CAST(:others AS text[])) known (source) CROSS JOIN LATERAL ("
    "SELECT per_usd, valid_from, last_seen_at FROM rate_run r "
    "WHERE (r.code, r.source) = (wanted.code, known.source) "
    "AND {which} LIMIT 1) run ORDER BY {nearest} LIMIT 1) said"
)
_BEFORE = text(
    _OTHERS.format(
        seen="least(run.last_seen_at, wanted.at)",
        which="r.valid_from <= wanted.at ORDER BY r.valid_from DESC",
        nearest="seen_at DESC",
    )
)
# The run that goes on after the instant, or the next one.
_AFTER = text(
    _OTHERS.format(
        seen="greatest(run.valid_from, wanted.at)",
        which="r.last_seen_at > wanted.at AND r.valid_from >= coalesce("
        "(SELECT max(before.valid_from) FROM rate_run before "
        "WHERE (before.code, before.source) = (wanted.code, known.source) "
        "AND before.valid_from <= wanted.at), wanted.at) ORDER BY r.valid_from",
        nearest="seen_at",
    )
)
_WRITE = text(
    "INSERT INTO rate_run "
    "(code, source, valid_from, last_seen_at, per_usd, multiplier) "
    "SELECT code, :source, valid_from, last_seen_at, per_usd, multiplier "
    "FROM unnest(CAST(:codes AS text[]), CAST(:rates AS numeric[]), "
    "CAST(:froms AS timestamptz[]), CAST(:ends AS timestamptz[]), "
    "CAST(:counts AS int[])) "
    "run (code, per_usd, valid_from, last_seen_at, multiplier) "
    "ON CONFLICT (code, source, valid_from) DO UPDATE "
    "SET last_seen_at = excluded.last_seen_at, multiplier = excluded.multiplier, "
    "per_usd = excluded.per_usd"
)
# What was decided waits anew where somebody asked for it again.
_HOLD = text(
    "WITH added AS (INSERT INTO rate_held "
    "(code, source, at, per_usd, in_force_per_usd, held_at, decision) "
    "SELECT code, :source, at, per_usd, in_force, :now, '' "
    "FROM unnest(CAST(:codes AS text[]), CAST(:rates AS numeric[]), "
    "CAST(:instants AS timestamptz[]), CAST(:before AS numeric[])) "
    "seen (code, per_usd, at, in_force) "
    "ON CONFLICT (code, source, at, per_usd) DO UPDATE SET decision = '', "
    "decided_at = NULL, decided_by = NULL, held_at = excluded.held_at, "
    "in_force_per_usd = excluded.in_force_per_usd "
    "WHERE :again AND rate_held.decision <> '' RETURNING 1) "
    "SELECT count(*) FROM added"
)


class Said(NamedTuple):
    """What was said, and when nearest to another instant it was seen so."""

    per_usd: Decimal
    seen_at: datetime


class Around(NamedTuple):
    """What was said by an instant, and what after it."""

    before: Said | None = None
    after: Said | None = None


class Held(NamedTuple):
    """An observation that waits, and the rate from which it jumped."""

    seen: Observation
    before: Decimal


Runs = Mapping[str, Sequence[Run]]


async def read_runs(
    session: AsyncSession, source: Source, seen: Sequence[Observation]
) -> dict[str, list[Run]]:
    """The runs of a source among which these observations fall, by code and time."""
    spans: dict[str, list[datetime]] = {}
    for code, _, at in seen:
        span = spans.setdefault(code, [at, at])
        span[:] = min(span[0], at), max(span[1], at)
    found = await session.execute(
        _RUNS,
        {
            "source": source,
            "codes": list(spans),
            "firsts": [first for first, _ in spans.values()],
            "lasts": [last for _, last in spans.values()],
        },
    )
    runs = (Run(*row) for row in found)
    return {code: [*some] for code, some in groupby(runs, key=lambda run: run.code)}


async def read_others(
    session: AsyncSession, source: Source, seen: Sequence[Observation]
) -> dict[tuple[str, datetime], Around]:
    """What any other source said last by the instant of each observation, and next."""
    wanted = {(one.code, one.at) for one in seen}
    values = {
        "codes": [code for code, _ in wanted],
        "instants": [at for _, at in wanted],
        "others": [other for other in Source if other is not source],
    }
    found = dict.fromkeys(wanted, Around())
    for code, at, *said in await session.execute(_BEFORE, values):
        found[code, at] = Around(before=Said(*said))
    for code, at, *said in await session.execute(_AFTER, values):
        found[code, at] = found[code, at]._replace(after=Said(*said))
    return found


async def write_runs(
    session: AsyncSession, source: Source, before: Runs, after: Runs
) -> None:
    """Writes what differs; a run that was read never goes, another begins with it."""
    known = {run for runs in before.values() for run in runs}
    new = [run for runs in after.values() for run in runs if run not in known]
    if not new:
        return
    # In the order of the key, as all who write them do.
    codes, rates, froms, ends, counts = zip(*sorted(new, key=_key), strict=True)
    await session.execute(
        _WRITE,
        {
            "source": source,
            "codes": list(codes),
            "rates": list(rates),
            "froms": list(froms),
            "ends": list(ends),
            "counts": list(counts),
        },
    )


async def write_held(
    session: AsyncSession,
    source: Source,
    held: Sequence[Held],
    now: datetime,
    *,
    again: bool,
) -> int:
    """Keeps observations for a decision; how many of them did not wait before.

    Those that were decided wait once more only ``again``.
    """
    if not held:
        return 0
    values = {
        "source": source,
        "now": now,
        "again": again,
        "codes": [one.seen.code for one in held],
        "rates": [one.seen.per_usd for one in held],
        "instants": [one.seen.at for one in held],
        "before": [one.before for one in held],
    }
    return await session.scalar(_HOLD, values) or 0


def _key(run: Run) -> tuple[str, datetime]:
    return run.code, run.valid_from
