"""Jobs that do what a test tells them."""

import asyncio
from dataclasses import dataclass, field

from fintrack.core.jobs import Job, every


@dataclass
class Work:
    """Counts its runs; ``goes_on`` holds them up, ``error`` ends them."""

    has_begun: asyncio.Event = field(default_factory=asyncio.Event)
    goes_on: asyncio.Event = field(default_factory=asyncio.Event)
    error: Exception | None = None
    begun: int = 0
    ended: int = 0

    async def __call__(self) -> int:
        self.begun += 1
        self.has_begun.set()
        await self.goes_on.wait()
        if self.error:
            raise self.error
        self.ended += 1
        return self.ended

    @classmethod
    def quick(cls) -> "Work":
        work = cls()
        work.goes_on.set()
        return work


def hourly(work: Work, name: str = "test.hourly") -> Job:
    return Job(name, every(hours=1), work)
