"""The rows of sources: whose turn it is to write, and how each of them does."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.rate_faults import BadStatus, SourceFault
from fintrack.core.rate_runs import Source
from fintrack.services.rates.feeds.answers import NO_MARK, Mark, Quota
from fintrack.services.rates.feeds.feed import Fetched

# So often in a row a source may fail before it is left alone for a while.
MOST_FAILURES = 3
FIRST_REST, LONGEST_REST = timedelta(minutes=15), timedelta(hours=6)
# The last request is kept: who asks with none left may be shut out for longer.
LEAST_LEFT = 1
# How long a quota is taken to last that does not say when it begins anew.
QUOTA_REST = timedelta(days=1)

_ADD = text(
    "INSERT INTO rate_source (name, bundled) VALUES (:name, '') "
    "ON CONFLICT (name) DO NOTHING"
)
_LOCK = text("SELECT bundled FROM rate_source WHERE name = :name FOR UPDATE")
_READ = text(
    "SELECT wanted.name, s.checked_at, s.fetched_at, coalesce(s.failures, 0) "
    "AS failures, s.not_before, coalesce(s.error, '') AS error, "
    "coalesce(s.etag, '') AS etag, coalesce(s.last_modified, '') AS last_modified, "
    "s.quota_left, s.quota_resets_at, s.complete_on "
    "FROM unnest(CAST(:names AS text[])) WITH ORDINALITY wanted (name, place) "
    "LEFT JOIN rate_source s ON s.name = wanted.name ORDER BY wanted.place"
)
_SUCCESS = text(
    "UPDATE rate_source SET checked_at = :now, fetched_at = :now, failures = 0, "
    "error = '', not_before = NULL, etag = :etag, last_modified = :last_modified, "
    "quota_left = :left, quota_resets_at = :resets_at, "
    # What came with the program may have been loaded since the row was read.
    "complete_on = CASE WHEN complete_on IS NOT DISTINCT FROM CAST(:read_on AS date) "
    "THEN CAST(:known_on AS date) ELSE complete_on END WHERE name = :name"
)
_FAILURE = text(
    "UPDATE rate_source SET checked_at = :now, failures = failures + 1, "
    "error = :error WHERE name = :name RETURNING failures"
)
_REST = text("UPDATE rate_source SET not_before = :until WHERE name = :name")
_WAKE = text(
    "UPDATE rate_source SET not_before = NULL, quota_left = NULL, "
    "quota_resets_at = NULL, is_wanted = true WHERE name = :name"
)
_TAKE_WANTED = text(
    "UPDATE rate_source SET is_wanted = false WHERE is_wanted RETURNING name"
)
_COMPLETE = text(
    "UPDATE rate_source SET complete_on = greatest(complete_on, :on) WHERE name = :name"
)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """How a source does; ``error`` is a fault as ``SourceFault.kept`` writes it."""

    source: Source
    checked_at: datetime | None
    fetched_at: datetime | None
    failures: int
    not_before: datetime | None
    error: str
    mark: Mark
    quota: Quota | None
    complete_on: date | None

    def rests_until(self, now: datetime) -> datetime | None:
        """Until when it is left alone; None where it may be asked."""
        until = [self.not_before] if self.not_before else []
        if self.quota and self.quota.left <= LEAST_LEFT:
            checked = self.checked_at or now
            until.append(self.quota.resets_at or checked + QUOTA_REST)
        last = max(until, default=now)
        return last if last > now else None

    def known_until(self, today: date) -> date:
        """Up to which day nothing of it was missed, once it has answered today.

        Who asks on one day and on the next has the rates of both.
        """
        yesterday = today - timedelta(days=1)
        if self.complete_on is None or self.fetched_at is None:
            return self.complete_on or yesterday
        last = self.fetched_at.astimezone(UTC).date()
        is_whole = self.complete_on >= last - timedelta(days=1)
        return yesterday if last >= yesterday and is_whole else self.complete_on


async def lock_source(session: AsyncSession, source: Source) -> str:
    """Waits for the source until the unit of work ends; which data was bundled.

    Two processes that both take themselves for the leader would divide the same run.
    """
    await session.execute(_ADD, {"name": source})
    bundled: str = await session.scalar(_LOCK, {"name": source})
    return bundled


async def read_sources(
    session: AsyncSession, sources: Collection[Source]
) -> list[SourceRow]:
    """How each of the sources does, in their order; also one that was never asked."""
    found = await session.execute(_READ, {"names": list(sources)})
    return [
        SourceRow(
            source=Source(row.name),
            checked_at=row.checked_at,
            fetched_at=row.fetched_at,
            failures=row.failures,
            not_before=row.not_before,
            error=row.error,
            mark=Mark(row.etag, row.last_modified) if row.fetched_at else NO_MARK,
            quota=None
            if row.quota_left is None
            else Quota(row.quota_left, row.quota_resets_at),
            complete_on=row.complete_on,
        )
        for row in found
    ]


async def note_success(
    session: AsyncSession, row: SourceRow, fetched: Fetched, now: datetime
) -> None:
    """It answered: its failures are forgotten. ``row`` is how it stood before."""
    await session.execute(
        _SUCCESS,
        {
            "name": row.source,
            "now": now,
            "read_on": row.complete_on,
            "known_on": row.known_until(now.date()),
            "etag": fetched.mark.etag,
            "last_modified": fetched.mark.last_modified,
            "left": fetched.quota.left if fetched.quota else None,
            "resets_at": fetched.quota.resets_at if fetched.quota else None,
        },
    )


async def note_failure(
    session: AsyncSession, source: Source, fault: SourceFault, now: datetime
) -> None:
    """It failed; the third time in a row it is left alone, and longer each time.

    So it is at once where it says itself for how long.
    """
    await lock_source(session, source)
    values = {"name": source, "now": now, "error": fault.kept}
    failures = await session.scalar(_FAILURE, values) or 0
    rest = rest_after(failures)
    if isinstance(fault, BadStatus) and fault.retry_after:
        rest = max(rest, min(fault.retry_after, LONGEST_REST))
    until = now + rest if rest else None
    await session.execute(_REST, {"name": source, "until": until})


async def note_complete(session: AsyncSession, source: Source, on: date) -> None:
    """It was asked for all days up to this one."""
    await session.execute(_COMPLETE, {"name": source, "on": on})


async def want(session: AsyncSession, source: Source) -> None:
    """It is to be asked at once; what is left of a quota is learned from its answer."""
    await lock_source(session, source)
    await session.execute(_WAKE, {"name": source})


async def take_wanted(session: AsyncSession) -> set[Source]:
    """The sources that are wanted, which they are from then on no more."""
    found = await session.scalars(_TAKE_WANTED)
    return {Source(name) for name in found}


def rest_after(failures: int) -> timedelta:
    """How long a source is left alone: at least half of a time that doubles.

    The rest is drawn, so that many programs do not come back at once.
    """
    if failures < MOST_FAILURES:
        return timedelta(0)
    doublings = min(failures - MOST_FAILURES, 16)
    most: timedelta = min(FIRST_REST * (1 << doublings), LONGEST_REST)
    half = most // 2
    return half + timedelta(seconds=secrets.randbelow(half // timedelta(seconds=1) + 1))
