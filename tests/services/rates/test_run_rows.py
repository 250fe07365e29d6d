"""Rows of runs: read with their neighbour, written in few statements."""

from datetime import timedelta
from decimal import Decimal

from fintrack.core.rate_merge import merge
from fintrack.core.rate_runs import Observation, Run, Source
from fintrack.services.database import Database
from fintrack.services.rates.run_rows import (
    Around,
    Said,
    read_others,
    read_runs,
    write_runs,
)
from fintrack.services.rates.source_rows import lock_source
from tests.conftest import Clock

HOUR = timedelta(hours=1)


async def test_runs_come_with_the_one_in_force_before(
    home: Database, clock: Clock
) -> None:
    """Of six hours two are asked for: those next to them come along."""
    said = [Observation("EUR", Decimal(1 + n), clock() + n * HOUR) for n in range(6)]
    runs: list[Run] = []
    for seen in said:
        merge(runs, seen)
    async with home.unit_of_work() as session:
        await lock_source(session, Source.EUROPE)
        await write_runs(session, Source.EUROPE, {}, {"EUR": runs})
        asked = Observation("EUR", Decimal(1), said[3].at - HOUR / 2)
        read = await read_runs(session, Source.EUROPE, [asked, said[3]])
        assert read == {"EUR": runs[2:5]}
        early = Observation("EUR", Decimal(1), said[0].at - HOUR)
        assert await read_runs(session, Source.EUROPE, [early]) == {"EUR": runs[:1]}
        late = Observation("EUR", Decimal(1), said[5].at + HOUR)
        assert await read_runs(session, Source.EUROPE, [late]) == {"EUR": runs[5:]}
        assert await read_runs(session, Source.CURRENCY_API, [asked]) == {}


async def test_others_say_what_was_seen_last_and_what_next(
    home: Database, clock: Clock
) -> None:
    run = Run("EUR", Decimal(2), clock() - 5 * HOUR, clock() - 3 * HOUR, 3)
    async with home.unit_of_work() as session:
        await lock_source(session, Source.EUROPE)
        await write_runs(session, Source.EUROPE, {}, {"EUR": [run]})
        asked = [
            Observation("EUR", Decimal(1), clock() - hours * HOUR)
            for hours in (6, 4, 0)
        ]
        found = await read_others(session, Source.CURRENCY_API, asked)
        within = Said(Decimal(2), asked[1].at)
        assert found == {
            ("EUR", asked[0].at): Around(after=Said(Decimal(2), run.valid_from)),
            ("EUR", asked[1].at): Around(within, within),
            ("EUR", asked[2].at): Around(before=Said(Decimal(2), run.last_seen_at)),
        }
        own = await read_others(session, Source.EUROPE, asked)
        assert {*own.values()} == {Around()}
