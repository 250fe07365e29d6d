"""Filling a period: an admin asks a source for the past, a job brings it.

A fill goes on where it stopped, whoever was killed; asked for again, it costs nothing
but requests, as what is known is kept once.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import Role
from fintrack.core.errors import Conflict, InvalidInput, NotFound
from fintrack.core.period import Period
from fintrack.core.rate_faults import SourceFault
from fintrack.core.rate_runs import Source
from fintrack.services import database
from fintrack.services.commands import Work, command, question
from fintrack.services.jobs.calling import call_leader
from fintrack.services.rates import fetching
from fintrack.services.rates.feeds.client import RateClient, open_client
from fintrack.services.rates.keeping import Kept, keep_observations
from fintrack.services.rates.source_rows import lock_source

ADMINS = frozenset({Role.ADMIN})
FILL = "rates.fill"
MOST_DAYS = 366
FIRST_DAY = date(1999, 1, 1)
ONE_DAY = timedelta(days=1)
# Below the limit of a job: what is left goes on a minute later.
LONGEST_RUN = timedelta(minutes=5)
STOPPED = "stopped"

_FILLS = (
    "SELECT source, first_on, last_on, next_on, asked_at, error, finished_at, "
    "rates, held, empty_days FROM rate_fill"
)
_OPEN = text(f"{_FILLS} WHERE finished_at IS NULL ORDER BY asked_at")
_LIST = text(f"{_FILLS} ORDER BY source")
_IS_OPEN = text(
    "SELECT 1 FROM rate_fill WHERE source = :source AND finished_at IS NULL"
)
# The same days again go on where they ended.
_FORGET = text(
    "DELETE FROM rate_fill WHERE source = :source "
    "AND NOT (error <> '' AND (first_on, last_on) = (:first, :last))"
)
_ASK = text(
    "INSERT INTO rate_fill "
    "(source, first_on, last_on, next_on, asked_at, asked_by, error) "
    "VALUES (:source, :first, :last, :first, :now, :person_id, '') "
    "ON CONFLICT (source) DO UPDATE SET asked_at = excluded.asked_at, "
    "asked_by = excluded.asked_by, error = '', finished_at = NULL"
)
_MOVE = text(
    "UPDATE rate_fill SET next_on = :next, rates = rates + :rates, "
    "held = held + :held, empty_days = empty_days + :empty_days, "
    "finished_at = CASE WHEN :next > last_on THEN CAST(:now AS timestamptz) END "
    "WHERE source = :source AND next_on = :known AND finished_at IS NULL RETURNING 1"
)
_END = text(
    "UPDATE rate_fill SET error = :error, finished_at = :now "
    "WHERE source = :source AND finished_at IS NULL RETURNING 1"
)


@dataclass(frozen=True, slots=True)
class FillView:
    """A fill of the days from ``first_on`` to ``last_on``; ``next_on`` comes next.

    It is over when ``finished_at`` is there; ``error`` says why before its last day:
    a fault as ``SourceFault.kept`` writes it, or ``stopped``. It brought ``rates``,
    those that were known included; ``held`` of them wait for a decision, and of
    ``empty_days`` the source has none.
    """

    source: Source
    first_on: date
    last_on: date
    next_on: date
    asked_at: datetime
    error: str
    finished_at: datetime | None
    rates: int
    held: int
    empty_days: int

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last_on - self.first_on).days + 1

    @property
    def done(self) -> int:
        """How many of them were asked for."""
        return (self.next_on - self.first_on).days


@question("rates.fills", roles=ADMINS)
async def list_fills(work: Work) -> list[FillView]:
    """The last fill of each source that has had one."""
    return [_view(row) for row in await work.session.execute(_LIST)]


@command("rates.fill", roles=ADMINS, final="what was read of the past stays known")
async def ask_fill(work: Work, source: Source, first: date, last: date) -> None:
    """Has a job ask a source for the days from ``first`` to ``last``.

    Where the source now says something else of an instant than it did, that is held
    for ``rates.accept_jump``; so is what was refused before.

    Raises:
        InvalidInput: the source has no past, or the days are none that one can fill.
        Conflict: another period of this source is being filled.
    """
    feed = fetching.find_feed(source)
    if not feed.history_days:
        raise InvalidInput("This source tells nothing of the past.", field="source")
    _check_days(first, last, work.now.date())
    await lock_source(work.session, source)
    if await work.session.scalar(_IS_OPEN, {"source": source}):
        raise Conflict("A period of this source is being filled already.")
    values = {"source": source, "first": first, "last": last, "now": work.now}
    await work.session.execute(_FORGET, values)
    await work.session.execute(_ASK, {**values, "person_id": work.person_id})
    await call_leader(work.session, FILL)


@command("rates.stop_fill", roles=ADMINS, final="what was read of the past stays known")
async def stop_fill(work: Work, source: Source) -> None:
    """Ends a fill where it is; what it brought stays.

    Raises:
        NotFound: no period of this source is being filled.
    """
    values = {"source": source, "error": STOPPED, "now": work.now}
    if not await work.session.scalar(_END, values):
        raise NotFound


async def fill_rates() -> int:
    """Goes on with the fills that are open; how many days were asked for."""
    home = database.current()
    until = home.clock() + LONGEST_RUN
    async with home.reading() as session:
        fills = [_view(row) for row in await session.execute(_OPEN)]
    fetched = {feed.source for feed in fetching.current().feeds}
    days = 0
    async with open_client(fetching.current().patience) as client:
        for fill in fills:
            if fill.source in fetched:
                days += await _fill(client, fill, until)
    return days


async def _fill(client: RateClient, fill: FillView, until: datetime) -> int:
    """The days that were asked for, until it is over, stopped or late."""
    home, feed = database.current(), fetching.find_feed(fill.source)
    here, goes_on = fill.next_on, True
    while goes_on and here <= fill.last_on and home.clock() < until:
        end = min(here + feed.history_days * ONE_DAY, fill.last_on + ONE_DAY)
        try:
            found = await fetching.read_past(client, feed, Period(here, end))
        except SourceFault as fault:
            await _end(fill.source, fault.kept)
            break
        async with home.unit_of_work() as session:
            kept = await keep_observations(
                session, fill.source, found.observations, asked_again=True
            )
            goes_on = await _move(session, fill.source, Period(here, end), kept)
        fetching.tell_refused(fill.source, kept)
        here = end
    return (here - fill.next_on).days


async def _move(
    session: AsyncSession, source: Source, asked: Period, kept: Kept
) -> bool:
    """Whether the fill is still there, and nobody else has moved it on."""
    told = sum(asked.start <= day < asked.end for day in kept.days)
    values = {
        "source": source,
        "known": asked.start,
        "next": asked.end,
        "now": database.current().clock(),
        "rates": kept.of_rates,
        "held": kept.held,
        "empty_days": (asked.end - asked.start).days - told,
    }
    return bool(await session.scalar(_MOVE, values))


async def _end(source: Source, error: str) -> None:
    home = database.current()
    async with home.unit_of_work() as session:
        values = {"source": source, "error": error, "now": home.clock()}
        await session.execute(_END, values)


def _check_days(first: date, last: date, today: date) -> None:
    if first < FIRST_DAY:
        raise InvalidInput(
            "No rates are known before {day}.", field="first", day=FIRST_DAY
        )
    if last < first:
        raise InvalidInput("The last day comes before the first.", field="last")
    if last > today:
        raise InvalidInput("There are no rates of a day to come.", field="last")
    if (last - first).days >= MOST_DAYS:
        raise InvalidInput(
            "At most {most} days can be filled at once.", field="last", most=MOST_DAYS
        )


def _view(row: Row[Any]) -> FillView:
    found = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public way to a row's names
    return FillView(**{**found, "source": Source(row.source)})
