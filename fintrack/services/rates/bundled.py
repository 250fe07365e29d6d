"""The rates that come with the program: it works without network or key."""

import asyncio
import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core import currency
from fintrack.core.rate_runs import (
    HUB,
    Observation,
    Run,
    Source,
    cross,
    read_rate,
    runs_of,
)
from fintrack.services import bulk, database

DATA = Path(currency.__file__).with_name("data") / "rates"
HISTORY, SNAPSHOT = DATA / "ecb.zip", DATA / "snapshot.json"
# It is published about 16:00 in Frankfurt; the day in UTC is the same in any season.
PUBLISHED = time(15, tzinfo=UTC)
# The file has this where a currency had no rate on a day.
NO_RATE = ("", "N/A")
PART_ROWS = 20_000

_KNOWN = text("SELECT bundled FROM rate_source WHERE name = :name FOR UPDATE")
_ADD = text("INSERT INTO rate_source (name, bundled) VALUES (:name, '') "
            "ON CONFLICT (name) DO NOTHING")  # fmt: skip
_HAS_RUNS = text("SELECT EXISTS (SELECT FROM rate_run WHERE source = :name)")
_MARK = text("UPDATE rate_source SET bundled = :bundled WHERE name = :name")
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
    return await _load(Source.EUROPE, HISTORY, read_history) + await _load(
        Source.CURRENCY_API, SNAPSHOT, read_snapshot
    )


def read_history(data: bytes) -> Iterator[Observation]:
    """Daily rates of the European Central Bank since 1999, from euros to US dollars.

    The US dollar itself tells what a euro is worth.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        (name,) = packed.namelist()
        lines = io.StringIO(packed.read(name).decode("ascii"))
    for row in csv.DictReader(lines):
        at = datetime.combine(date.fromisoformat(row.pop("Date")), PUBLISHED)
        per_euro = {
            code: Decimal(value)
            for code, value in row.items()
            if code and value not in NO_RATE
        }
        dollars = per_euro.pop(HUB)
        yield Observation("EUR", cross(Decimal(1), dollars), at)
        for code, value in per_euro.items():
            yield Observation(code, cross(value, dollars), at)


def read_snapshot(data: bytes) -> Iterator[Observation]:
    """The rates of one day, as ``currency-api`` publishes them for the US dollar."""
    found: dict[str, Any] = json.loads(data, parse_float=Decimal, parse_int=Decimal)
    at = datetime.combine(date.fromisoformat(found["date"]), time(tzinfo=UTC))
    known = {one.code for one in currency.all_currencies()}
    for name, value in found[HUB.lower()].items():
        code = name.upper()
        if code in known and code != HUB and value:
            yield Observation(code, read_rate(value), at)


async def _load(
    source: Source, path: Path, read: Callable[[bytes], Iterable[Observation]]
) -> int:
    data = await asyncio.to_thread(path.read_bytes)
    digest = hashlib.sha256(data).hexdigest()
    async with database.current().unit_of_work() as session:
        await session.execute(_ADD, {"name": source})
        if await session.scalar(_KNOWN, {"name": source}) == digest:
            return 0
        # Seconds of pure Python, beside which the event loop goes on.
        runs = await asyncio.to_thread(lambda: runs_of(read(data)))
        has_runs = await session.scalar(_HAS_RUNS, {"name": source})
        await (_add_runs if has_runs else _copy_runs)(session, source, runs)
        await session.execute(_MARK, {"name": source, "bundled": digest})
    return len(runs)


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
