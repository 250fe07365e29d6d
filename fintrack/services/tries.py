"""Counts tries before they are judged, and makes the next one wait longer.

A try is counted first and taken back when it was right: a thousand tries at once are a
thousand, however long their judging takes. A try during a wait is refused by reading
alone, so that a flood of them leaves nothing in the database. A delay never exceeds a
quarter of an hour and a browser in which the person signed in before has a counter of
its own, so a stranger can slow an account down and not lock its owner out.

An address may be a household or an office, so it has more free tries than an account,
and a right try takes back what its account failed there: somebody else's typos make
nobody wait (``docs/adr/0026``).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from sqlalchemy import Result, text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.errors import TooManyTries
from fintrack.services import database

FREE_TRIES = 5
FREE_TRIES_OF_A_PLACE = 20
PLACE = "place "
# Refusals are counted in the same table; ``security_events`` tells how many there were.
REFUSED = "refused "
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)

# Both lock in the order of the subjects, or two tries that share them could wait for
# each other.
_LOCK = text(
    "INSERT INTO try_counter (subject, failures, last_failed_at) "
    "SELECT subject, 0, :at FROM unnest(cast(:subjects AS text[])) AS subject "
    "ORDER BY subject ON CONFLICT (subject) DO UPDATE "
    "SET failures = CASE WHEN try_counter.last_failed_at < :forgotten THEN 0 "
    "ELSE try_counter.failures END RETURNING subject, failures, last_failed_at"
)
_SETTLE = text(
    "WITH held AS (SELECT subject, failures FROM try_counter "
    "WHERE subject IN (:account, :place) ORDER BY subject FOR UPDATE), "
    "cleared AS (DELETE FROM try_counter t USING held "
    "WHERE t.subject = held.subject AND t.subject = :account), "
    "own AS (SELECT coalesce(max(failures), 0) AS failures FROM held "
    "WHERE subject = :account) UPDATE try_counter t "
    "SET failures = greatest(held.failures - own.failures, 0), "
    "last_failed_at = coalesce(t.failed_before, t.last_failed_at), "
    "failed_before = NULL "
    "FROM held, own WHERE t.subject = held.subject AND t.subject = :place"
)
_COUNT = text(
    "UPDATE try_counter SET failures = failures + 1, last_failed_at = :at, "
    "failed_before = last_failed_at WHERE subject = ANY(:subjects)"
)
_WAITING = text(
    "SELECT subject, failures, last_failed_at FROM try_counter "
    "WHERE subject = ANY(:subjects) AND last_failed_at >= :forgotten"
)
# Refusals that no row has told yet stay until the next one comes: a person has one of
# these counters for each ledger and each command.
_SWEEP = text(
    "DELETE FROM try_counter WHERE last_failed_at < :forgotten "
    "AND NOT (failures > 0 AND starts_with(subject, :refused))"
)
_FAILURES = text("SELECT failures FROM try_counter WHERE subject = :subject")


async def waiting(
    session: AsyncSession,
    subjects: Sequence[str],
    now: datetime,
    *,
    longest: timedelta = LONGEST_DELAY,
) -> timedelta:
    """How long a try for these subjects has to wait now; counts nothing."""
    found = await session.execute(
        _WAITING, {"subjects": list(subjects), "forgotten": now - FORGOTTEN_AFTER}
    )
    return _longest_wait(found, now, longest)


async def count_try(
    session: AsyncSession,
    subjects: Sequence[str],
    now: datetime,
    *,
    longest: timedelta = LONGEST_DELAY,
) -> timedelta:
    """Counts a try for each subject; or counts nothing and says how long to wait."""
    locked = await session.execute(
        _LOCK,
        {"subjects": list(subjects), "at": now, "forgotten": now - FORGOTTEN_AFTER},
    )
    wait = _longest_wait(locked, now, longest)
    if wait <= timedelta(0):
        await session.execute(_COUNT, {"subjects": list(subjects), "at": now})
    return wait


async def forgive(session: AsyncSession, account: str, place: str) -> None:
    """After a right try: the account starts anew, the place loses what it failed.

    A place is not cleared, or somebody could guess at others' accounts between two
    sign-ins to their own. When it last failed stays true as well: right tries of many
    must not keep the failures of one alive.
    """
    await session.execute(_SETTLE, {"account": account, "place": place})


async def failures_of(session: AsyncSession, subject: str) -> int:
    """How many tries in a row were wrong."""
    return int(await session.scalar(_FAILURES, {"subject": subject}) or 0)


async def sweep_counters() -> int:
    """Removes counters whose failures are forgotten or told; how many there were."""
    forgotten = database.current().clock() - FORGOTTEN_AFTER
    return await database.sweep(_SWEEP, forgotten=forgotten, refused=REFUSED)


def delay_after(
    failures: int, longest: timedelta = LONGEST_DELAY, *, free: int = FREE_TRIES
) -> timedelta:
    """How long to wait after so many failures in a row."""
    if failures < free:
        return timedelta(0)
    doublings = min(failures - free, 10)
    delay: timedelta = FIRST_DELAY * (1 << doublings)
    return min(delay, longest)


def refuse_early(wait: timedelta) -> None:
    """Passes a try that need not wait.

    Raises:
        TooManyTries: it must.
    """
    if wait > timedelta(0):
        raise TooManyTries(ceil(wait.total_seconds()))


def _longest_wait(
    counters: Result[Any], now: datetime, longest: timedelta
) -> timedelta:
    waits = (
        row.last_failed_at
        + delay_after(row.failures, longest, free=_free_tries(row.subject))
        - now
        for row in counters
    )
    return max(waits, default=timedelta(0))


def _free_tries(subject: str) -> int:
    return FREE_TRIES_OF_A_PLACE if subject.startswith(PLACE) else FREE_TRIES
