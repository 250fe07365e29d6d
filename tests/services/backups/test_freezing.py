"""Both snapshots are of one instant of the trail."""

import asyncio

from sqlalchemy import text

from fintrack.services.backups.freezing import frozen
from fintrack.services.trail.shipping import RELAY_LOCK, ship_trail
from tests.services.backups.house import House

WAITS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


async def test_snapshots_name_what_they_are_of(house: House) -> None:
    async with frozen(house.home) as at:
        assert at.main.name != at.log.name
        assert (at.main.revision > "0024", at.log.revision >= "0003") == (True, True)
        assert at.main.major == at.log.major >= 15
        assert at.head


async def test_relay_that_ships_is_waited_for(house: House) -> None:
    async def enter() -> None:
        async with frozen(house.home):
            pass

    async with house.home.unit_of_work() as relay:
        await relay.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": RELAY_LOCK})
        entering = asyncio.create_task(enter())
        while not (await house.books.rows(WAITS))[0].count:
            assert not entering.done()
    await entering


async def test_relay_goes_on_while_the_dumps_are_read(house: House) -> None:
    async with frozen(house.home):
        await house.spend()
        assert await ship_trail() == 1
