"""The job that fetches: each source by itself, what was missed, and when it stops."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import cast

import pytest
from sqlalchemy import QueuePool

from fintrack.core.errors import InvalidInput
from fintrack.core.rate_runs import Source
from fintrack.services.rates import fetching, source_rows
from fintrack.services.rates.feeds.answers import Answer, Mark
from fintrack.services.rates.feeds.client import RateClient
from fintrack.services.rates.fetching import Fetching, fetch_rates, find_feed
from fintrack.services.rates.source_rows import SourceRow
from tests.books import Books
from tests.conftest import Clock
from tests.services.rates.feeds.formats import FORMATS, Format, midnight
from tests.services.rates.feeds.provider import CALM, Provider, Reply, provider

API, _, COINS, BANK = FORMATS
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Providers(dict[str, Provider]):
    """Those of the feeds that are installed, by their names."""

    def all_say(self, reply: Reply) -> None:
        for one in self.values():
            one.say(reply)


@pytest.fixture
async def there() -> AsyncIterator[Providers]:
    found = Providers()
    async with AsyncExitStack() as stack:
        for form in (API, COINS, BANK):
            found[form.name] = await stack.enter_async_context(provider())
        feeds = tuple(form.feed(found[form.name].url) for form in (API, COINS, BANK))
        fetching.install(Fetching(feeds, CALM))
        yield found
        fetching.install(Fetching())


def _good(form: Format, at: datetime, rate: str = "0.5") -> Reply:
    return Reply(form.write([(form.codes[0], rate)], at))


def _all_well(there: Providers, clock: Clock) -> None:
    for form in (API, COINS, BANK):
        there[form.name].say(_good(form, midnight(clock(), -1)))


async def _row(books: Books, source: Source) -> SourceRow:
    async with books.home.reading() as session:
        (row,) = await source_rows.read_sources(session, [source])
    return row


async def _codes(books: Books) -> set[str]:
    return {row.code for row in await books.rows("SELECT code FROM rate_run")}


async def test_each_source_is_asked_and_kept(
    books: Books, there: Providers, clock: Clock
) -> None:
    _all_well(there, clock)
    assert await fetch_rates() == 4
    assert await _codes(books) == {"EUR", "BTC", "JPY"}
    row = await _row(books, Source.EUROPE)
    assert (row.fetched_at, row.checked_at) == (clock(), clock())
    assert (row.failures, row.error) == (0, "")
    assert row.complete_on == clock().date() - DAY


async def test_one_that_fails_stops_no_other(
    books: Books, there: Providers, clock: Clock
) -> None:
    _all_well(there, clock)
    there["coinpaprika"].say(Reply(b"<html>"))
    assert await fetch_rates() == 3
    row = await _row(books, Source.COIN_PAPRIKA)
    assert (row.failures, row.error, row.fetched_at) == (1, "wrong-shape", None)
    assert row.checked_at == clock()


async def test_with_all_away_the_last_rates_stay(
    books: Books, there: Providers, clock: Clock
) -> None:
    _all_well(there, clock)
    await fetch_rates()
    known = await _codes(books)
    there.all_say(Reply(status=503))
    clock.advance(hours=1)
    assert await fetch_rates() == 0
    assert await _codes(books) == known


async def test_after_three_failures_a_source_rests_longer_each_time(
    books: Books, there: Providers, clock: Clock
) -> None:
    there.all_say(Reply(status=404))
    for _ in range(3):
        assert (await _row(books, Source.EUROPE)).rests_until(clock()) is None
        await fetch_rates()
    bank = there["ecb"]
    until = (await _row(books, Source.EUROPE)).rests_until(clock())
    assert until is not None
    assert timedelta(minutes=7) < until - clock() <= timedelta(minutes=15)
    asked = len(bank.asked)
    await fetch_rates()
    assert len(bank.asked) == asked
    clock.now = until
    await fetch_rates()
    assert len(bank.asked) == asked + 1
    later = (await _row(books, Source.EUROPE)).rests_until(clock())
    assert later is not None
    assert timedelta(minutes=15) <= later - clock() <= timedelta(minutes=30)
    clock.now = later
    _all_well(there, clock)
    await fetch_rates()
    row = await _row(books, Source.EUROPE)
    assert (row.failures, row.rests_until(clock())) == (0, None)


async def test_source_that_says_for_how_long_rests_at_once(
    books: Books, there: Providers, clock: Clock
) -> None:
    there.all_say(Reply(status=429, headers={"Retry-After": "7200"}))
    await fetch_rates()
    row = await _row(books, Source.CURRENCY_API)
    assert row.rests_until(clock()) == clock() + 2 * HOUR


async def test_last_request_of_a_quota_is_not_spent(
    books: Books, there: Providers, clock: Clock
) -> None:
    _all_well(there, clock)
    body = there["coinpaprika"].replies[0].body
    reset = {"X-RateLimit-Remaining": "1", "X-RateLimit-Reset": "7200"}
    there["coinpaprika"].say(Reply(body, headers=reset))
    await fetch_rates()
    clock.advance(hours=1)
    await fetch_rates()
    assert len(there["coinpaprika"].asked) == 1
    assert (await _row(books, Source.COIN_PAPRIKA)).error == ""
    clock.advance(hours=1)
    await fetch_rates()
    assert len(there["coinpaprika"].asked) == 2


async def test_mark_is_sent_with_the_next_request(
    books: Books, there: Providers, clock: Clock
) -> None:
    _all_well(there, clock)
    body = there["ecb"].replies[0].body
    there["ecb"].say(Reply(body, headers={"ETag": '"1"'}), Reply(status=304))
    await fetch_rates()
    assert await fetch_rates() == 0
    assert there["ecb"].asked[1].headers["if-none-match"] == '"1"'
    assert (await _row(books, Source.EUROPE)).mark.etag == '"1"'


async def test_list_without_any_rate_is_a_fault(
    books: Books, there: Providers, clock: Clock
) -> None:
    _all_well(there, clock)
    there["currency-api"].say(_good(API, midnight(clock()), "-1"))
    await fetch_rates()
    row = await _row(books, Source.CURRENCY_API)
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
            one.say(_good(API, midnight(clock())))
            await fetch_rates()
            clock.advance(days=3)
        fetching.install(Fetching())
    assert in_use == [0] * 5


async def test_list_of_nothing_but_jumps_is_no_fault(
    books: Books, there: Providers, clock: Clock
) -> None:
    _all_well(there, clock)
    await fetch_rates()
    there["currency-api"].say(_good(API, midnight(clock()), "5"))
    for _ in range(2):
        await fetch_rates()
    row = await _row(books, Source.CURRENCY_API)
    assert (row.failures, row.error) == (0, "")


async def _missed_days(there: Providers) -> list[str]:
    return [one.path for one in there["currency-api"].asked if "latest" not in one.path]


async def test_days_that_were_missed_come_one_by_one(
    books: Books, there: Providers, clock: Clock
) -> None:
    """Away from Wednesday to Saturday: Thursday and Friday are asked for."""
    _all_well(there, clock)
    await fetch_rates()
    clock.advance(days=3)
    _all_well(there, clock)
    await fetch_rates()
    assert await _missed_days(there) == [
        "/usd@2026-11-18.json",
        "/usd@2026-11-19.json",
        "/usd@2026-11-20.json",
    ]
    assert (await _row(books, Source.CURRENCY_API)).complete_on == date(2026, 11, 20)
    await fetch_rates()
    assert len(await _missed_days(there)) == 3


async def test_who_asks_each_day_has_missed_nothing(
    books: Books, there: Providers, clock: Clock
) -> None:
    for _ in range(3):
        _all_well(there, clock)
        await fetch_rates()
        clock.advance(days=1)
        assert await _missed_days(there) == []
    del books


async def test_thirty_days_come_at_once_and_the_rest_with_the_next_run(
    books: Books, there: Providers, clock: Clock
) -> None:
    _all_well(there, clock)
    await fetch_rates()
    clock.advance(days=40)
    there["currency-api"].replies = [_good(API, midnight(clock(), -1))]
    for missed in (30, 40, 40):
        await fetch_rates()
        assert len(await _missed_days(there)) == missed
    del books


async def test_day_that_is_not_there_is_passed_over_and_a_plan_without_is_left(
    books: Books, there: Providers, clock: Clock
) -> None:
    _all_well(there, clock)
    await fetch_rates()
    for status, asked in ((404, 3), (403, 1)):
        clock.advance(days=3)
        latest = _good(API, midnight(clock(), -1))
        there["currency-api"].say(latest, Reply(status=status))
        await fetch_rates()
        assert len(await _missed_days(there)) == asked
        row = await _row(books, Source.CURRENCY_API)
        assert row.complete_on == clock().date() - DAY
        assert row.failures == 0


async def test_late_day_is_kept_where_it_belongs(
    books: Books, there: Providers, clock: Clock
) -> None:
    _all_well(there, clock)
    await fetch_rates()
    clock.advance(days=2)
    now = clock()
    there["currency-api"].say(
        _good(API, midnight(now), "0.7"),
        _good(API, midnight(now, -2), "0.6"),
        _good(API, midnight(now, -1), "0.6"),
    )
    await fetch_rates()
    rows = await books.rows(
        "SELECT per_usd, multiplier FROM rate_run WHERE source = 'currency-api' "
        "ORDER BY valid_from"
    )
    assert [tuple(row) for row in rows] == [
        (Decimal("0.5"), 1),
        (Decimal("0.6"), 2),
        (Decimal("0.7"), 1),
    ]


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
