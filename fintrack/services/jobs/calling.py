"""Calls the leader, wherever it runs; PostgreSQL carries the call when one commits."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

CHANNEL = "fintrack_jobs"

_CALL = text("SELECT pg_notify(:channel, :job)")


async def call_leader(session: AsyncSession, job: str = "") -> None:
    """Lets ``job`` run as soon as ``session`` commits, or what waits when it is empty.

    Nobody may be listening just then, so what is called for must not depend on it: it
    is done at the next slot all the same.
    """
    await session.execute(_CALL, {"channel": CHANNEL, "job": job})
