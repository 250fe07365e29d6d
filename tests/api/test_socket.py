"""The real server on a real port: who may open the socket, and what a tab may do."""

from collections.abc import AsyncIterator

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.api.test_signing_in import ADA, SESSION
from tests.conftest import TestServer
from tests.site import Site, hydrate, join, running


@pytest.fixture(scope="module")
async def site(
    server: TestServer, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Site]:
    main, log = server.clone("template_main"), server.clone("template_log")
    data_dir = tmp_path_factory.mktemp("data")
    async with running(server.url(main), server.url(log), data_dir) as site:
        yield site
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
            await join(tab)
            assert "ada@example.org" in await hydrate(tab)
            await browser.delete(SESSION)
            shown = await hydrate(tab)
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
