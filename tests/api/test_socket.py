"""The real server on a real port: who may open the socket, and what a tab may do."""

import asyncio
import json
import os
import secrets
import socket
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from fintrack.services.master_key import KEY_BYTES, MasterKey
from tests.api.test_signing_in import ADA, SESSION
from tests.conftest import TestServer

ROOT = Path(__file__).parents[2]
SECONDS = 40


@dataclass(frozen=True)
class Site:
    """Where the program answers."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open(self, origin: str | None, cookie: str = "") -> connect:
        return connect(
            f"ws://127.0.0.1:{self.port}/_event/?EIO=4&transport=websocket&token=tab",
            origin=origin,  # type: ignore[arg-type]  # websockets' NewType of str
            additional_headers={"Cookie": cookie} if cookie else {},
        )


@pytest.fixture(scope="module")
async def site(
    server: TestServer, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Site]:
    main, log = server.clone("template_main"), server.clone("template_log")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "FINTRACK_DATABASE_URL": server.url(main),
        "FINTRACK_MASTER_KEY": MasterKey(secrets.token_bytes(KEY_BYTES)).recovery_text,
        "FINTRACK_LOG_DATABASE_URL": server.url(log),
        "FINTRACK_DATA_DIR": str(tmp_path_factory.mktemp("data")),
        "REFLEX_ENV_MODE": "prod",
        "__REFLEX_SKIP_COMPILE": "true",
    }
    start = ["-m", "granian", "--interface", "asgi", "--factory", "--port", str(port)]
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, *start, "fintrack.fintrack:app"), cwd=ROOT, env=environment
    )
    try:
        await _wait_for(f"http://127.0.0.1:{port}/api/health")
        yield Site(port)
    finally:
        program.terminate()
        await program.wait()
        server.drop(main)
        server.drop(log)


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "http://sibling.127.0.0.1:8000",
        "http://127.0.0.1:1",
        "http://localhost:8000",
    ],
)
async def test_foreign_page_opens_no_socket(site: Site, origin: str) -> None:
    with pytest.raises(InvalidStatus):
        await _hello(site, origin)


async def test_own_page_opens_a_socket(site: Site) -> None:
    assert (await _hello(site, site.url)).startswith("0{")


async def test_live_socket_is_refused_within_seconds_of_the_sign_out(
    site: Site,
) -> None:
    async with httpx.AsyncClient(base_url=site.url) as browser:
        browser.headers["Origin"] = site.url
        answer = await browser.post("/api/v1/setup", json=ADA)
        assert answer.status_code == 201
        cookie = f"fintrack={browser.cookies['fintrack']}"
        async with site.open(site.url, cookie) as tab:
            await _join(tab)
            assert "ada@example.org" in await _hydrate(tab)
            await browser.delete(SESSION)
            shown = await _hydrate(tab)
    assert "ada@example.org" not in shown
    assert "_person_id" not in shown


async def test_every_answer_carries_the_security_headers(site: Site) -> None:
    async with httpx.AsyncClient(base_url=site.url) as browser:
        for path in ("/api/health", "/ping", "/api/nothing"):
            headers = (await browser.get(path)).headers
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"


async def _hello(site: Site, origin: str) -> str:
    async with site.open(origin) as opened:
        return str(await opened.recv())


async def _join(tab: ClientConnection) -> None:
    """Engine.io's opening, then socket.io's connect to Reflex's namespace."""
    assert str(await tab.recv()).startswith("0{")
    await tab.send("40/_event,{}")
    assert str(await asyncio.wait_for(tab.recv(), SECONDS)).startswith("40/_event")


async def _hydrate(tab: ClientConnection) -> str:
    event = {"name": "reflex___state____state.hydrate", "payload": {}}
    data = {**event, "router_data": {"pathname": "/", "query": {}, "asPath": "/"}}
    await tab.send(f"42/_event,{json.dumps(['event', data])}")
    while True:
        message = str(await asyncio.wait_for(tab.recv(), SECONDS))
        if "is_hydrated" in message:
            return message
        if message == "2":
            await tab.send("3")


async def _wait_for(url: str) -> None:
    async with httpx.AsyncClient() as client, asyncio.timeout(SECONDS):
        while True:
            try:
                if (await client.get(url)).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.1)
