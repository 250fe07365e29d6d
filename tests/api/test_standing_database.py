"""Whoever watches hears within three seconds how it stands."""

import asyncio
import time

import pytest

from fintrack.api.app import build_api
from fintrack.api.health import ANSWER_SECONDS
from fintrack.services.connections import CONNECT_SECONDS, PING_SECONDS
from fintrack.services.database import POOL_OVERFLOW, POOL_SIZE, Database
from fintrack.services.embedded import EmbeddedServer
from tests.api.conftest import make_browser, make_parts
from tests.standstill import lonely, lonely_home, standing_still

__all__ = ["lonely", "lonely_home"]

pytestmark = pytest.mark.database
EVERYBODY = POOL_SIZE + POOL_OVERFLOW + 1


@pytest.mark.parametrize("visitors", [1, EVERYBODY])
async def test_health_of_a_standing_database_is_told_within_three_seconds(
    lonely: EmbeddedServer, lonely_home: Database, visitors: int
) -> None:
    assert lonely_home
    async with make_browser(build_api(make_parts())) as browser:
        with standing_still(lonely.places.cluster):
            began = time.monotonic()
            answers = await asyncio.gather(
                *(browser.get("/api/health", timeout=60) for _ in range(visitors))
            )
            # Without a bound of its own it takes a ping and a new connection.
            assert time.monotonic() - began < PING_SECONDS + CONNECT_SECONDS
        assert ANSWER_SECONDS < 3
        assert {answer.status_code for answer in answers} == {503}
        assert (await browser.get("/api/health")).status_code == 200
