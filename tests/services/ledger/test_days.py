"""The day it is where the books are kept."""

import pytest
from sqlalchemy import text

from fintrack.core.actor import SYSTEM
from fintrack.services import change_sets
from fintrack.services.commands import Work
from fintrack.services.ledger.days import ledger_today
from tests.books import Books
from tests.conftest import Clock


@pytest.mark.parametrize(
    ("zone", "day"), [("UTC", 18), ("Pacific/Kiritimati", 19), ("Etc/GMT+12", 17)]
)
async def test_day_is_that_of_the_owner(
    books: Books, clock: Clock, zone: str, day: int
) -> None:
    clock.advance(hours=-1)
    async with books.home.unit_of_work() as session:
        await change_sets.open_change_set(session, SYSTEM, "test", clock(), None, None)
        person = {"zone": zone, "id": books.actor.person_id}
        update = text("UPDATE person SET time_zone = :zone WHERE id = :id")
        await session.execute(update, person)
        work = Work(session, books.actor, clock())
        assert (await ledger_today(work)).day == day
