"""The job that fetches: each source by itself, what was missed, and when it stops."""

from datetime import timedelta
from typing import cast

import pytest
from sqlalchemy import QueuePool

from fintrack.core.errors import InvalidInput
from fintrack.core.rate_runs import Source
from fintrack.services.rates import fetching
from fintrack.services.rates.feeds.answers import Answer, Mark
from fintrack.services.rates.feeds.client import RateClient
from fintrack.services.rates.fetching import Fetching, fetch_rates, find_feed
from tests.books import Books
from tests.conftest import Clock
from tests.services.rates.feeds.formats import midnight
from tests.services.rates.feeds.provider import CALM, Reply, provider
from tests.services.rates.providers import (
    API,
    Providers,
    all_well,
    codes_of,
    good,
    row_of,
    there,
)

__all__ = ["there"]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def test_each_source_is_asked_and_kept(
    books: Books, there: Providers, clock: Clock
) -> None:
    all_well(there, clock)
    assert await fetch_rates() == 4
    assert await codes_of(books) == {"EUR", "BTC", "JPY"}
    row = await row_of(books, Source.EUROPE)
    assert (row.fetched_at, row.checked_at) == (clock(), clock())
    assert (row.failures, row.error) == (0, "")
    assert row.complete_on == clock().date() - DAY


async def test_one_that_fails_stops_no_other(
    books: Books, there: Providers, clock: Clock
) -> None:
    all_well(there, clock)
    there["coinpaprika"].say(Reply(b"<html>"))
    assert await fetch_rates() == 3
    row = await row_of(books, Source.COIN_PAPRIKA)
    assert (row.failures, row.error, row.fetched_at) == (1, "wrong-shape", None)
    assert row.checked_at == clock()


async def test_with_all_away_the_last_rates_stay(
    books: Books, there: Providers, clock: Clock
) -> None:
    all_well(there, clock)
    await fetch_rates()
    known = await codes_of(books)
    there.all_say(Reply(status=503))
    clock.advance(hours=1)
    assert await fetch_rates() == 0
    assert await codes_of(books) == known


async def test_after_three_failures_a_source_rests_longer_each_time(
    books: Books, there: Providers, clock: Clock
) -> None:
    there.all_say(Reply(status=404))
    for _ in range(3):
        assert (await row_of(books, Source.EUROPE)).rests_until(clock()) is None
        await fetch_rates()
    bank = there["ecb"]
    until = (await row_of(books, Source.EUROPE)).rests_until(clock())
    assert until is not None
    assert timedelta(minutes=7) < until - clock() <= timedelta(minutes=15)
    asked = len(bank.asked)
    await fetch_rates()
    assert len(bank.asked) == asked
    clock.now = until
    await fetch_rates()
    assert len(bank.asked) == asked + 1
    later = (await row_of(books, Source.EUROPE)).rests_until(clock())
    assert later is not None
    assert timedelta(minutes=15) <= later - clock() <= timedelta(minutes=30)
    clock.now = later
    all_well(there, clock)
    await fetch_rates()
    row = await row_of(books, Source.EUROPE)
    assert (row.failures, row.rests_until(clock())) == (0, None)


async def test_source_that_says_for_how_long_rests_at_once(
    books: Books, there: Providers, clock: Clock
) -> None:
    there.all_say(Reply(status=429, headers={"Retry-After": "7200"}))
    await fetch_rates()
    row = await row_of(books, Source.CURRENCY_API)
    assert row.rests_until(clock()) == clock() + 2 * HOUR


async def test_last_request_of_a_quota_is_not_spent(
    books: Books, there: Providers, clock: Clock
) -> None:
    all_well(there, clock)
    body = there["coinpaprika"].replies[0].body
    reset = {"X-RateLimit-Remaining": "1", "X-RateLimit-Reset": "7200"}
    there["coinpaprika"].say(Reply(body, headers=reset))
    await fetch_rates()
    clock.advance(hours=1)
    await fetch_rates()
    assert len(there["coinpaprika"].asked) == 1
    assert (await row_of(books, Source.COIN_PAPRIKA)).error == ""
    clock.advance(hours=1)
    await fetch_rates()
    assert len(there["coinpaprika"].asked) == 2


async def test_mark_is_sent_with_the_next_request(
    books: Books, there: Providers, clock: Clock
) -> None:
    all_well(there, clock)
    body = there["ecb"].replies[0].body
    there["ecb"].say(Reply(body, headers={"ETag": '"1"'}), Reply(status=304))
    await fetch_rates()
    assert await fetch_rates() == 0
    assert there["ecb"].asked[1].headers["if-none-match"] == '"1"'
    assert (await row_of(books, Source.EUROPE)).mark.etag == '"1"'


async def test_list_without_any_rate_is_a_fault(
    books: Books, there: Providers, clock: Clock
) -> None:
    all_well(there, clock)
    there["currency-api"].say(good(API, midnight(clock()), "-1"))
    await fetch_rates()
    row = await row_of(books, Source.CURRENCY_API)
    assert (row.failures, row.error) == (1, "wrong-shape")


async def test_nothing_is_asked_inside_a_transaction(
    books: Books, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three days are missed, too: each is asked for while no connection is in use."""
    engines = (books.home.main, books.home.readers)
    pools = [cast("QueuePool", engine.pool) for engine in engines]
    in_use: list[int] = []
    get = RateClient.get

    async def watched(client: RateClient, url: str, *given: Mark) -> Answer:
        in_use.append(sum(pool.checkedout() for pool in pools))
        return await get(client, url, *given)

    monkeypatch.setattr(RateClient, "get", watched)
    async with provider() as one:
        fetching.install(Fetching((API.feed(one.url),), CALM))
        for _ in range(2):
            one.say(good(API, midnight(clock())))
            await fetch_rates()
            clock.advance(days=3)
        fetching.install(Fetching())
    assert in_use == [0] * 5


async def test_list_of_nothing_but_jumps_is_no_fault(
    books: Books, there: Providers, clock: Clock
) -> None:
    all_well(there, clock)
    await fetch_rates()
    there["currency-api"].say(good(API, midnight(clock()), "5"))
    for _ in range(2):
        await fetch_rates()
    row = await row_of(books, Source.CURRENCY_API)
    assert (row.failures, row.error) == (0, "")


@pytest.mark.usefixtures("books")
async def test_without_feeds_nothing_is_asked() -> None:
    assert await fetch_rates() == 0
    with pytest.raises(InvalidInput, match="not fetched"):
        find_feed(Source.EUROPE)


@pytest.mark.usefixtures("there", "books")
async def test_defect_of_ours_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(fetching, "_fetch", broken)
    with pytest.raises(ZeroDivisionError):
        await fetch_rates()
