"""One session leads; when it is gone, whatever the cause, another one can."""

import asyncio

import pytest
from sqlalchemy import text

from fintrack.core.errors import Unavailable
from fintrack.services.database import Database
from fintrack.services.jobs import leadership
from fintrack.services.jobs.calling import call_leader
from fintrack.services.jobs.leadership import LEADER_LOCK, open_seat

pytestmark = pytest.mark.usefixtures("home")

_END_LEADER = text(
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' "
    "AND objid = :lock AND database = "
    "(SELECT oid FROM pg_database WHERE datname = current_database())"
)


async def test_only_one_leads_and_the_next_when_it_leaves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(leadership, "BEAT_SECONDS", 0)
    async with open_seat() as second, asyncio.timeout(10):
        async with open_seat() as first:
            assert await first.take()
            assert not await second.take()
        while not await second.take():
            await second.wait()


async def test_call_is_heard_at_once(
    home: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leadership, "BEAT_SECONDS", 60)
    async with open_seat() as seat:
        assert await seat.take()
        hearing = asyncio.create_task(seat.wait())
        async with home.unit_of_work() as session:
            await call_leader(session, "test.hourly")
        assert await asyncio.wait_for(hearing, 10) == {"test.hourly"}


async def test_wait_ends_with_the_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leadership, "BEAT_SECONDS", 0)
    async with open_seat() as seat:
        assert await seat.take()
        assert await seat.wait() == frozenset()


async def test_leader_whose_session_ends_hears_of_it_at_once(
    home: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leadership, "BEAT_SECONDS", 60)
    async with asyncio.timeout(10):
        with pytest.raises(Unavailable):
            async with open_seat() as seat:
                assert await seat.take()
                async with home.unit_of_work() as session:
                    assert await session.scalar(_END_LEADER, {"lock": LEADER_LOCK})
                await seat.wait()
    async with open_seat() as seat:
        assert await seat.take()


async def test_leader_holds_no_transaction_open(home: Database) -> None:
    """It would keep VACUUM from its work for as long as the process lives."""
    async with open_seat() as seat:
        assert await seat.take()
        pid = await seat.connection.scalar(text("SELECT pg_backend_pid()"))
        async with home.reading() as session:
            state = await session.scalar(
                text("SELECT state FROM pg_stat_activity WHERE pid = :pid"),
                {"pid": pid},
            )
    assert state == "idle"
