"""Keeps what sources say: believed observations in runs, jumps aside for a person."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.currency import all_currencies
from fintrack.core.fixed_rates import fixed_rates
from fintrack.core.rate_checks import Refused, check_observations, is_jump
from fintrack.core.rate_merge import Placed, has_seen, in_force, merge
from fintrack.core.rate_runs import Observation, Run, Source
from fintrack.services import database
from fintrack.services.rates import run_rows
from fintrack.services.rates.run_rows import Held, Said
from fintrack.services.rates.source_rows import lock_source

# What was seen longer ago is a measure only where nothing else is, and a wider one:
# coins do grow tenfold in some months, and no money a thousandfold without a new name.
FRESH = timedelta(days=30)
MOST_OF_OLD = Decimal(100)


class _Installed:
    """How many times as much or as little a rate may be as the one in force."""

    most: Decimal = Decimal(3)


@dataclass(slots=True)
class Kept:
    """What became of observations, as counts.

    ``added`` are runs of their own, ``extended`` one more of a run, ``held`` wait for a
    decision, ``known`` were kept or held before, ``unknown`` have a code that no
    currency has.
    """

    added: int = 0
    extended: int = 0
    known: int = 0
    held: int = 0
    unknown: int = 0
    refused: list[Refused] = field(default_factory=list)

    @property
    def of_rates(self) -> int:
        """How many of them could be rates."""
        return self.added + self.extended + self.known + self.held


@dataclass(slots=True)
class _Books:
    """What is known around some observations; ``runs`` grow while they are merged."""

    runs: defaultdict[str, list[Run]]
    others: Mapping[tuple[str, datetime], Said]
    held: list[Held] = field(default_factory=list)


def set_most(most: Decimal) -> None:
    """What is more than ``most`` times as much or as little as before is a jump."""
    _Installed.most = most


async def keep_observations(
    session: AsyncSession, source: Source, observations: Iterable[Observation]
) -> Kept:
    """Keeps what ``source`` says, in the unit of work of ``session``.

    What cannot be a rate is left out and told in the result; the rest is kept. A jump
    is held until ``rates.accept_jump`` or ``rates.refuse_jump`` decides.
    """
    now = database.current().clock()
    codes = {one.code for one in all_currencies()}
    checked = await asyncio.to_thread(check_observations, observations, codes, now)
    await lock_source(session, source)
    before = await run_rows.read_runs(session, source, checked.good)
    others = await run_rows.read_others(session, source, checked.good)
    books, kept = _Books(_grown(before), others), Kept()
    kept.unknown, kept.refused = checked.unknown, checked.refused
    # A year of many currencies takes a while, beside which the event loop goes on.
    await asyncio.to_thread(_sort_in, books, checked.good, kept)
    await run_rows.write_runs(session, source, before, books.runs)
    kept.held = await run_rows.write_held(session, source, books.held, now)
    kept.known += len(books.held) - kept.held
    return kept


async def merge_observations(
    session: AsyncSession, source: Source, observations: list[Observation]
) -> None:
    """Keeps observations that a person has found to be right, however far they jump."""
    await lock_source(session, source)
    before = await run_rows.read_runs(session, source, observations)
    after = _grown(before)
    for seen in observations:
        merge(after[seen.code], seen)
    await run_rows.write_runs(session, source, before, after)


def _grown(runs: Mapping[str, list[Run]]) -> defaultdict[str, list[Run]]:
    return defaultdict(list, {code: [*found] for code, found in runs.items()})


def _sort_in(books: _Books, seen: Iterable[Observation], kept: Kept) -> None:
    for one in seen:
        own, other = books.runs[one.code], books.others.get((one.code, one.at))
        before = _jumped_from(own, other, one)
        if before is not None:
            books.held.append(Held(one, before))
            continue
        placed = merge(own, one)
        kept.added += placed is Placed.ADDED
        kept.extended += placed is Placed.EXTENDED
        kept.known += placed is Placed.KNOWN


def _jumped_from(
    own: list[Run], other: Said | None, seen: Observation
) -> Decimal | None:
    """The rate in force from which this one is too far, or None: it is believed.

    It is believed, too, where it goes on from what the same source said before: two
    sources that disagree would hold each other's rates for ever.
    """
    if has_seen(own, seen.at):
        return None
    said = [other] if other else []
    if run := in_force(own, seen.at):
        said.append(Said(run.per_usd, min(run.last_seen_at, seen.at)))
    said = [one for one in said if not _fixed_between(seen, one.seen_at)]
    most = _Installed.most
    if fresh := [one for one in said if one.seen_at >= seen.at - FRESH]:
        said = fresh
    else:
        most = max(most, MOST_OF_OLD)
    if any(not is_jump(seen.per_usd, one.per_usd, most) for one in said):
        return None
    return max(said, key=lambda one: one.seen_at).per_usd if said else None


def _fixed_between(seen: Observation, before: datetime) -> bool:
    """Whether a law fixed it since: what was said before that is no measure."""
    fixed = fixed_rates().get(seen.code)
    return fixed is not None and before.date() < fixed.since <= seen.at.date()
