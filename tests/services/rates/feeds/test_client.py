"""The way out: a key stays with its host, and waits are drawn and bounded."""

import logging
from collections.abc import AsyncIterator

import pytest

from fintrack.core.rate_faults import BadRedirect, BadStatus
from fintrack.services.rates.feeds.answers import Quota
from fintrack.services.rates.feeds.client import RateClient, open_client
from tests.services.rates.feeds.provider import CALM, Provider, Reply, provider

pytestmark = pytest.mark.usefixtures("home")
SECRET = {"apikey": "s3cret & more"}


@pytest.fixture
async def there() -> AsyncIterator[Provider]:
    async with provider() as found:
        yield found


@pytest.fixture
async def client() -> AsyncIterator[RateClient]:
    async with open_client(CALM) as found:
        yield found


async def test_secret_stands_in_the_query(there: Provider, client: RateClient) -> None:
    there.say(Reply(b"{}"))
    await client.get(f"{there.url}/latest?x=1", secret=SECRET)
    assert there.asked[0].query == {"x": ["1"], "apikey": ["s3cret & more"]}


async def test_secret_goes_to_no_other_host(
    there: Provider, client: RateClient
) -> None:
    async with provider() as other:
        other.say(Reply(b"{}"))
        there.say(Reply(status=302, headers={"Location": f"{other.url}/x"}))
        with pytest.raises(BadRedirect):
            await client.get(f"{there.url}/latest", secret=SECRET)
        assert other.asked == []


@pytest.mark.parametrize("url", ["http://rates.example/x", "ftp://127.0.0.1", "x"])
async def test_address_that_is_not_safe_is_not_asked(
    client: RateClient, url: str
) -> None:
    with pytest.raises(BadRedirect):
        await client.get(url)


async def test_nothing_is_unchanged_that_was_never_read(
    there: Provider, client: RateClient
) -> None:
    there.say(Reply(status=304))
    with pytest.raises(BadStatus, match="304"):
        await client.get(there.url)


async def test_transport_writes_no_address_into_the_log(
    there: Provider, client: RateClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    there.say(Reply(b"{}"))
    await client.get(f"{there.url}/latest", secret=SECRET)
    assert "s3cret" not in caplog.text


async def test_quota_is_read_with_the_answer(
    there: Provider, client: RateClient
) -> None:
    there.say(Reply(b"{}", headers={"X-RateLimit-Remaining": "7"}))
    assert (await client.get(there.url)).quota == Quota(7)


async def test_wait_that_a_source_asks_for_is_kept_when_it_is_short(
    there: Provider, client: RateClient
) -> None:
    there.say(Reply(status=503, headers={"Retry-After": "2"}), Reply(b"{}"))
    with pytest.raises(BadStatus):
        await client.get(there.url)
    assert len(there.asked) == 1
    there.say(Reply(status=503, headers={"Retry-After": "1"}), Reply(b"{}"))
    assert (await client.get(there.url)).body == b"{}"
