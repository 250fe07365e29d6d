"""Reflex with one state and one number: the yardstick for pages and their events."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from websockets.asyncio.client import ClientConnection

from tests.site import Site, hydrate, join, send_event, started

CONFIG: Final = """
import reflex as rx

config = rx.Config(
    app_name="bare", telemetry_enabled=False, state_manager_mode="memory"
)
"""
APP: Final = """
import reflex as rx


class Count(rx.State):
    number: int = 0

    @rx.event
    def add(self):
        self.number += 1


app = rx.App()
app.add_page(lambda: rx.text(Count.number), route="/")
"""
ADD: Final = "reflex___state____state.bare___bare____count.add"


@asynccontextmanager
async def bare_site(folder: Path) -> AsyncIterator[Site]:
    """The smallest app that there is, made in an empty folder."""
    package = folder / "bare"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "bare.py").write_text(APP, encoding="utf-8")
    (folder / "rxconfig.py").write_text(CONFIG, encoding="utf-8")
    async with started("bare.bare:app", folder, "/ping", {}) as site:
        yield site


@asynccontextmanager
async def bare_events(folder: Path) -> AsyncIterator[Callable[[], Awaitable[object]]]:
    """Sends one event to the bare app, and waits for its answer."""
    async with bare_site(folder) as site, site.open(site.url) as tab:
        await join(tab)
        await hydrate(tab)
        yield lambda: add_one(tab)


async def add_one(tab: ClientConnection) -> None:
    """The one event that the bare app knows."""
    await send_event(tab, ADD, answer="number")
