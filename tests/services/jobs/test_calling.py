"""A call is heard when its cause is kept, and never when it is not."""

import pytest

from fintrack.services.database import Database
from fintrack.services.jobs import leadership
from fintrack.services.jobs.calling import call_leader
from fintrack.services.jobs.leadership import open_seat


async def test_call_of_a_commit_is_heard_and_that_of_a_failure_is_not(
    home: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leadership, "BEAT_SECONDS", 1)
    async with open_seat() as seat:
        assert await seat.take()
        with pytest.raises(RuntimeError):
            async with home.unit_of_work() as session:
                await call_leader(session, "test.lost")
                raise RuntimeError
        async with home.unit_of_work() as session:
            await call_leader(session, "test.kept")
        assert await seat.wait() == {"test.kept"}
