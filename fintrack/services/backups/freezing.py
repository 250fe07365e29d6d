"""Both databases at one instant of the trail, while everybody goes on working.

Neither order of two dumps would do. LogDB after MainDB holds rows of changes that the
MainDB of the backup does not have: its next changes get the same numbers, and the relay
refuses the chain. LogDB before MainDB lacks rows that MainDB has marked as shipped: the
end of the chain is cut off. So the relay is held for the moment in which both snapshots
are taken, and the dumps then read these, in whatever order and however long.

A relay that was killed before may have appended what MainDB takes for unshipped. Those
changes are committed, so both snapshots have them, and the relay of the restored
databases only marks them, as it would here: each row stands in the chain exactly once.
A head that is signed at that moment is in LogDB's snapshot or not; either is a chain.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.services.database import Database
from fintrack.services.trail.heads import SignedHead, find_newest
from fintrack.services.trail.shipping import RELAY_LOCK

# A relay that ships a large import ends it first.
PATIENCE_SECONDS = 600

_HOLD = text("SELECT pg_advisory_xact_lock(:lock)")
_EXPORT = text("SELECT pg_export_snapshot()")
_REVISION = text("SELECT version_num FROM alembic_version")
_MAJOR = text("SELECT current_setting('server_version_num')::int / 10000")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An exported snapshot; ``major`` is the version of its server."""

    name: str
    revision: str
    major: int


@dataclass(frozen=True, slots=True)
class Frozen:
    """A snapshot of each database, and the newest signed head that LogDB's has."""

    main: Snapshot
    log: Snapshot
    head: SignedHead | None


@asynccontextmanager
async def frozen(home: Database) -> AsyncIterator[Frozen]:
    """Both databases as of one instant, as long as the block lasts.

    Raises:
        DBAPIError: one of them is away.
    """
    async with AsyncExitStack() as stack:
        async with home.unit_of_work() as turn:
            await turn.execute(_HOLD, {"lock": RELAY_LOCK})
            main = await stack.enter_async_context(home.reading(PATIENCE_SECONDS))
            log = await stack.enter_async_context(home.log_reading())
            # The first answer takes the snapshot, so both come before the turn ends.
            found = await _export(main), await _export(log)
        yield Frozen(*found, await find_newest(log))


async def _export(session: AsyncSession) -> Snapshot:
    name = str(await session.scalar(_EXPORT))
    revision = str(await session.scalar(_REVISION))
    return Snapshot(name, revision, int(await session.scalar(_MAJOR) or 0))
