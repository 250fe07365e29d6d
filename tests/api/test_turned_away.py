"""Other sites and floods that are turned away leave their mark in the trail."""

from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp

from fintrack.api.parts import Parts
from tests.api.asking import refuses
from tests.api.conftest import make_browser
from tests.api.test_pace import few
from tests.books import Books

__all__ = ["few"]
ME = "/api/v1/me"
EVIL = "https://evil.example"


async def told(parts: Parts, books: Books) -> list[tuple[str, str, str, str]]:
    await parts.turned_away.tell(at_the_end=True)
    rows = await books.rows(
        "SELECT kind, address, detail FROM security_event "
        "WHERE kind LIKE 'refused-%' ORDER BY id"
    )
    return [
        (row.kind, row.address, row.detail["asked"], row.detail["times"])
        for row in rows
    ]


async def test_request_of_another_site_is_told(
    ada: httpx.AsyncClient, parts: Parts, books: Books
) -> None:
    for _ in range(2):
        answer = await ada.post("/api/v1/accounts", headers={"Origin": EVIL})
        assert refuses(answer, 403)["detail"] == "This request comes from another site."
    asked = "POST /api/v1/accounts"
    assert await told(parts, books) == [("refused-origin", "127.0.0.1", asked, "2")]


async def test_no_character_of_an_address_keeps_it_from_the_trail(
    browser: httpx.AsyncClient, parts: Parts, books: Books
) -> None:
    refuses(await browser.post("/api/v1/%00ü", headers={"Origin": EVIL}), 403)
    asked = "POST /api/v1/%00%C3%BC"
    assert await told(parts, books) == [("refused-origin", "127.0.0.1", asked, "1")]


@pytest.mark.usefixtures("few")
async def test_flood_of_an_address_is_told(
    api: ASGIApp, parts: Parts, books: Books
) -> None:
    async with make_browser(api, address="203.0.113.9") as here:
        for _ in range(8):
            await here.get(ME)
    assert await told(parts, books) == [
        ("refused-flood", "203.0.113.9", f"GET {ME}", "3")
    ]


@pytest.mark.usefixtures("few")
async def test_flood_of_a_person_is_told_with_who(
    ada: httpx.AsyncClient, parts: Parts, books: Books
) -> None:
    for _ in range(4):
        await ada.get(ME)
    assert await told(parts, books) == [
        ("refused-flood", "127.0.0.1", f"GET {ME}", "1")
    ]
    who = "SELECT person_id FROM security_event WHERE kind = 'refused-flood'"
    assert (await books.rows(who))[0].person_id == books.actor.person_id


async def test_socket_of_another_site_is_told_once(parts: Parts, books: Books) -> None:
    """engine.io asks twice for each request that it refuses."""
    scope = {"type": "http", "client": ("203.0.113.9", 1), "headers": []}
    environ: dict[str, Any] = {"HTTP_HOST": "localhost:8000", "asgi.scope": scope}
    assert not parts.accepts_socket(EVIL, environ)
    assert not parts.accepts_socket(EVIL, environ)
    assert not parts.accepts_socket(None, dict(environ))
    assert parts.accepts_socket("http://localhost:8000", dict(environ))
    assert await told(parts, books) == [
        ("refused-origin", "203.0.113.9", "socket", "1")
    ]


async def test_refusals_that_are_no_attack_are_not_counted(
    ada: httpx.AsyncClient, parts: Parts, books: Books
) -> None:
    refuses(await ada.get("/api/v1/accounts/99"), 404)
    refuses(await ada.post("/api/v1/accounts", content=b"x" * 2_000_000), 413)
    assert await told(parts, books) == []
