"""Nobody fills the disk or the connections with files that never arrive."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.types import ASGIApp, Message

from fintrack.api import bodies
from fintrack.api.bodies import BYTES_A_SECOND, GRACE_SECONDS, paced
from fintrack.api.parts import Parts
from fintrack.api.uploads import MOST
from fintrack.core.errors import TooSlow
from fintrack.services.blobs import FolderBlobStore
from tests.api.asking import gives, refuses
from tests.api.statements import FILE, PLACE, files_of, send

CATEGORIES = "/api/v1/categories"


class Sending:
    """As many files as one person may send, each of them half here."""

    def __init__(self) -> None:
        self._begun = asyncio.Semaphore(0)
        self._may_end = asyncio.Event()
        self.answers: list[asyncio.Task[httpx.Response]] = []

    async def begin(self, client: httpx.AsyncClient, account_id: int) -> None:
        self.answers = [
            asyncio.create_task(send(client, account_id, self._come()))
            for _ in range(MOST)
        ]
        for _ in range(MOST):
            await self._begun.acquire()

    async def end(self) -> list[httpx.Response]:
        self._may_end.set()
        return await asyncio.gather(*self.answers)

    async def _come(self) -> AsyncIterator[bytes]:
        yield FILE.encode()[:30]
        self._begun.release()
        await self._may_end.wait()
        yield FILE.encode()[30:]


@pytest.fixture
def sending() -> Sending:
    return Sending()


async def _never() -> AsyncIterator[bytes]:
    yield FILE.encode()[:30]
    await asyncio.Event().wait()


async def test_one_more_file_than_a_person_may_send_at_once_is_refused(
    ada: httpx.AsyncClient, bank: int, store: FolderBlobStore, sending: Sending
) -> None:
    await sending.begin(ada, bank)
    for place, method in (
        (f"{PLACE}?account_id={bank}&filename=a.csv", "POST"),
        ("/api/v1/transactions/1/attachments?filename=a.pdf", "POST"),
        ("/api/v1/books", "POST"),
        ("/api/v1/books/preview", "POST"),
        ("/api/v1/me/picture", "PUT"),
    ):
        answer = await ada.request(method, place, content=FILE.encode())
        problem = refuses(answer, 429)
        assert problem["code"] == "too-many-uploads"
        assert problem["detail"].startswith("Several of your files are still on")
        assert int(answer.headers["retry-after"]) > 0
    turkish = await ada.post("/api/v1/books", headers={"Accept-Language": "tr"})
    assert refuses(turkish, 429)["detail"].startswith("Dosyalarınızdan birkaçı")
    assert len(files_of(store)) == MOST
    assert [one.status_code for one in await sending.end()] == [201] * MOST
    gives(await send(ada, bank, FILE.encode()), 201)


async def test_others_send_meanwhile_and_what_is_no_file_goes_on(
    ada: httpx.AsyncClient,
    bob: httpx.AsyncClient,
    bank: int,
    store: FolderBlobStore,
    sending: Sending,
) -> None:
    assert store
    await sending.begin(ada, bank)
    refuses(await bob.post("/api/v1/books", content=b"nothing"), 422)
    gives(await ada.post(CATEGORIES, json={"name": "Food", "kind": "expense"}), 201)
    await sending.end()


async def test_file_that_breaks_off_or_is_refused_makes_room(
    ada: httpx.AsyncClient, bank: int, store: FolderBlobStore, sending: Sending,
    parts: Parts,
) -> None:  # fmt: skip
    for _ in range(MOST + 1):
        refuses(await send(ada, bank, b""), 422)
    await sending.begin(ada, bank)
    assert len(parts.uploads) == MOST
    for one in sending.answers:
        one.cancel()
    await asyncio.wait(sending.answers)
    assert len(parts.uploads) == 0
    assert files_of(store) == []
    gives(await send(ada, bank, FILE.encode()), 201)


async def test_client_that_goes_away_makes_room_and_is_no_defect(
    api: ASGIApp,
    ada: httpx.AsyncClient,
    store: FolderBlobStore,
    parts: Parts,
    caplog: pytest.LogCaptureFixture,
) -> None:
    asked = ada.build_request("POST", "/api/v1/books")
    scope = {
        "type": "http",
        "method": asked.method,
        "path": asked.url.path,
        "raw_path": asked.url.raw_path,
        "query_string": b"",
        "headers": [(name.lower(), value) for name, value in asked.headers.raw],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 8000),
        "scheme": "http",
        "http_version": "1.1",
    }
    messages: list[Message] = [
        {"type": "http.request", "body": b'{"form"', "more_body": True},
        {"type": "http.disconnect"},
    ]
    half = iter(messages)
    during: list[int] = []

    async def receive() -> Message:
        during.append(len(parts.uploads))
        return next(half)

    async def send_to_nobody(_: Message) -> None:
        pass

    await api(scope, receive, send_to_nobody)
    assert during == [1, 1]
    assert len(parts.uploads) == 0
    assert files_of(store) == []
    assert [one.message for one in caplog.records if one.levelname == "ERROR"] == []


async def test_file_that_stops_coming_is_given_up_and_not_kept(
    ada: httpx.AsyncClient,
    bank: int,
    store: FolderBlobStore,
    parts: Parts,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bodies, "GRACE_SECONDS", 0)
    problem = refuses(await send(ada, bank, _never()), 408)
    assert problem["code"] == "too-slow"
    assert len(parts.uploads) == 0
    assert files_of(store) == []


async def test_form_that_stops_coming_is_given_up_too(
    browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "GRACE_SECONDS", 0)
    refuses(await browser.post(CATEGORIES, content=_never()), 408)


async def test_body_may_pause_but_has_a_least_pace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A pause of a minute but a second, then twice the time that a piece may take.

    Each of those costs a second of the minute, and is given up when none is left.
    """
    spent = [0.0]
    monkeypatch.setattr(bodies, "monotonic", lambda: sum(spent))
    pauses = [GRACE_SECONDS - 1, *[0] * GRACE_SECONDS, *[2] * (GRACE_SECONDS + 1)]
    taken: list[Message] = []

    async def receive() -> Message:
        spent.append(pauses[len(taken)])
        body = bytes(BYTES_A_SECOND)
        return {"type": "http.request", "body": body, "more_body": True}

    receive_in_time = paced(receive)
    with pytest.raises(TooSlow):
        while True:
            taken.append(await receive_in_time())
    assert len(taken) == len(pauses) - 1


async def test_late_piece_brings_the_time_that_its_size_may_take(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spent = [0.0]
    monkeypatch.setattr(bodies, "monotonic", lambda: sum(spent))
    messages: list[Message] = [
        {"type": "http.request", "body": body, "more_body": True}
        for body in (bytes(BYTES_A_SECOND * GRACE_SECONDS), b"x")
    ]

    async def receive() -> Message:
        spent.append(GRACE_SECONDS - 1)
        return messages[len(spent) - 2]

    receive_in_time = paced(receive)
    assert [await receive_in_time() for _ in messages] == messages


async def test_wait_for_the_end_of_a_connection_has_no_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever is bound here ends as soon as it has to wait."""
    monkeypatch.setattr(bodies, "GRACE_SECONDS", 0)
    messages: list[Message] = [
        {"type": "http.request", "body": b"{}", "more_body": False},
        {"type": "http.disconnect"},
    ]
    coming = iter(messages)

    async def receive() -> Message:
        message = next(coming)
        if message["type"] == "http.disconnect":
            for _ in range(5):
                await asyncio.sleep(0)
        return message

    receive_in_time = paced(receive)
    assert [await receive_in_time() for _ in messages] == messages
