"""A job is done in another process; however that ends, the next job is done too."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import psutil
import pytest

from fintrack.core.errors import InvalidInput, Unavailable
from fintrack.services.imports import readers as module
from fintrack.services.imports.readers import MOST, Readers
from tests.services.imports import jobs


@pytest.fixture
async def readers() -> AsyncIterator[Readers]:
    """Readers of their own."""
    made = Readers()
    yield made
    await made.close()


async def test_questions_are_answered_in_their_order(readers: Readers) -> None:
    async def twice(number: int) -> int:
        return 2 * number

    assert await readers.run(jobs.echo, answer=twice) == [0, 2, 4]


async def test_parts_are_taken_in_their_order(readers: Readers) -> None:
    taken: list[int] = []

    async def take(part: bytes) -> None:
        taken.append(len(part))

    assert await readers.run(jobs.parts, take=take) == "told"
    assert taken == [1, 1, 3_000_000]


async def test_refusal_arrives_with_its_field_and_values(readers: Readers) -> None:
    with pytest.raises(InvalidInput, match="Row 1 of 2") as caught:
        await readers.run(jobs.refuse)
    assert caught.value.problems[0].field == "file"


async def test_defect_surfaces_with_its_place(readers: Readers) -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        await readers.run(jobs.fail)


async def test_print_does_not_talk_into_the_messages(readers: Readers) -> None:
    assert await readers.run(jobs.chat) == "said"


async def test_killed_process_is_a_clear_error_and_the_next_job_is_done(
    readers: Readers,
) -> None:
    with pytest.raises(Unavailable, match="has ended"):
        await readers.run(jobs.die)
    assert await readers.run(jobs.chat) == "said"


async def test_process_killed_while_it_waits_is_not_used(readers: Readers) -> None:
    first = psutil.Process(await readers.run(jobs.number))
    first.kill()
    await asyncio.to_thread(psutil.wait_procs, [first], timeout=5)
    while True:
        try:
            second = await readers.run(jobs.number)
        except Unavailable:
            continue
        break
    assert second != first.pid


async def test_process_is_used_again(readers: Readers) -> None:
    assert await readers.run(jobs.number) == await readers.run(jobs.number)


async def test_cancelled_job_ends_its_process(readers: Readers) -> None:
    pid: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def take(part: int) -> None:
        pid.set_result(part)

    work = asyncio.create_task(readers.run(jobs.sleep, take=take))
    assert psutil.pid_exists(await pid)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert not psutil.pid_exists(pid.result())


async def test_closed_readers_leave_no_process() -> None:
    readers = Readers()
    pid = await readers.run(jobs.number)
    await readers.close()
    assert not psutil.pid_exists(pid)


async def test_many_jobs_share_few_processes(readers: Readers) -> None:
    found = await asyncio.gather(*(readers.run(jobs.number) for _ in range(10)))
    assert len(set(found)) <= MOST


async def test_job_is_done_within_a_turn_though_no_process_is_free_beside(
    readers: Readers,
) -> None:
    async with AsyncExitStack() as turns:
        for number in range(MOST - 1):
            await turns.enter_async_context(readers.turn(number))
        async with readers.turn("me"):
            assert await readers.run(jobs.chat) == "said"
            assert await readers.run(jobs.chat) == "said"


async def test_in_one_line_they_come_one_after_another(readers: Readers) -> None:
    order: list[str] = []
    first, leave = asyncio.Event(), asyncio.Event()

    async def stand(line: str, name: str, until: asyncio.Event) -> None:
        async with readers.turn(line):
            order.append(name)
            first.set()
            await until.wait()
            order.append(f"{name} leaves")

    gone = asyncio.Event()
    gone.set()
    ada = asyncio.create_task(stand("ada", "ada", leave))
    await first.wait()
    again = [asyncio.create_task(stand("ada", f"ada {n}", gone)) for n in (2, 3)]
    # Somebody else does not stand behind them.
    await asyncio.create_task(stand("bob", "bob", gone))
    leave.set()
    await asyncio.gather(ada, *again)
    entered = [name for name in order if not name.endswith("leaves")]
    assert entered == ["ada", "bob", "ada 2", "ada 3"]
    assert order.index("ada leaves") < order.index("ada 2")
    assert order.index("ada 2 leaves") < order.index("ada 3")


async def test_who_waits_too_long_is_told_so(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with readers.turn("ada"):
        monkeypatch.setattr(module, "WAIT_SECONDS", 0)
        with pytest.raises(module.NoTurn, match="Many files"):
            async with readers.turn("ada"):
                pytest.fail("two of one line at once")
    async with readers.turn("ada"):
        assert await readers.run(jobs.chat) == "said"


async def test_answer_that_fails_ends_the_job(readers: Readers) -> None:
    async def refuse(_: int) -> int:
        raise InvalidInput

    with pytest.raises(InvalidInput):
        await readers.run(jobs.echo, answer=refuse)
    assert await readers.run(jobs.chat) == "said"
