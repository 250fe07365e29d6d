"""Of two who write rates of one source the second waits for the first."""

import asyncio

import pytest

from fintrack.core.rate_runs import Source
from fintrack.services.database import Database
from fintrack.services.rates.source_rows import lock_source


async def test_second_writer_waits_and_another_source_does_not(home: Database) -> None:
    async with home.unit_of_work() as first:
        assert await lock_source(first, Source.EUROPE) == ""
        async with home.unit_of_work() as other:
            await lock_source(other, Source.CURRENCY_API)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3), home.unit_of_work() as second:
                await lock_source(second, Source.EUROPE)
    async with home.unit_of_work() as second:
        await lock_source(second, Source.EUROPE)
