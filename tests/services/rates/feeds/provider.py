"""A provider of rates on this machine: it answers over real sockets, well or badly."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from fintrack.services.rates.feeds.client import Patience

MILLISECOND = timedelta(milliseconds=1)
# For what hangs, so that its test takes no time.
SHORT = Patience(
    connect=500 * MILLISECOND,
    read=500 * MILLISECOND,
    whole=800 * MILLISECOND,
    delay=MILLISECOND,
    longest=timedelta(seconds=1),
)
# For all else: a busy machine is no fault of a source.
CALM = Patience(delay=MILLISECOND, longest=timedelta(seconds=1))


@dataclass(frozen=True)
class Reply:
    """What is answered: ``drips`` one byte each 0.1 s, ``hangs`` nothing at all."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drips: bool = False
    hangs: bool = False
    breaks: bool = False

    @property
    def head(self) -> bytes:
        lines = {
            "Content-Type": "application/json",
            "Content-Length": str(len(self.body)),
            "Connection": "close",
            **self.headers,
        }
        told = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"HTTP/1.1 {self.status} Said\r\n{told}\r\n".encode()


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    target: str
    headers: dict[str, str]

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.target).query)


@dataclass
class Provider:
    """Gives its replies in their order, the last one for ever.

    What a feed asks for ``beside`` the rates is answered by the end of its path.
    """

    port: int = 0
    replies: list[Reply] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    beside: dict[str, Reply] = field(
        default_factory=lambda: {
            "supported-currencies": Reply(b'{"supportedCurrenciesMap": {}}')
        }
    )
    asked_beside: list[Asked] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def say(self, *replies: Reply) -> None:
        self.replies, self.asked = list(replies), []

    async def answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            pairs = (line.split(": ", 1) for line in head[1:] if line)
            asked = Asked(
                head[0].split()[1], {name.lower(): value for name, value in pairs}
            )
            await _send(self._reply_to(asked), writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # Who asked has had enough.
        finally:
            writer.close()

    def _reply_to(self, asked: Asked) -> Reply:
        beside = self.beside.get(asked.path.rpartition("/")[2])
        if beside:
            self.asked_beside.append(asked)
            return beside
        self.asked.append(asked)
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


async def _send(reply: Reply, writer: asyncio.StreamWriter) -> None:
    if reply.hangs:
        await asyncio.sleep(SHORT.whole.total_seconds() * 2)
        return
    writer.write(reply.head)
    if reply.drips:
        for place in range(len(reply.body)):
            writer.write(reply.body[place : place + 1])
            await writer.drain()
            await asyncio.sleep(0.1)
    else:
        cut = len(reply.body) // 2 if reply.breaks else len(reply.body)
        writer.write(reply.body[:cut])
    await writer.drain()


@asynccontextmanager
async def provider() -> AsyncIterator[Provider]:
    found = Provider()
    server = await asyncio.start_server(found.answer, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    async with server:
        yield found
