"""MainDB's own mark of how far the chain reaches."""

import pytest

from fintrack.core.audit_chain import Tip
from fintrack.core.errors import Conflict
from fintrack.services.database import Database
from fintrack.services.trail import relay
from fintrack.services.trail.shipping import ship_trail
from tests.books import Books
from tests.conftest import Clock


async def test_nothing_is_known_before_the_first_shipping(home: Database) -> None:
    async with home.reading() as main:
        assert await relay.known_tip(main) == Tip()


async def test_failure_is_told_in_one_short_line(home: Database, clock: Clock) -> None:
    async with home.unit_of_work() as main:
        error = RuntimeError("away\n" + "x" * 1000)
        await relay.note_failure(main, error, clock())
    async with home.reading() as main:
        connection = await main.connection()
        found = await connection.exec_driver_sql("SELECT error FROM trail_relay")
        assert found.scalar() == "RuntimeError: away"
        assert await relay.known_tip(main) == Tip()


async def test_tip_must_hold_the_row_that_is_known(books: Books) -> None:
    await ship_trail()
    async with books.home.log_reading() as log:
        assert (await relay.find_tip(log, Tip())).position == 1
        for known in (Tip(2, bytes(32)), Tip(1, bytes(32))):
            with pytest.raises(Conflict):
                await relay.find_tip(log, known)
