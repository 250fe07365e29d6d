"""Memory of the server for each connected page, and what is left when all have gone.

Reflex keeps what a tab shows for a while after it has gone, so that it finds it again
when it comes back; here that while is ``KEPT_SECONDS``, in which all must be connected.
The heap that the first visitors needed stays with the process and serves those who
follow: what is left is counted from then on. ``CLIENTS`` and ``CYCLES`` make the visits
fewer.
"""

import asyncio
import os
import secrets
from contextlib import AsyncExitStack
from datetime import date
from pathlib import Path

import psutil
import pytest
from reflex.utils.format import format_event_handler
from websockets.asyncio.client import ClientConnection

from bench.bare import add_one, bare_site
from bench.table import print_table
from bench.test_page_events import _sign_in
from fintrack.state.dashboard import DashboardState
from fintrack.state.transactions import TransactionsState
from tests.books import Books
from tests.site import Site, hydrate, join, running, send_event, urls

CLIENTS = int(os.environ.get("CLIENTS", "200"))
CYCLES = int(os.environ.get("CYCLES", "20"))
KEPT_SECONDS = 15
WARM = 5
SPENT = 60
MAX_KB = 300
# A heap breathes; a page that stayed in each round would leave twenty times its size.
MAX_LEFT_KB = 15
KB = 1024


async def test_pages_are_small_and_leave_nothing_behind(
    books: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFLEX_REDIS_TOKEN_EXPIRATION", str(KEPT_SECONDS))
    await _spend(books)
    cookie = f"fintrack={await _sign_in(books)}"
    async with running(*await urls(books.home), tmp_path) as site:
        await _visit(site, cookie, WARM)
        before = await _settled(site)
        connected = await _visit(site, cookie, CLIENTS)
        once = after = await _settled(site)
        for _ in range(CYCLES - 1):
            await _visit(site, cookie, CLIENTS)
            after = await _settled(site)
    bare = await _bare(tmp_path)
    page, left = (connected - before) / CLIENTS, (after - once) / CLIENTS
    print_table(
        f"Memory of the server (PSS), {CYCLES} times {CLIENTS} pages",
        [
            ("before", f"{before / KB:.1f} MB"),
            ("with all pages connected", f"{connected / KB:.1f} MB"),
            ("for each page (at most 300 KB)", f"{page:.0f} KB"),
            ("for each page of bare Reflex", f"{bare:.0f} KB"),
            ("when they have gone", f"{once / KB:.1f} MB"),
            ("when all have gone", f"{after / KB:.1f} MB"),
            (
                "more for each page than after one round (at most 15 KB)",
                f"{left:.1f} KB",
            ),
        ],
    )
    assert page <= MAX_KB
    assert left <= MAX_LEFT_KB


async def _spend(books: Books) -> None:
    """A page full of rows."""
    food = await books.category("Food")
    for name in ("Everyday", "Savings", "Purse", "Card"):
        account = await books.open(name, "1000 EUR")
        for number in range(SPENT // 4):
            day = date(2026, 11, 1 + number)
            await books.spend(account.id, food, "4.20 EUR", day, f"Shop {number}")


async def _visit(site: Site, cookie: str, clients: int) -> int:
    """KB while the pages of all clients are open: half a dashboard, half a list."""
    async with AsyncExitStack() as tabs:
        for number in range(clients):
            opened = site.open(site.url, cookie, secrets.token_hex(16))
            tab = await tabs.enter_async_context(opened)
            await join(tab)
            await hydrate(tab)
            await (_show_list if number % 2 else _show_board)(tab)
        return _memory(site)


async def _bare(folder: Path) -> float:
    """KB for each page that shows a number and nothing else."""
    async with bare_site(folder / "bare") as site, AsyncExitStack() as tabs:

        async def visit(clients: int) -> None:
            for _ in range(clients):
                opened = site.open(site.url, tab=secrets.token_hex(16))
                tab = await tabs.enter_async_context(opened)
                await join(tab)
                await hydrate(tab)
                await add_one(tab)

        await visit(WARM)
        before = _memory(site)
        await visit(CLIENTS)
        return (_memory(site) - before) / CLIENTS


async def _show_board(tab: ClientConnection) -> None:
    name = format_event_handler(DashboardState.load)  # type: ignore[arg-type]  # Reflex puts a handler in the method's place
    await send_event(tab, name, path="/?period=2026-11", answer="board")


async def _show_list(tab: ClientConnection) -> None:
    name = format_event_handler(TransactionsState.load)  # type: ignore[arg-type]  # as above
    await send_event(tab, name, path="/transactions?period=2026-11", answer="days")


async def _settled(site: Site) -> int:
    """KB after what was kept for the tabs has gone."""
    await asyncio.sleep(KEPT_SECONDS + WARM)
    return _memory(site)


def _memory(site: Site) -> int:
    """KB of the program; pages that processes share count once."""
    program = psutil.Process(site.pid)
    family = [program, *program.children(recursive=True)]
    return sum(process.memory_full_info().pss for process in family) // KB
