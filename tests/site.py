"""The real server on a real port over databases of the test server."""

import asyncio
import json
import os
import secrets
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO

import httpx
from websockets.asyncio.client import ClientConnection, connect

from fintrack.cli.serve import GRANIAN_MEMORY
from fintrack.services.database import Database
from fintrack.services.master_key import KEY_BYTES, MasterKey

ROOT = Path(__file__).parents[1]
SECONDS = 40


@dataclass(frozen=True)
class Site:
    """Where the program answers, and its process."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open(
        self,
        origin: str | None,
        cookie: str = "",
        tab: str = "tab",
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> connect:
        place = f"ws://127.0.0.1:{self.port}/_event/"
        return connect(
            f"{place}?EIO=4&transport=websocket&token={tab}",
            origin=origin,  # type: ignore[arg-type]  # websockets' NewType of str
            additional_headers={**({"Cookie": cookie} if cookie else {}), **headers},
            max_size=None,
        )


async def urls(home: Database) -> tuple[str, str]:
    """Both databases; the first connection makes LogDB."""
    async with home.log.connect():
        return (
            home.main.url.render_as_string(hide_password=False),
            home.log.url.render_as_string(hide_password=False),
        )


@asynccontextmanager
async def running(
    main_url: str,
    log_url: str,
    data_dir: Path,
    *,
    backups: bool = False,
    output: IO[bytes] | None = None,
    more: Mapping[str, str] = MappingProxyType({}),
) -> AsyncIterator[Site]:
    """The program over two migrated databases, until the block ends.

    ``output`` is a file for what it writes, ``more`` are settings of the environment.
    """
    settings = {
        "FINTRACK_DATABASE_URL": main_url,
        "FINTRACK_MASTER_KEY": MasterKey(secrets.token_bytes(KEY_BYTES)).recovery_text,
        "FINTRACK_LOG_DATABASE_URL": log_url,
        "FINTRACK_DATA_DIR": str(data_dir),
        # Everything comes from one address, and benches come as fast as they can.
        "FINTRACK_RATE_LIMITS": "false",
        # No test reaches out, and few want what comes with the program.
        "FINTRACK_RATES": "off",
        # One is made at the first start, because last night's is missing.
        "FINTRACK_BACKUPS": str(backups),
        **more,
    }
    app = "fintrack.fintrack:app"
    async with started(app, ROOT, "/api/health", settings, output) as site:
        yield site


@asynccontextmanager
async def started(
    app: str,
    folder: Path,
    health: str,
    settings: Mapping[str, str],
    output: IO[bytes] | None = None,
) -> AsyncIterator[Site]:
    """A Reflex app of a folder, once it answers at ``health``, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    of_reflex = {"REFLEX_ENV_MODE": "prod", "__REFLEX_SKIP_COMPILE": "true"}
    start = ["-m", "granian", "--interface", "asgi", "--factory", "--port", str(port)]
    # Granian's own command loses a signal that comes while a worker starts.
    start += ["--workers-kill-timeout", str(SECONDS)]
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, *start, app),
        cwd=folder,
        env={**os.environ, **of_reflex, **GRANIAN_MEMORY, **settings},
        stdout=output,
        stderr=output,
    )
    try:
        await _wait_for(f"http://127.0.0.1:{port}{health}")
        yield Site(port, program.pid)
    finally:
        program.terminate()
        await program.wait()


async def join(tab: ClientConnection) -> None:
    """Engine.io's opening, then socket.io's connect to Reflex's namespace."""
    assert str(await tab.recv()).startswith("0{")
    await tab.send("40/_event,{}")
    assert str(await asyncio.wait_for(tab.recv(), SECONDS)).startswith("40/_event")


async def send_event(
    tab: ClientConnection,
    name: str,
    *,
    answer: str,
    path: str = "/",
    payload: Mapping[str, object] = MappingProxyType({}),
) -> str:
    """Sends an event; the first message that holds ``answer``."""
    place = {"pathname": path.partition("?")[0], "query": {}, "asPath": path}
    data = {"name": name, "payload": dict(payload), "router_data": place}
    await tab.send(f"42/_event,{json.dumps(['event', data])}")
    async with asyncio.timeout(SECONDS):
        while answer not in (message := str(await tab.recv())):
            if message == "2":
                await tab.send("3")
    return message


async def hydrate(tab: ClientConnection) -> str:
    """The whole state, as a page asks for it when it opens."""
    return await send_event(
        tab, "reflex___state____state.hydrate", answer="is_hydrated"
    )


async def _wait_for(url: str) -> None:
    async with httpx.AsyncClient() as client, asyncio.timeout(SECONDS):
        while True:
            try:
                if (await client.get(url)).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.1)
