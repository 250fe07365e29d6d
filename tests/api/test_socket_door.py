"""What strangers send to the socket is counted, refused and hardly spoken of."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

from fintrack.api.parts import Parts
from fintrack.api.socket_door import Refusals, SocketDoor
from fintrack.core.rate_limits import LIMITS, Kind
from fintrack.services import rate_limiter
from fintrack.services.database import Database
from tests.api.test_packets import GOOD, HANDLER, JUNK, SECRET, event
from tests.api.test_turned_away import told
from tests.books import Books
from tests.conftest import Clock, TestServer
from tests.site import Site, hydrate, join, running, urls

STRANGER, NEIGHBOUR = "203.0.113.9", "198.51.100.4"
MALFORMED = f'42/_event,["event","{SECRET}"]'
# Everybody has an address of their own, as behind a proxy.
LIMITED = {"FINTRACK_RATE_LIMITS": "true", "FINTRACK_TRUSTED_PROXIES": "127.0.0.1"}
LARGE = f'42/_event,["event","{SECRET * 70_000}"]'


@dataclass
class House:
    """A program that serves, and what it logs."""

    site: Site
    log: Path

    def __post_init__(self) -> None:
        # Granian's own command writes plainly until it serves; ours does not.
        self.start = self.log.stat().st_size

    def open(self, address: str, tab: str = "tab") -> Any:
        headers = {"X-Forwarded-For": address}
        return self.site.open(self.site.url, tab=tab, headers=headers)

    @property
    def said(self) -> str:
        return self.log.read_bytes()[self.start :].decode()

    def lines(self) -> list[dict[str, str]]:
        """All of the log: lines of JSON and nothing else."""
        return [json.loads(line) for line in self.said.splitlines()]


@pytest.fixture(scope="module")
async def house(
    server: TestServer, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[House]:
    main, log = server.clone("template_main"), server.clone("template_log")
    folder = tmp_path_factory.mktemp("data")
    both = (server.url(main), server.url(log))
    with (folder / "log").open("wb") as output:
        async with running(*both, folder, output=output, more=LIMITED) as site:
            yield House(site, folder / "log")
    server.drop(main)
    server.drop(log)


async def until_closed(tab: ClientConnection) -> int | None:
    """The code with which the server ended the socket."""
    with pytest.raises(ConnectionClosed) as ended:
        while True:
            await tab.recv()
    return ended.value.rcvd and ended.value.rcvd.code


async def test_flood_of_malformed_packets_ends_at_the_limit(
    home: Database, tmp_path: Path
) -> None:
    most = LIMITS[Kind.PACKET].per_address
    log = tmp_path / "log"
    with log.open("wb") as output:
        both = await urls(home)
        async with running(*both, tmp_path, output=output, more=LIMITED) as site:
            house = House(site, log)
            async with (
                house.open(STRANGER, "flood") as flood,
                house.open(NEIGHBOUR) as page,
            ):
                await join(page)
                await join(flood)
                # The opening and the connect were packets too.
                for n in range(most - 3):
                    await flood.send(LARGE if n % 600 == 0 else MALFORMED)
                assert "is_hydrated" in await hydrate(flood)
                # One only: a socket closed with more unread is reset, without a code.
                await flood.send(MALFORMED)
                assert await until_closed(flood) == 1008
                assert "is_hydrated" in await hydrate(page)
            with pytest.raises(InvalidStatus):
                await house.open(STRANGER).__aenter__()
            assert_quiet(house)
            assert len(house.said) < 2_000
    rows = await told_rows(home)
    assert [(row[0], row[1]) for row in rows] == [("refused-flood", STRANGER)]
    assert rows[0][2]["asked"] == "socket"
    assert int(rows[0][2]["times"]) >= 2


async def test_junk_is_dropped_and_the_page_goes_on(house: House) -> None:
    async with house.open("203.0.113.1") as tab:
        await join(tab)
        for junk in JUNK.values():
            await tab.send(b"bytes" if junk is None else junk)
        assert "is_hydrated" in await hydrate(tab)
    async with house.open("203.0.113.2") as tab:
        await tab.recv()
        for junk in JUNK.values():
            await tab.send(b"bytes" if junk is None else junk)
        await tab.send("40/_event,{}")
        assert str(await tab.recv()).startswith("40/_event")
    assert_quiet(house)


@pytest.mark.parametrize(
    "payload",
    [
        {"vars": {f"state.{SECRET}": "1"}},
        {"vars": SECRET},
        {"hashes": {"a": SECRET}},
        {SECRET: 1},
    ],
)
async def test_reflex_itself_is_sent_nothing_that_it_would_raise_for(
    house: House, payload: dict[str, object]
) -> None:
    name = "reflex___state____state.hydrate_and_load"
    async with house.open("203.0.113.3") as tab:
        await join(tab)
        await tab.send(event("event", {"name": name, "payload": payload}))
        assert "is_hydrated" in await hydrate(tab)
    assert_quiet(house)


async def test_report_of_a_page_is_one_short_line(house: House) -> None:
    name = (
        "reflex___state____state.reflex___state____frontend_event_exception_state"
        ".handle_frontend_exception"
    )
    info = "x is undefined\n" * 1_000
    call = {"name": name, "payload": {"info": info, "component_stack": info}}
    async with house.open("203.0.113.4") as tab:
        await join(tab)
        for _ in range(60):
            await tab.send(event("event", call))
        assert "is_hydrated" in await hydrate(tab)
    reports = [one["message"] for one in house.lines() if "defect" in one["message"]]
    assert 1 <= len(reports) <= 30
    assert max(map(len, reports)) < 600


async def test_other_ways_to_the_socket_are_closed_quietly(house: House) -> None:
    upgrade = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Origin": house.site.url,
    }
    async with httpx.AsyncClient(base_url=house.site.url) as browser:
        for query in ("", "?EIO=4&transport=websocket", f"?EIO=4&sid={SECRET}"):
            for method in ("GET", "POST", "DELETE"):
                for headers in ({}, upgrade):
                    answer = await browser.request(
                        method, f"/_event/{query}", headers=headers
                    )
                    assert answer.status_code == 400
    for tab in ("", "a b", SECRET * 20):
        with pytest.raises(InvalidStatus):
            await house.open("203.0.113.5", tab).__aenter__()
    assert_quiet(house)


def assert_quiet(house: House) -> None:
    assert SECRET not in house.said
    assert "Traceback" not in house.said
    refused = [one for one in house.lines() if "Refused from" in one["message"]]
    assert len(refused) <= 3


async def told_rows(home: Database) -> list[Any]:
    async with home.reading() as session:
        rows = text(
            "SELECT kind, address, detail FROM security_event "
            "WHERE kind LIKE 'refused-%' ORDER BY id"
        )
        return list((await session.execute(rows)).all())


# Without a server: who is told of, and what a defect behind the door does.


class Line:
    """A socket whose client sends ``packets`` and then waits no longer."""

    def __init__(self, *packets: str, cookie: str = "") -> None:
        self.waiting = [{"type": "websocket.receive", "text": one} for one in packets]
        self.sent: list[Message] = []
        self.taken: list[str] = []
        self.scope: Scope = {
            "type": "websocket",
            "scheme": "ws",
            "path": "/_event/",
            "query_string": b"EIO=4&transport=websocket&token=tab",
            "client": (STRANGER, 50_000),
            "headers": [(b"cookie", cookie.encode()), (b"user-agent", b"Firefox")],
        }

    async def receive(self) -> Message:
        return self.waiting.pop(0) if self.waiting else {"type": "websocket.disconnect"}

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert scope is self.scope
        while (message := await receive())["type"] == "websocket.receive":
            self.taken.append(message["text"])
            if "break" in message["text"]:
                raise ValueError(SECRET)
        await send({"type": "websocket.close"})


def door_of(app: ASGIApp, parts: Parts, clock: Clock) -> SocketDoor:
    return SocketDoor(app, parts, HANDLER.__eq__, clock)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = replace(LIMITS[Kind.PACKET], per_account=3, per_address=5)
    monkeypatch.setattr(rate_limiter, "LIMITS", {**LIMITS, Kind.PACKET: figures})


@pytest.mark.usefixtures("few")
async def test_flood_of_an_address_is_told_and_closes_the_socket(
    parts: Parts, books: Books, clock: Clock
) -> None:
    line = Line(*[event("event", GOOD)] * 9)
    await door_of(line.app, parts, clock)(line.scope, line.receive, line.send)
    assert len(line.taken) == 4
    assert line.sent == [{"type": "websocket.close", "code": 1008}]
    again = Line("3")
    await door_of(again.app, parts, clock)(again.scope, again.receive, again.send)
    assert again.taken == []
    assert again.sent == [{"type": "websocket.close", "code": 1008}]
    assert await told(parts, books) == [("refused-flood", STRANGER, "socket", "2")]


@pytest.mark.usefixtures("few")
async def test_flood_of_a_person_is_told_with_who(
    ada: httpx.AsyncClient, parts: Parts, books: Books, clock: Clock
) -> None:
    line = Line(*["3"] * 9, cookie=f"fintrack={ada.cookies['fintrack']}")
    await door_of(line.app, parts, clock)(line.scope, line.receive, line.send)
    assert len(line.taken) == 3
    assert await told(parts, books) == [("refused-flood", STRANGER, "socket", "1")]
    who = "SELECT person_id FROM security_event WHERE kind = 'refused-flood'"
    assert (await books.rows(who))[0].person_id == books.actor.person_id


async def test_defect_behind_the_door_is_one_line_without_its_words(
    parts: Parts, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    line = Line(event("event", {**GOOD, "payload": {"a": "break"}}), "3")
    await door_of(line.app, parts, clock)(line.scope, line.receive, line.send)
    assert line.sent == [{"type": "websocket.close", "code": 1008}]
    (record,) = caplog.records
    assert record.getMessage().startswith("A socket broke: ValueError in app of ")
    assert SECRET not in caplog.text
    assert "Traceback" not in caplog.text


def test_refusals_are_told_once_a_minute(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    refusals = Refusals(clock)
    for _ in range(100):
        refusals.note("not JSON")
    clock.advance(seconds=60)
    refusals.note("bytes")
    assert [record.getMessage() for record in caplog.records] == [
        "Refused from sockets: 1, the last one for: not JSON",
        "Refused from sockets: 100, the last one for: bytes",
    ]
