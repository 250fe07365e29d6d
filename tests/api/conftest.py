"""The API as a browser at this machine meets it."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from starlette.types import ASGIApp

from fintrack.api.app import build_api
from fintrack.api.parts import Parts
from fintrack.api.subjects import SUBJECTS
from fintrack.core.actor import SYSTEM
from fintrack.core.session_cookie import SESSION
from fintrack.core.settings import Settings
from fintrack.services import blobs, turned_away
from fintrack.services.commands import Work
from fintrack.services.database import Database
from fintrack.services.master_key import KEY_BYTES, MasterKey
from fintrack.services.session_directory import SessionDirectory
from fintrack.services.sessions import Browser, hash_token, open_session
from tests.api.places import Places
from tests.books import Books

HERE = "http://localhost:8000"
Client = Callable[..., httpx.AsyncClient]
# Nobody asks for the loss of a trail.
UNPLACED = text(
    "SELECT kind || detail FROM security_event "
    "WHERE address = '' AND kind <> 'trail-lost' ORDER BY id"
)


def make_parts(*, metrics_token: str = "") -> Parts:
    parts = Parts.of(Settings(metrics_token=metrics_token), SessionDirectory())
    parts.key = MasterKey(bytes(KEY_BYTES))
    return parts


@pytest.fixture
async def parts(home: Database) -> AsyncIterator[Parts]:
    """Of an API whose every event says from where the request came that caused it."""
    made = make_parts()
    turned_away.install(made.turned_away)
    yield made
    turned_away.install(None)
    async with home.reading() as session:
        assert list(await session.scalars(UNPLACED)) == []


@pytest.fixture
def api(parts: Parts) -> ASGIApp:
    return build_api(parts, SUBJECTS)


@pytest.fixture
async def browser(api: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    async with make_browser(api) as client:
        yield client


def make_browser(
    api: ASGIApp, *, address: str = "127.0.0.1", base: str = HERE
) -> httpx.AsyncClient:
    """A browser that sends its own page's Origin."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(api, client=(address, 50000)),
        base_url=base,
        headers={"Origin": base},
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[blobs.FolderBlobStore]:
    """Where uploaded files are kept."""
    made = blobs.FolderBlobStore(tmp_path / "blobs", bytes(range(32)))
    blobs.install(made)
    yield made
    blobs.install(None)


@pytest.fixture
async def ada(api: ASGIApp, books: Books) -> AsyncIterator[httpx.AsyncClient]:
    """Ada's browser, signed in to ``books``."""
    async with await sign_in(api, books, "ada") as client:
        yield client


@pytest.fixture
async def bob(api: ASGIApp, stranger: Books) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of somebody else."""
    async with await sign_in(api, stranger, "bob") as client:
        yield client


@pytest.fixture
async def places(books: Books) -> Places:
    bank = await books.open("Bank", "100 EUR")
    dollars = await books.open("Dollars", "0 USD")
    food = await books.category("Food")
    salary = await books.category("Salary", "income")
    return Places(bank.id, dollars.id, food, salary)


async def sign_in(api: ASGIApp, books: Books, token: str) -> httpx.AsyncClient:
    """A browser with a session of the person of ``books``."""
    person_id, ledger_id = books.actor.person_id, books.actor.ledger_id
    assert person_id
    assert ledger_id
    async with books.home.unit_of_work() as session:
        work = Work(session, SYSTEM, books.home.clock())
        place = Browser(hash_token(token), "127.0.0.1", "Firefox")
        await open_session(work, person_id, ledger_id, place)
    client = make_browser(api)
    client.cookies.set(SESSION, token)
    return client


@pytest.fixture
async def bank(books: Books) -> int:
    return (await books.open("Bank", "100 EUR")).id
