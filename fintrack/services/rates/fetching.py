"""The job that asks the sources for rates, each by itself and beside the others.

Nothing is asked for inside a transaction: marks are read, then the source is asked,
then a unit of work keeps what it said. What is in force stays when all are away.
"""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fintrack.core.errors import InvalidInput
from fintrack.core.period import Period
from fintrack.core.rate_faults import (
    NOT_THERE,
    BadStatus,
    SourceFault,
    WrongShape,
)
from fintrack.core.rate_runs import Observation, Source
from fintrack.services import database
from fintrack.services.rates import source_rows
from fintrack.services.rates.feeds.client import (
    PATIENT,
    Patience,
    RateClient,
    open_client,
)
from fintrack.services.rates.feeds.feed import Fetched, RateFeed
from fintrack.services.rates.keeping import Kept, keep_observations
from fintrack.services.rates.source_rows import SourceRow

FETCH, FETCH_WANTED = "rates.fetch", "rates.fetch_wanted"
# What was missed for longer comes with the next runs.
MOST_MISSED = 30
ONE_DAY = timedelta(days=1)
MOST_TOLD = 5
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fetching:
    """The feeds of this process, and how long it waits for them."""

    feeds: tuple[RateFeed, ...] = ()
    patience: Patience = PATIENT


class _Installed:
    fetching = Fetching()


def install(fetching: Fetching) -> None:
    """Makes these the feeds of this process; none where nothing is fetched."""
    _Installed.fetching = fetching


def current() -> Fetching:
    """The installed feeds."""
    return _Installed.fetching


def find_feed(source: Source) -> RateFeed:
    """The feed of a source.

    Raises:
        InvalidInput: it is not fetched here (field ``source``).
    """
    for feed in current().feeds:
        if feed.source is source:
            return feed
    raise InvalidInput("This source is not fetched here.", field="source")


async def fetch_rates() -> int:
    """Asks each source that does not rest; how many observations are new."""
    return await _fetch_all(current().feeds)


async def fetch_wanted() -> int:
    """Asks the sources that admins want to be asked; how many observations are new."""
    async with database.current().unit_of_work() as session:
        wanted = await source_rows.take_wanted(session)
    return await _fetch_all([feed for feed in current().feeds if feed.source in wanted])


async def _fetch_all(feeds: Sequence[RateFeed]) -> int:
    home = database.current()
    async with home.reading() as session:
        rows = await source_rows.read_sources(session, [feed.source for feed in feeds])
    due = [
        (feed, row)
        for feed, row in zip(feeds, rows, strict=True)
        if row.rests_until(home.clock()) is None
    ]
    async with open_client(current().patience) as client:
        asked = (_fetch(client, feed, row) for feed, row in due)
        counts = await asyncio.gather(*asked, return_exceptions=True)
    # A fault of a source is kept with it; anything else is a defect of ours.
    for found in counts:
        if isinstance(found, BaseException):
            raise found
    return sum(count for count in counts if isinstance(count, int))


async def _fetch(client: RateClient, feed: RateFeed, row: SourceRow) -> int:
    home = database.current()
    try:
        fetched = await feed.latest(client, row.mark)
        new = await _keep_latest(row, fetched)
    except SourceFault as fault:
        _log.warning("%s: %s", feed.source, fault)
        async with home.unit_of_work() as session:
            await source_rows.note_failure(session, feed.source, fault, home.clock())
        return 0
    try:
        new += await _catch_up(client, feed, row)
    except SourceFault as fault:
        _log.warning("%s: missed days: %s", feed.source, fault)
    return new


async def _keep_latest(row: SourceRow, fetched: Fetched) -> int:
    home, source = database.current(), row.source
    async with home.unit_of_work() as session:
        kept = await keep_observations(session, source, fetched.observations)
        if not kept.of_rates and not fetched.is_unchanged:
            raise WrongShape
        await source_rows.note_success(session, row, fetched, home.clock())
    tell_refused(source, kept)
    return kept.added + kept.extended


async def _catch_up(client: RateClient, feed: RateFeed, row: SourceRow) -> int:
    """The days on which nobody asked, some at a time; how many observations are new."""
    home = database.current()
    today = home.clock().date()
    known = row.known_until(today)
    end = min(today, known + (MOST_MISSED + 1) * ONE_DAY)
    new = 0
    for period in _parts(known + ONE_DAY, end, feed.history_days):
        found = await _read_missed(client, feed, period)
        # Where the past is not for us, nobody asks for it again.
        whole = today - ONE_DAY if found is None else period.last_day
        async with home.unit_of_work() as session:
            if found is not None:
                kept = await keep_observations(session, feed.source, found)
                new += kept.added + kept.extended
            await source_rows.note_complete(session, feed.source, whole)
        if found is None:
            break
    return new


async def _read_missed(
    client: RateClient, feed: RateFeed, period: Period
) -> Sequence[Observation] | None:
    """What a source says of past days; None where it does not tell us of any."""
    try:
        return (await read_past(client, feed, period)).observations
    except BadStatus as fault:
        if fault.may_pass:
            raise
        _log.warning("%s: missed days: %s", feed.source, fault)
        return None


async def read_past(client: RateClient, feed: RateFeed, period: Period) -> Fetched:
    """What a source says of days that are over; nothing where it has none of them.

    Raises:
        SourceFault: it could not be read.
    """
    try:
        return await feed.history(client, period, database.current().clock())
    except BadStatus as fault:
        if fault.answered not in NOT_THERE:
            raise
        return Fetched()


def tell_refused(source: Source, kept: Kept) -> None:
    """Writes into the log what could not be kept."""
    if not kept.refused:
        return
    told = ", ".join(f"{one.code}: {one.text}" for one in kept.refused[:MOST_TOLD])
    _log.warning("%s: %s lines refused: %s", source, len(kept.refused), told)


def _parts(first: date, end: date, days: int) -> Iterator[Period]:
    while days and first < end:
        period = Period(first, min(first + days * ONE_DAY, end))
        yield period
        first = period.end
