"""Pictures are drawn one after another, whatever becomes of each."""

import asyncio

import pytest

from fintrack.services.drawing import draw


async def test_two_are_never_drawn_at_once() -> None:
    running, most = 0, 0

    def count(value: int) -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        running -= 1
        return value

    assert await asyncio.gather(*(draw(count, n) for n in range(9))) == list(range(9))
    assert most == 1


async def test_failure_gives_the_turn_away() -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            await draw(divmod, 1, 0)
    assert await draw(divmod, 7, 2) == (3, 1)
