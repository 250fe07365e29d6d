"""Jobs for tests."""

from fintrack.core.jobs import Job, daily, every


async def nothing() -> None:
    """A job that is never run here."""


HOURLY = Job("test.hourly", every(hours=1), nothing)
DAILY = Job("test.daily", daily("03:10"), nothing, catch_up=False)
JOBS = (HOURLY, DAILY)
