"""The rates that come with the program: it works without network or key."""

import asyncio
import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core import currency
from fintrack.core.rate_checks import check_observations
from fintrack.core.rate_runs import Observation, Run, Source, runs_of
from fintrack.services import bulk, database
from fintrack.services.rates.feeds.central_bank import read_table
from fintrack.services.rates.feeds.currency_api import read_snapshot
from fintrack.services.rates.source_rows import lock_source

DATA = Path(currency.__file__).with_name("data") / "rates"
HISTORY, SNAPSHOT = DATA / "ecb.zip", DATA / "snapshot.json"
PART_ROWS = 20_000

_HAS_RUNS = text("SELECT EXISTS (SELECT FROM rate_run WHERE source = :name)")
# What was published since then is asked for day by day.
_MARK = text(
    "UPDATE rate_source SET bundled = :bundled, complete_on = CASE bundled "
    "WHEN '' THEN CAST(:last AS date) ELSE complete_on END WHERE name = :name"
)
_STAGE = text("CREATE TEMPORARY TABLE rate_stage (LIKE rate_run) ON COMMIT DROP")
_COPY = (
    "COPY {table} (code, source, valid_from, last_seen_at, per_usd, multiplier) "
    "FROM STDIN"
)
# What was fetched since an older program was installed stays, and its days with it.
_TAKE = text(
    "INSERT INTO rate_run SELECT s.* FROM rate_stage s WHERE NOT EXISTS ("
    "SELECT FROM rate_run r WHERE (r.code, r.source) = (s.code, s.source) "
    "AND r.valid_from <= s.last_seen_at AND r.last_seen_at >= s.valid_from)"
)


async def load_bundled() -> int:
    """Loads what this program brought and its database does not have; how many runs.

    Each source is whole or not at all, and loaded again only when its data is another.
    """
    return await _load(Source.EUROPE, HISTORY, read_table) + await _load(
        Source.CURRENCY_API, SNAPSHOT, read_snapshot
    )


async def _load(
    source: Source, path: Path, read: Callable[[bytes], Iterable[Observation]]
) -> int:
    data = await asyncio.to_thread(path.read_bytes)
    digest = hashlib.sha256(data).hexdigest()
    home = database.current()
    async with home.unit_of_work() as session:
        if await lock_source(session, source) == digest:
            return 0
        # Seconds of pure Python, beside which the event loop goes on.
        runs = await asyncio.to_thread(_read_runs, read, data, home.clock())
        has_runs = await session.scalar(_HAS_RUNS, {"name": source})
        await (_add_runs if has_runs else _copy_runs)(session, source, runs)
        last = max((run.last_seen_at.date() for run in runs), default=None)
        values = {"name": source, "bundled": digest, "last": last}
        await session.execute(_MARK, values)
    return len(runs)


def _read_runs(
    read: Callable[[bytes], Iterable[Observation]], data: bytes, now: datetime
) -> list[Run]:
    codes = {one.code for one in currency.all_currencies()}
    return runs_of(check_observations(read(data), codes, now).good)


async def _add_runs(session: AsyncSession, source: Source, runs: list[Run]) -> None:
    """Those that tell of a time of which nothing is known."""
    await session.execute(_STAGE)
    await _copy_runs(session, source, runs, table="rate_stage")
    await session.execute(_TAKE)


async def _copy_runs(
    session: AsyncSession, source: Source, runs: list[Run], table: str = "rate_run"
) -> None:
    for start in range(0, len(runs), PART_ROWS):
        part = runs[start : start + PART_ROWS]
        lines = await asyncio.to_thread(_lines, source, part)
        await bulk.copy_in(session, _COPY.format(table=table), lines)


def _lines(source: Source, runs: Iterable[Run]) -> bytes:
    return "".join(
        f"{run.code}\t{source}\t{run.valid_from.isoformat()}"
        f"\t{run.last_seen_at.isoformat()}\t{run.per_usd}\t{run.multiplier}\n"
        for run in runs
    ).encode()
