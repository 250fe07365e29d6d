"""Pictures are drawn one after another, whatever becomes of each."""

import asyncio
import os
import threading
import time
from functools import partial

import psutil
import pytest

from fintrack.core.attachment import KINDS, small_copy
from fintrack.core.errors import Busy, InvalidInput
from fintrack.core.picture import BROKEN
from fintrack.services import drawing
from fintrack.services.drawing import TOO_SLOW, draw
from tests.core.test_picture import photograph, picture

JPEG = KINDS[0]


async def process() -> int:
    """The id of the drawing process: it leads a session of its own."""
    return await draw(os.getsid, lambda: 0)


async def test_two_are_never_drawn_at_once() -> None:
    running, most = 0, 0

    def count() -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        running -= 1
        return 0

    found = await asyncio.gather(*(draw(os.getsid, count) for _ in range(9)))
    assert (len(set(found)), most) == (1, 1)
    assert os.getpid() not in found


async def test_failure_gives_the_turn_away() -> None:
    for _ in range(2):
        with pytest.raises(RuntimeError, match="ZeroDivisionError"):
            await draw(divmod, lambda: 1, 0)
    assert await draw(divmod, lambda: 7, 2) == (3, 1)


async def test_picture_is_drawn_or_refused_in_its_own_words() -> None:
    assert (await draw(small_copy, partial(picture, "JPEG"), JPEG))[:4] == b"RIFF"
    with pytest.raises(InvalidInput) as refused:
        await draw(small_copy, lambda: photograph()[:900], JPEG)
    assert refused.value.problems[0].message == BROKEN


async def test_picture_that_takes_hours_is_ended_and_the_next_is_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pid = await process()
    monkeypatch.setattr(drawing, "SECONDS", 1)
    with pytest.raises(InvalidInput) as refused:
        await draw(time.sleep, lambda: 600)
    assert refused.value.problems[0].message == TOO_SLOW
    assert refused.value.problems[0].field == "file"
    assert not psutil.pid_exists(pid)
    monkeypatch.undo()
    assert await draw(divmod, lambda: 7, 2) == (3, 1)


async def test_who_waits_too_long_is_told_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, ended = threading.Event(), threading.Event()

    def hold() -> int:
        begun.set()
        ended.wait()
        return 7

    first = asyncio.create_task(draw(divmod, hold, 2))
    await asyncio.to_thread(begun.wait)
    monkeypatch.setattr(drawing, "WAIT_SECONDS", 0)
    with pytest.raises(Busy, match="Nothing was changed"):
        await draw(divmod, lambda: 9, 2)
    monkeypatch.undo()
    third = asyncio.create_task(draw(divmod, lambda: 9, 2))
    ended.set()
    assert (await first, await third) == ((3, 1), (4, 1))


async def test_who_goes_away_gives_the_turn_away() -> None:
    begun = threading.Event()

    def begin() -> int:
        begun.set()
        return 600

    work = asyncio.create_task(draw(time.sleep, begin))
    await asyncio.to_thread(begun.wait)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert await draw(divmod, lambda: 7, 2) == (3, 1)


async def test_closed_drawing_leaves_no_process() -> None:
    pid = await process()
    await drawing.close()
    assert not psutil.pid_exists(pid)
