"""What was turned away is written while the process runs, and when it ends."""

import asyncio
from dataclasses import dataclass, field

import pytest

from fintrack.core.actor import NOWHERE
from fintrack.core.errors import Unavailable
from fintrack.jobs import telling
from fintrack.services.turned_away import Turned, TurnedAway, current
from tests.books import Books


@dataclass
class Told(TurnedAway):
    """Keeps how it was called, and fails at first."""

    calls: list[bool] = field(default_factory=list)
    called: asyncio.Event = field(default_factory=asyncio.Event)

    async def tell(self, *, at_the_end: bool = False) -> None:
        self.calls.append(at_the_end)
        if len(self.calls) == 1:
            raise Unavailable
        self.called.set()


async def test_fault_is_logged_and_the_next_time_tells(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told = Told()
    async with telling.at_work(told, seconds=0):
        await asyncio.wait_for(told.called.wait(), 5)
    assert told.calls[-1] is True
    assert "could not be written into the trail" in caplog.text


@pytest.mark.database
async def test_what_is_left_at_the_end_is_in_the_trail(books: Books) -> None:
    away = TurnedAway()
    async with telling.at_work(away):
        assert current() is away
        away.note(Turned.FLOOD, NOWHERE, "GET /")
    assert current() is None
    rows = "SELECT FROM security_event WHERE kind = 'refused-flood'"
    assert len(await books.rows(rows)) == 1
