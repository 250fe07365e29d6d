"""Draws pictures small, in a thread and one at a time.

Each one takes up to 200 MB for a moment.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_turn = asyncio.Semaphore(1)


async def draw(do: Callable[[*Ts], T], *arguments: *Ts) -> T:
    """What ``do`` gives, when it is its turn."""
    async with _turn:
        return await asyncio.to_thread(do, *arguments)
