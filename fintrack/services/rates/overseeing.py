"""What admins see of the sources of rates, and a request to ask one at once."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fintrack.core.actor import Role
from fintrack.core.rate_runs import Source
from fintrack.services.commands import Work, command, question
from fintrack.services.jobs import timetable
from fintrack.services.jobs.calling import call_leader
from fintrack.services.rates import fetching, source_rows
from fintrack.services.rates.fetching import FETCH, FETCH_WANTED
from fintrack.services.rates.source_rows import SourceRow

ADMINS = frozenset({Role.ADMIN})


class SourceStanding(StrEnum):
    """How a source does."""

    WELL = "well"
    FAILING = "failing"  # it did not answer the last time
    RESTING = "resting"  # it is left alone for a while
    NEVER = "never"  # nobody has asked it yet


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source with how it does, and when it is asked next; None where never."""

    row: SourceRow
    standing: SourceStanding
    rests_until: datetime | None
    next_at: datetime | None
    has_history: bool


@question("rates.sources", roles=ADMINS)
async def list_sources(work: Work) -> list[SourceView]:
    """The sources that are fetched here, in the order in which they are asked."""
    return await read_source_views(work)


async def read_source_views(work: Work) -> list[SourceView]:
    """The same for verbs."""
    feeds = fetching.current().feeds
    rows = await source_rows.read_sources(work.session, [one.source for one in feeds])
    return [
        SourceView(
            row=row,
            standing=_standing(row, work.now),
            rests_until=row.rests_until(work.now),
            next_at=_next_at(row, work.now),
            has_history=bool(feed.history_days),
        )
        for feed, row in zip(feeds, rows, strict=True)
    ]


@command(
    "rates.fetch_now", roles=ADMINS, final="a source that was asked cannot be unasked"
)
async def fetch_now(work: Work, source: Source) -> None:
    """Has one source asked as soon as the leader hears of it, though it rests.

    Raises:
        InvalidInput: it is not fetched here.
    """
    fetching.find_feed(source)
    await source_rows.want(work.session, source)
    await call_leader(work.session, FETCH_WANTED)


def _standing(row: SourceRow, now: datetime) -> SourceStanding:
    if row.rests_until(now):
        standing = SourceStanding.RESTING
    elif row.failures:
        standing = SourceStanding.FAILING
    elif row.checked_at is None:
        standing = SourceStanding.NEVER
    else:
        standing = SourceStanding.WELL
    return standing


def _next_at(row: SourceRow, now: datetime) -> datetime | None:
    """The first slot at which it does not rest."""
    job = next((job for job in timetable.current() if job.name == FETCH), None)
    return job.rhythm.next_after(row.rests_until(now) or now) if job else None
