"""Exchanges that die by ``kill -9``, at each point and anywhere, ``KILLS`` times."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.services.key_exchange.household import Household, check_all
from tests.services.key_exchange.killed import POINTS

ROOT = Path(__file__).parents[3]
KILLED = "tests.services.key_exchange.killed"
KILLS = os.environ.get("KILLS", "10")


async def run_and_kill(house: Household, point: str) -> int:
    async with house.home.log.connect():
        pass
    await house.home.dispose()
    urls = [
        engine.url.render_as_string(hide_password=False)
        for engine in (house.home.main, house.home.log)
    ]
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", KILLED, *urls, str(house.folder), point), cwd=ROOT
    )
    return await program.wait()


@pytest.mark.parametrize("point", POINTS)
async def test_killed_exchange_is_ended_by_the_next_run(
    house: Household, point: str
) -> None:
    before = house.key
    assert await run_and_kill(house, point) == -signal.SIGKILL
    assert house.key == before
    await house.change()
    assert house.key != before
    await check_all(house)
    assert sorted(p.name for p in (house.folder / "blobs").iterdir()) == sorted(
        house.files
    )


async def test_exchanges_killed_anywhere_lose_nothing(house: Household) -> None:
    assert await run_and_kill(house, KILLS) == 0
    await house.change()
    await check_all(house)
