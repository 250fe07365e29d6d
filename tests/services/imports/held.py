"""Reading processes that are all at work, and who waits for one meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from fintrack.services.imports import readers
from fintrack.services.imports.readers import MOST, Readers
from tests.services.imports import jobs


@asynccontextmanager
async def all_at_work() -> AsyncIterator[None]:
    """Gives every process a job that ends with the block."""
    over, begun = asyncio.Event(), asyncio.Barrier(MOST + 1)

    async def answer(number: int) -> int:
        if not number:
            await begun.wait()
        await over.wait()
        return number

    run = readers.current().run
    works = [asyncio.create_task(run(jobs.echo, answer=answer)) for _ in range(MOST)]
    await begun.wait()
    try:
        yield
    finally:
        over.set()
        await asyncio.gather(*works)


def all_wait(monkeypatch: pytest.MonkeyPatch, count: int) -> asyncio.Event:
    """Is set once so many have asked for their turn."""
    there, lines = asyncio.Event(), list[Hashable]()
    turn = Readers.turn

    def asked(self: Readers, line: Hashable) -> AbstractAsyncContextManager[None]:
        lines.append(line)
        if len(lines) == count:
            there.set()
        return turn(self, line)

    monkeypatch.setattr(Readers, "turn", asked)
    return there
