"""Relays that die by ``kill -9`` in the middle of a write mix, ``KILLS`` times."""

import asyncio
import os
import sys
from datetime import date
from pathlib import Path

from fintrack.core.actor import SYSTEM
from fintrack.core.errors import NotAllowed
from fintrack.services import security_events
from fintrack.services.commands import ask
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.trail.verifying import verify_trail
from tests.books import Books
from tests.services.trail.log_rows import Log

ROOT = Path(__file__).parents[3]
KILLED = "tests.services.trail.killed"
KILLS = os.environ.get("KILLS", "20")
DAY = date(2026, 3, 5)
LEFT = (
    "SELECT FROM change_set WHERE shipped_at IS NULL UNION ALL "
    "SELECT FROM security_event WHERE shipped_at IS NULL"
)


async def test_killed_relays_ship_each_thing_once(books: Books, log: Log) -> None:
    """I21: what was acknowledged is in the chain, once, and the chain verifies."""
    account = await books.open("Cash", "100 EUR")
    food = await books.category("Food")
    urls = [
        engine.url.render_as_string(hide_password=False)
        for engine in (books.home.main, books.home.log)
    ]
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", KILLED, *urls, KILLS), cwd=ROOT
    )
    ended = asyncio.create_task(program.wait())
    written = 0
    while not ended.done():
        await books.spend(account.id, food, "0.01 EUR", DAY)
        await security_events.note_refusal(books.actor, f"x{written}", NotAllowed())
        written += 2
        await asyncio.sleep(0.01)
    assert await ended == 0
    shipped_before = len(await log.rows())
    async with asyncio.timeout(60):
        # The session of the last one holds the lock until its server notices.
        while await books.rows(LEFT):
            await ship_trail()

    sources = await log.sources()
    acknowledged = await books.rows(
        "SELECT 'change_set' AS source, id FROM change_set UNION ALL "
        "SELECT 'security_event', id FROM security_event"
    )
    assert len(sources) == len(set(sources))
    assert set(sources) == {(row.source, row.id) for row in acknowledged}
    assert len(sources) == written + 3
    assert shipped_before > 0, "the killed relays shipped something"
    assert (await ask(SYSTEM, verify_trail)).breach is None
    assert len([one for one in await log.opened() if one.images]) == len(sources)
