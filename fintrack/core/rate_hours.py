"""Rates at instants: what was last said by then, and how often a source speaks."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from fintrack.core.rate_runs import Run, Source

HOUR = timedelta(hours=1)
# Who speaks that often has more to tell of a day than one rate.
OFTEN = timedelta(hours=12)

Runs = Mapping[Source, Sequence[Run]]
"""The runs of one currency, those of each source by their time."""


class Said(NamedTuple):
    """What was in force at an instant, and when it was last observed by then."""

    run: Run
    source: Source
    seen_at: datetime


def last_said(runs: Runs, at: datetime) -> Said | None:
    """Of several sources the one that spoke last, or is believed of the same instant.

    None where nobody had spoken.
    """
    best: Said | None = None
    for source in Source:
        begun = [run for run in runs.get(source, ()) if run.valid_from <= at]
        if not begun:
            continue
        said = Said(begun[-1], source, last_observed(begun[-1], at))
        if best is None or said.seen_at > best.seen_at:
            best = said
    return best


def last_observed(run: Run, at: datetime) -> datetime:
    """The last observation of a run by an instant; it must have begun."""
    if at >= run.last_seen_at:
        return run.last_seen_at
    return run.valid_from + (at - run.valid_from) // run.step * run.step


def speaks_often(runs: Runs, since: datetime) -> bool:
    """Whether a source has said two rates within half a day, the later one since."""
    return any(
        gap <= OFTEN for of_source in runs.values() for gap in _gaps(of_source, since)
    )


def hours_until(
    now: datetime, length: timedelta
) -> Iterator[tuple[datetime, datetime]]:
    """Begin and end of each hour (UTC) of a time; that of ``now`` is the last.

    What is of a full hour is of the one that ends then. As many as ``length`` has:
    hours that only touch its begin are left out.
    """
    last = (now - timedelta.resolution).replace(minute=0, second=0, microsecond=0)
    for n in range(length // HOUR - 1, -1, -1):
        start = last - n * HOUR
        yield start, min(start + HOUR, now)


def _gaps(runs: Sequence[Run], since: datetime) -> Iterator[timedelta]:
    for run in runs:
        if run.multiplier > 1 and run.last_seen_at >= since:
            yield run.step
    for before, after in pairwise(runs):
        if after.valid_from >= since:
            yield after.valid_from - before.last_seen_at
