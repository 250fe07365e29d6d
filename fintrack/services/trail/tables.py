"""LogDB's tables: made, or brought to their newest form, before anything goes there.

The start does it; where LogDB was away then, or is another one since, the relay does.
"""

import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.services import migrations
from fintrack.services.database import Database

_IS_MADE = text("SELECT to_regclass('alembic_version') IS NOT NULL")
_REVISION = text("SELECT version_num FROM alembic_version")


async def ensure_tables(home: Database) -> None:
    """Migrates LogDB where it lacks a migration.

    Raises:
        DBAPIError: it is away.
        Unavailable: it went away meanwhile.
    """
    async with home.log_reading() as log:
        revision = await _revision(log)
    if migrations.is_behind(migrations.LOG, revision):
        url = home.log.url.render_as_string(hide_password=False)
        await asyncio.to_thread(migrations.migrate, migrations.LOG, url)


async def _revision(log: AsyncSession) -> str | None:
    if not await log.scalar(_IS_MADE):
        return None
    found: str | None = await log.scalar(_REVISION)
    return found
