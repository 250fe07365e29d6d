"""Rates as tests say them: what a source saw of one US dollar."""

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import text

from fintrack.core.rate_runs import Observation, Source, runs_of
from fintrack.services.database import Database

_SOURCE = text(
    "INSERT INTO rate_source (name, bundled) VALUES (:name, '') ON CONFLICT DO NOTHING"
)
_RUN = text(
    "INSERT INTO rate_run "
    "(code, source, valid_from, last_seen_at, per_usd, multiplier) "
    "VALUES (:code, :source, :valid_from, :last_seen_at, :per_usd, :multiplier)"
)


async def observe(
    home: Database,
    code: str,
    rates: dict[date, str],
    source: Source = Source.EUROPE,
    hour: int = 15,
) -> None:
    """``source`` saw these rates, each at this hour (UTC) of its day."""
    seen = {
        datetime(*day.timetuple()[:3], hour, tzinfo=UTC): rate
        for day, rate in rates.items()
    }
    await observe_at(home, code, seen, source)


async def observe_at(
    home: Database,
    code: str,
    rates: dict[datetime, str],
    source: Source = Source.COIN_PAPRIKA,
) -> None:
    """``source`` saw these rates at these instants."""
    seen = [Observation(code, Decimal(rate), at) for at, rate in rates.items()]
    async with home.unit_of_work() as session:
        await session.execute(_SOURCE, {"name": source})
        for run in runs_of(seen):
            await session.execute(_RUN, {**run._asdict(), "source": source})
