"""Observations join the runs of one source and currency, in any order of arrival.

The runs are a list by time. Whatever arrives when, the instants of the runs are those
of the observations: reading any instant gives what a list of all of them would, within
the threshold. Of two of the same instant the first counts, unless a person finds the
later one to be right.
"""

from bisect import bisect_right
from datetime import datetime, timedelta
from enum import Enum, auto

from fintrack.core.rate_runs import Observation, Run, new_run


class Placed(Enum):
    """What became of an observation."""

    ADDED = auto()  # a run of its own
    EXTENDED = auto()  # one more of the run before it
    KNOWN = auto()  # there was one of this instant, and the first counts


def in_force(runs: list[Run], at: datetime) -> Run | None:
    """The run whose value is read at an instant."""
    place = _place_of(runs, at)
    return runs[place - 1] if place else None


def next_to(runs: list[Run], at: datetime) -> Run | None:
    """The run of the first observation after an instant."""
    before = in_force(runs, at)
    if before and at < before.last_seen_at:
        return before
    place = _place_of(runs, at)
    return runs[place] if place < len(runs) else None


def has_seen(runs: list[Run], at: datetime) -> bool:
    """Whether there is an observation of just this instant."""
    run = in_force(runs, at)
    return run is not None and _is_instant_of(run, at)


def merge(runs: list[Run], seen: Observation) -> Placed:
    """Puts an observation into ``runs``.

    One that falls between two observations of a run divides it even where its value is
    the same: left out, it would be missing as soon as another one comes before it.
    """
    place = _place_of(runs, seen.at)
    before = runs[place - 1] if place else None
    if before is None:
        runs.insert(0, new_run(seen))
    elif _is_instant_of(before, seen.at):
        return Placed.KNOWN
    elif seen.at < before.last_seen_at:
        runs[place - 1 : place] = _divided(before, seen)
    elif before.is_continued_by(seen):
        runs[place - 1] = before.extended(seen.at)
        return Placed.EXTENDED
    else:
        runs.insert(place, new_run(seen))
    return Placed.ADDED


def correct(runs: list[Run], seen: Observation) -> None:
    """Puts an observation into ``runs``, in the place of one of the same instant."""
    place = _place_of(runs, seen.at)
    if has_seen(runs, seen.at):
        runs[place - 1 : place] = _divided(runs[place - 1], seen)
    else:
        merge(runs, seen)


def _place_of(runs: list[Run], at: datetime) -> int:
    return bisect_right(runs, at, key=lambda run: run.valid_from)


def _is_instant_of(run: Run, at: datetime) -> bool:
    if run.multiplier == 1 or at > run.last_seen_at:
        return at == run.last_seen_at
    return not (at - run.valid_from) % run.step


def _divided(run: Run, seen: Observation) -> list[Run]:
    """The run before the observation, that itself, and the run after it."""
    start, step = run.valid_from, run.step or timedelta.resolution
    earlier = -((start - seen.at) // step)
    later = run.multiplier - (seen.at - start) // step - 1
    end = start + (earlier - 1) * step
    head = run._replace(last_seen_at=end, multiplier=earlier)
    tail = run._replace(valid_from=run.last_seen_at - (later - 1) * step)
    tail = tail._replace(multiplier=later)
    return [part for part in (head, new_run(seen), tail) if part.multiplier > 0]
