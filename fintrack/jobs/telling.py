"""Writes what was turned away into the trail, in every process, as long as it runs."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fintrack.services.turned_away import TurnedAway, install

# So soon stands what is due in the trail, and so much is lost with a killed process.
SECONDS = 10
_log = logging.getLogger(__name__)


@asynccontextmanager
async def at_work(
    turned_away: TurnedAway, seconds: float = SECONDS
) -> AsyncIterator[None]:
    """Tells every few seconds what is due, and at the end what is left.

    Only meanwhile are refusals counted: before and after, each is told by itself.
    """
    telling = asyncio.create_task(_tell_on(turned_away, seconds), name="turned away")
    install(turned_away)
    try:
        yield
    finally:
        install(None)
        telling.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await telling
        await _tell(turned_away, at_the_end=True)


async def _tell_on(turned_away: TurnedAway, seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        await _tell(turned_away)


async def _tell(turned_away: TurnedAway, *, at_the_end: bool = False) -> None:
    try:
        await turned_away.tell(at_the_end=at_the_end)
    except Exception:  # noqa: BLE001 - counted on, and told with the next
        _log.exception("What was turned away could not be written into the trail.")
