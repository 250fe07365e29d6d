"""Keeps what sources say: believed observations in runs, jumps aside for a person."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.currency import all_currencies
from fintrack.core.fixed_rates import fixed_rates
from fintrack.core.rate_checks import Refused, check_observations, is_jump
from fintrack.core.rate_merge import (
    Placed,
    correct,
    has_seen,
    in_force,
    merge,
    next_to,
)
from fintrack.core.rate_runs import Observation, Run, Source, are_same
from fintrack.services import database
from fintrack.services.rates import run_rows
from fintrack.services.rates.run_rows import Around, Held, Said
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
    currency has. ``days`` are those (UTC) of which there were rates.
    """

    added: int = 0
    extended: int = 0
    known: int = 0
    held: int = 0
    unknown: int = 0
    days: set[date] = field(default_factory=set)
    refused: list[Refused] = field(default_factory=list)

    @property
    def of_rates(self) -> int:
        """How many of them could be rates."""
        return self.added + self.extended + self.known + self.held


@dataclass(slots=True)
class _Books:
    """What is known around some observations; ``runs`` grow while they are merged."""

    runs: defaultdict[str, list[Run]]
    others: Mapping[tuple[str, datetime], Around]
    held: list[Held] = field(default_factory=list)


def set_most(most: Decimal) -> None:
    """What is more than ``most`` times as much or as little as before is a jump."""
    _Installed.most = most


async def keep_observations(
    session: AsyncSession,
    source: Source,
    observations: Iterable[Observation],
    *,
    asked_again: bool = False,
) -> Kept:
    """Keeps what ``source`` says, in the unit of work of ``session``.

    What cannot be a rate is left out and told in the result; the rest is kept. A jump
    is held until ``rates.accept_jump`` or ``rates.refuse_jump`` decides.

    Of two that a source says of one instant the first counts. Where an admin has
    ``asked_again``, another one is held too, as is what was decided before: so a past
    day can be put right, and only by a person, who sees both.
    """
    now = database.current().clock()
    codes = {one.code for one in all_currencies()}
    checked = await asyncio.to_thread(check_observations, observations, codes, now)
    await lock_source(session, source)
    before = await run_rows.read_runs(session, source, checked.good)
    others = await run_rows.read_others(session, source, checked.good)
    books, kept = _Books(_grown(before), others), Kept()
    kept.unknown, kept.refused = checked.unknown, checked.refused
    kept.days = {one.at.date() for one in checked.good}
    # A year of many currencies takes a while, beside which the event loop goes on.
    await asyncio.to_thread(
        _sort_in, books, checked.good, kept, asked_again=asked_again
    )
    await run_rows.write_runs(session, source, before, books.runs)
    kept.held = await run_rows.write_held(
        session, source, books.held, now, again=asked_again
    )
    kept.known += len(books.held) - kept.held
    return kept


async def merge_observations(
    session: AsyncSession, source: Source, observations: list[Observation]
) -> None:
    """Keeps observations that a person has found to be right, however far they jump.

    They replace what the source had said of the same instants before.
    """
    await lock_source(session, source)
    before = await run_rows.read_runs(session, source, observations)
    after = _grown(before)
    for seen in observations:
        correct(after[seen.code], seen)
    await run_rows.write_runs(session, source, before, after)


def _grown(runs: Mapping[str, list[Run]]) -> defaultdict[str, list[Run]]:
    return defaultdict(list, {code: [*found] for code, found in runs.items()})


def _sort_in(
    books: _Books, seen: Iterable[Observation], kept: Kept, *, asked_again: bool
) -> None:
    for one in seen:
        own = books.runs[one.code]
        if not has_seen(own, one.at):
            far = _jumped_from(
                _around(own, one.at), books.others[one.code, one.at], one
            )
        else:
            far = _corrected(own, one) if asked_again else None
        if far is not None:
            books.held.append(Held(one, far))
            continue
        placed = merge(own, one)
        kept.added += placed is Placed.ADDED
        kept.extended += placed is Placed.EXTENDED
        kept.known += placed is Placed.KNOWN


def _corrected(own: list[Run], seen: Observation) -> Decimal | None:
    """What the source said of this instant before, where it was something else."""
    run = in_force(own, seen.at)
    return run.per_usd if run and not are_same(run.per_usd, seen.per_usd) else None


def _around(own: list[Run], at: datetime) -> Around:
    before, after = in_force(own, at), next_to(own, at)
    return Around(
        Said(before.per_usd, min(before.last_seen_at, at)) if before else None,
        Said(after.per_usd, max(after.valid_from, at)) if after else None,
    )


def _jumped_from(own: Around, other: Around, seen: Observation) -> Decimal | None:
    """The rate next to this one from which it is too far, or None: it is believed.

    It is measured by what was said before it and, where it comes late, by what was said
    after it. On each side it is believed, too, where it goes on from what the same
    source says: two that disagree would hold each other's rates for ever.
    """
    said, most = _measures([one for one in (*own, *other) if one], seen)
    own, other = _only(said, own), _only(said, other)
    for mine, theirs, elsewhere in (
        (own.before, other.before, own.after),
        (own.after, other.after, own.before),
    ):
        side = [one for one in (mine, theirs) if one]
        measures = [one for one in (mine or elsewhere, theirs) if one]
        if side and all(is_jump(seen.per_usd, one.per_usd, most) for one in measures):
            return min(side, key=lambda one: abs(one.seen_at - seen.at)).per_usd
    return None


def _measures(said: list[Said], seen: Observation) -> tuple[list[Said], Decimal]:
    """What of it counts, and how many times as much is too far from it."""
    said = [one for one in said if not _fixed_between(seen, one.seen_at)]
    if near := [one for one in said if abs(one.seen_at - seen.at) <= FRESH]:
        return near, _Installed.most
    return said, max(_Installed.most, MOST_OF_OLD)


def _only(said: list[Said], some: Around) -> Around:
    before, after = (one if one in said else None for one in some)
    return Around(before, after)


def _fixed_between(seen: Observation, said_at: datetime) -> bool:
    """Whether a law fixed it between the two: what was said there is no measure."""
    fixed = fixed_rates().get(seen.code)
    first, last = sorted((seen.at.date(), said_at.date()))
    return fixed is not None and first < fixed.since <= last
