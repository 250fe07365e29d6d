"""The more wrong tries, the longer the wait, and never for good."""

import asyncio
from datetime import timedelta

from sqlalchemy import text

from fintrack.services.database import Database
from fintrack.services.tries import (
    LONGEST_DELAY,
    PLACE,
    count_try,
    delay_after,
    failures_of,
    forgive,
    sweep_counters,
    waiting,
)
from tests.conftest import Clock
from tests.services.test_at_once import until_somebody_waits

HERE = f"{PLACE}here"
LOCK = text("SELECT FROM try_counter WHERE subject = :subject FOR UPDATE")


def test_delay_grows_after_five_failures_up_to_a_quarter_of_an_hour() -> None:
    delays = [delay_after(n) for n in range(200)]
    assert delays[:5] == [timedelta(0)] * 5
    assert delays[5] == timedelta(seconds=30)
    assert delays == sorted(delays)
    assert delays[-1] == LONGEST_DELAY


async def test_delayed_try_is_not_counted(home: Database, clock: Clock) -> None:
    async with home.unit_of_work() as session:
        for _ in range(5):
            assert await count_try(session, ["a"], clock()) <= timedelta(0)
        for _ in range(3):
            assert await count_try(session, ["a"], clock()) == timedelta(seconds=30)
        assert await count_try(session, ["b"], clock()) <= timedelta(0)
        later = clock() + timedelta(seconds=30)
        assert await count_try(session, ["a"], later) <= timedelta(0)
        assert await count_try(session, ["a"], later) == timedelta(seconds=60)


async def test_failures_are_forgotten_after_a_day(home: Database, clock: Clock) -> None:
    async with home.unit_of_work() as session:
        for _ in range(5):
            await count_try(session, ["a"], clock())
        tomorrow = clock() + timedelta(days=1, seconds=1)
        for _ in range(5):
            assert await count_try(session, ["a"], tomorrow) <= timedelta(0)


async def test_right_tries_do_not_keep_the_failures_of_a_place_alive(
    home: Database, clock: Clock
) -> None:
    """One house, many people: typos now and then, and each day somebody gets in."""
    async with home.unit_of_work() as session:
        for _ in range(5):
            await count_try(session, ["typist", "place"], clock())
        for _ in range(3):
            clock.advance(hours=10)
            assert await count_try(session, ["ada", "place"], clock()) <= timedelta(0)
            await forgive(session, "ada", "place")
            assert await waiting(session, ["bea", "place"], clock()) <= timedelta(0)
        for _ in range(5):
            assert await count_try(session, ["x", "place"], clock()) <= timedelta(0)


async def test_wait_is_read_without_counting(home: Database, clock: Clock) -> None:
    async with home.unit_of_work() as session:
        assert await waiting(session, ["a", "b"], clock()) == timedelta(0)
        for _ in range(5):
            await count_try(session, ["a"], clock())
        for _ in range(3):
            assert await waiting(session, ["a", "b"], clock()) == timedelta(seconds=30)
        assert await waiting(session, ["b"], clock()) == timedelta(0)
        tomorrow = clock() + timedelta(days=1, seconds=1)
        assert await waiting(session, ["a"], tomorrow) <= timedelta(0)


async def test_forgotten_counters_are_swept(home: Database, clock: Clock) -> None:
    async with home.unit_of_work() as session:
        await count_try(session, ["old"], clock())
    clock.advance(hours=23)
    async with home.unit_of_work() as session:
        await count_try(session, ["young"], clock())
    assert await sweep_counters() == 0
    clock.advance(hours=2)
    assert await sweep_counters() == 1
    async with home.reading() as session:
        left = await session.scalars(text("SELECT subject FROM try_counter"))
        assert list(left) == ["young"]


async def test_own_sign_in_does_not_clear_the_place(
    home: Database, clock: Clock
) -> None:
    async with home.unit_of_work() as session:
        for n in range(20):
            await count_try(session, [f"victim {n}", HERE], clock())
        await forgive(session, "own", HERE)
        assert await count_try(session, ["other", HERE], clock()) > timedelta(0)


async def test_right_try_takes_back_what_its_account_failed_at_the_place(
    home: Database, clock: Clock
) -> None:
    async with home.unit_of_work() as session:
        await count_try(session, ["victim", HERE], clock())
        for _ in range(4):
            await count_try(session, ["own", HERE], clock())
        await forgive(session, "own", HERE)
        assert await failures_of(session, "own") == 0
        assert await failures_of(session, HERE) == 1


async def test_place_has_more_free_tries_than_an_account(
    home: Database, clock: Clock
) -> None:
    async with home.unit_of_work() as session:
        for n in range(20):
            assert await count_try(session, [f"{n}", HERE], clock()) <= timedelta(0)
        assert await waiting(session, [HERE], clock()) == timedelta(seconds=30)


async def test_right_try_does_not_cross_one_that_is_being_counted(
    home: Database, clock: Clock
) -> None:
    """Both lock the counters in one order, or they would wait for each other."""
    async with home.unit_of_work() as session:
        await count_try(session, ["account", "a place"], clock())
    async with home.unit_of_work() as session:
        await session.execute(LOCK, {"subject": "a place"})
        forgiving = asyncio.create_task(_forgive(home))
        await until_somebody_waits(home)
        await session.execute(LOCK, {"subject": "account"})
    await forgiving
    async with home.reading() as session:
        left = await session.execute(text("SELECT subject, failures FROM try_counter"))
        assert [tuple(row) for row in left] == [("a place", 0)]


async def _forgive(home: Database) -> None:
    async with home.unit_of_work() as session:
        await forgive(session, "account", "a place")
