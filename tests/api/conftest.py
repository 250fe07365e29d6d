"""The API as a browser at this machine meets it."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from starlette.types import ASGIApp

from fintrack.api.app import build_api
from fintrack.api.parts import Parts
from fintrack.core.settings import Settings
from fintrack.services.database import Database
from fintrack.services.master_key import MasterKey
from fintrack.services.session_directory import SessionDirectory

HERE = "http://localhost:8000"
Client = Callable[..., httpx.AsyncClient]


def make_parts(*, metrics_token: str = "") -> Parts:
    parts = Parts.of(Settings(metrics_token=metrics_token), SessionDirectory())
    parts.key = MasterKey(b"k" * 32)
    return parts


@pytest.fixture
def parts(home: Database) -> Parts:
    assert home
    return make_parts()


@pytest.fixture
def api(parts: Parts) -> ASGIApp:
    return build_api(parts)


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
