"""Rates for admins over REST; for everybody else nothing is there."""

from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal

import httpx
import pytest
from starlette.types import ASGIApp

from fintrack.core.actor import Role
from fintrack.core.rate_runs import Observation
from fintrack.services.database import Database
from fintrack.services.rates import fetching
from fintrack.services.rates.fetching import Fetching, fetch_rates
from fintrack.services.rates.filling import fill_rates
from tests.api.asking import gives, refuses
from tests.api.conftest import sign_in
from tests.books import make_person
from tests.conftest import Clock
from tests.services.rates.feeds.formats import FORMATS, midnight
from tests.services.rates.feeds.provider import CALM, Provider, Reply, provider
from tests.services.rates.test_keeping import keep

PLACE = "/api/v1/staff/rates"
API, _, COINS, _ = FORMATS
DAYS = {"first": "2026-03-01", "last": "2026-03-02"}


@pytest.fixture
async def root(api: ASGIApp, home: Database) -> AsyncIterator[httpx.AsyncClient]:
    admin = await make_person(home, "root@example.org", Role.ADMIN)
    async with await sign_in(api, admin, "root") as client:
        yield client


@pytest.fixture
async def there(clock: Clock) -> AsyncIterator[Provider]:
    async with provider() as found:
        feeds = (API.feed(found.url), COINS.feed(found.url))
        fetching.install(Fetching(feeds, CALM))
        found.say(Reply(API.write([("EUR", "0.9")], midnight(clock()))))
        yield found
        fetching.install(Fetching())


@pytest.mark.usefixtures("there")
async def test_sources_say_how_they_do(root: httpx.AsyncClient) -> None:
    await fetch_rates()
    api, coins = gives(await root.get(f"{PLACE}/sources"))["items"]
    assert (api["source"], api["standing"]) == ("currency-api", "well")
    assert (coins["standing"], coins["error"], coins["failures"]) == (
        "failing",
        "wrong-shape",
        1,
    )
    asked = await root.post(f"{PLACE}/sources/coinpaprika/fetch")
    assert asked.status_code == 204
    refuses(await root.post(f"{PLACE}/sources/ecb/fetch"), 422)
    refuses(await root.post(f"{PLACE}/sources/moon/fetch"), 404)


@pytest.mark.usefixtures("there")
async def test_period_is_filled_and_stopped(root: httpx.AsyncClient) -> None:
    place = f"{PLACE}/sources/currency-api/fill"
    assert (await root.put(place, json=DAYS)).status_code == 204
    refuses(await root.put(place, json=DAYS), 409)
    assert (await root.delete(place)).status_code == 204
    refuses(await root.delete(place), 404)
    assert (await root.put(place, json=DAYS)).status_code == 204
    await fill_rates()
    (fill,) = gives(await root.get(f"{PLACE}/fills"))["items"]
    assert (fill["done"], fill["days"], fill["error"]) == (2, 2, "")
    assert (fill["rates"], fill["held"], fill["empty_days"]) == (2, 0, 2)
    refuses(await root.put(place, json=DAYS | {"last": "2026-02-01"}), 422)


@pytest.mark.parametrize("deed", ["accept", "refuse"])
async def test_jump_is_decided(
    root: httpx.AsyncClient, clock: Clock, deed: str
) -> None:
    for hours, rate in ((2, "40"), (1, "400.5")):
        at = clock() - timedelta(hours=hours)
        await keep([Observation("TRY", Decimal(rate), at)])
    (jump,) = gives(await root.get(f"{PLACE}/jumps"))["items"]
    assert jump["in_force"] == "40"
    assert (jump["before"], jump["per_usd"], jump["observations"]) == (
        "40",
        "400.5",
        1,
    )
    place = f"{PLACE}/jumps/currency-api/TRY/{deed}"
    refuses(await root.post(place), 422)
    seen = {"observations": 1, "seen_at": jump["seen_at"]}
    later = Observation("TRY", Decimal(4000), clock() - timedelta(minutes=1))
    await keep([later])
    refuses(await root.post(place, json=seen), 409)
    (jump,) = gives(await root.get(f"{PLACE}/jumps"))["items"]
    seen = {"observations": 2, "seen_at": jump["seen_at"]}
    assert gives(await root.post(place, json=seen)) == {"observations": 2}
    refuses(await root.post(place, json=seen), 404)
    assert gives(await root.get(f"{PLACE}/jumps")) == {"items": []}


async def test_to_others_there_is_nothing(ada: httpx.AsyncClient) -> None:
    for name in ("sources", "jumps", "fills"):
        refuses(await ada.get(f"{PLACE}/{name}"), 404)
