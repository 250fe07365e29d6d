"""Confirms one preview in a process of its own, which a test then kills."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from fintrack.core.actor import Actor, LedgerRole, Role
from fintrack.services import blobs, database
from fintrack.services.commands import perform
from fintrack.services.imports.confirming import confirm_import


async def main(url: str, folder: str, person: str, ledger: str, preview: str) -> None:
    """Says that it is ready, then imports."""
    now = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
    database.install(database.connect(url, url, lambda: now))
    blobs.install(blobs.FolderBlobStore(Path(folder), bytes(range(32))))
    actor = Actor(int(person), Role.USER, int(ledger), LedgerRole.OWNER)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await perform(actor, confirm_import, int(preview))


asyncio.run(main(*sys.argv[1:]))
