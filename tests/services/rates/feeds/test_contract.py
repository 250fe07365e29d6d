"""What holds for every feed, whatever its provider does to it."""

import gzip
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from fintrack.core.period import Period
from fintrack.core.rate_faults import (
    AnswerTooLarge,
    BadRedirect,
    BadStatus,
    SourceFault,
    TimedOut,
    Unreachable,
    WrongShape,
)
from fintrack.core.rate_runs import are_same
from fintrack.services.database import Database
from fintrack.services.rates.feeds.answers import NO_MARK, Mark
from fintrack.services.rates.feeds.client import RateClient, open_client
from fintrack.services.rates.feeds.feed import RateFeed
from fintrack.services.rates.keeping import Kept, keep_observations
from tests.conftest import Clock
from tests.services.rates.feeds.formats import FORMATS, KEY, Format, midnight
from tests.services.rates.feeds.provider import CALM, SHORT, Provider, Reply, provider

HTML = b"<!DOCTYPE html><html><body>We are back soon.</body></html>"
each = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
async def there() -> AsyncIterator[Provider]:
    async with provider() as found:
        yield found


@pytest.fixture
async def client() -> AsyncIterator[RateClient]:
    async with open_client(CALM) as found:
        yield found


@pytest.fixture
async def hasty() -> AsyncIterator[RateClient]:
    async with open_client(SHORT) as found:
        yield found


def _feed(form: Format, there: Provider) -> RateFeed:
    return form.feed(there.url)


def _good(form: Format, clock: Clock) -> bytes:
    first, second = form.codes
    return form.write([(first, "0.5"), (second, "0.25")], midnight(clock()))


async def _kept(home: Database, feed: RateFeed, client: RateClient) -> Kept:
    fetched = await feed.latest(client, NO_MARK)
    async with home.unit_of_work() as session:
        return await keep_observations(session, feed.source, fetched.observations)


@each
async def test_good_answer_gives_its_rates(
    form: Format, there: Provider, client: RateClient, clock: Clock
) -> None:
    there.say(Reply(_good(form, clock), headers={"ETag": '"7"', "Last-Modified": "x"}))
    fetched = await _feed(form, there).latest(client, NO_MARK)
    rates = {seen.code: seen for seen in fetched.observations}
    for code, rate in zip(form.codes, ("0.5", "0.25"), strict=True):
        assert are_same(rates[code].per_usd, Decimal(rate))
        assert rates[code].at.date() == clock().date()
    assert (fetched.mark, fetched.is_unchanged) == (Mark('"7"', "x"), False)
    assert "FinTrack" in there.asked[0].headers["user-agent"]


@each
async def test_packed_answer_is_unpacked(
    form: Format, there: Provider, client: RateClient, clock: Clock
) -> None:
    body = gzip.compress(_good(form, clock))
    there.say(Reply(body, headers={"Content-Encoding": "gzip"}))
    assert (await _feed(form, there).latest(client, NO_MARK)).observations


@each
async def test_what_is_known_already_is_not_sent_again(
    form: Format, there: Provider, client: RateClient
) -> None:
    there.say(Reply(status=304))
    mark = Mark('"7"', "Sun, 01 Mar 2026 00:00:00 GMT")
    fetched = await _feed(form, there).latest(client, mark)
    assert (fetched.is_unchanged, list(fetched.observations)) == (True, [])
    assert fetched.mark == mark
    asked = there.asked[0].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == (
        mark.etag,
        mark.last_modified,
    )


@each
@pytest.mark.parametrize(
    "body", [HTML, b"", b"{}", b"[]", b"[1]", b"null", b'{"usd": 3}', b"[" * 50_000]
)
async def test_something_else_than_rates_is_named(
    form: Format, there: Provider, client: RateClient, body: bytes
) -> None:
    there.say(Reply(body))
    with pytest.raises(WrongShape):
        await _feed(form, there).latest(client, NO_MARK)


@each
async def test_faults_that_pass_are_tried_again(
    form: Format, there: Provider, client: RateClient, clock: Clock
) -> None:
    good = Reply(_good(form, clock))
    there.say(Reply(status=500), Reply(status=503), good)
    assert (await _feed(form, there).latest(client, NO_MARK)).observations
    assert len(there.asked) == 3
    there.say(Reply(status=429, headers={"Retry-After": "0"}), good)
    assert (await _feed(form, there).latest(client, NO_MARK)).observations


@each
async def test_fault_that_stays_is_named_after_three_tries(
    form: Format, there: Provider, client: RateClient
) -> None:
    there.say(Reply(status=500))
    with pytest.raises(BadStatus, match="500"):
        await _feed(form, there).latest(client, NO_MARK)
    assert len(there.asked) == 3


@each
@pytest.mark.parametrize("status", [400, 401, 403, 404])
async def test_no_is_not_asked_for_again(
    form: Format, there: Provider, client: RateClient, status: int
) -> None:
    there.say(Reply(status=status))
    with pytest.raises(BadStatus, match=str(status)):
        await _feed(form, there).latest(client, NO_MARK)
    assert len(there.asked) == 1


@each
async def test_long_wait_that_is_asked_for_is_told_and_not_waited(
    form: Format, there: Provider, client: RateClient
) -> None:
    there.say(Reply(status=429, headers={"Retry-After": "3600"}))
    with pytest.raises(BadStatus) as caught:
        await _feed(form, there).latest(client, NO_MARK)
    assert caught.value.retry_after == timedelta(hours=1)
    assert len(there.asked) == 1


@each
@pytest.mark.parametrize("way", ["hangs", "drips"])
async def test_silence_and_a_trickle_end(
    form: Format, there: Provider, hasty: RateClient, clock: Clock, way: str
) -> None:
    there.say(replace(Reply(_good(form, clock)), **{way: True}))
    with pytest.raises(TimedOut):
        await _feed(form, there).latest(hasty, NO_MARK)


@each
async def test_broken_connection_and_nobody_there(
    form: Format, there: Provider, client: RateClient, clock: Clock
) -> None:
    there.say(Reply(_good(form, clock), breaks=True))
    with pytest.raises(Unreachable):
        await _feed(form, there).latest(client, NO_MARK)
    with pytest.raises(Unreachable):
        await form.feed("http://127.0.0.1:9").latest(client, NO_MARK)


@each
@pytest.mark.parametrize("packed", [False, True])
async def test_too_large_is_not_read(
    form: Format, there: Provider, client: RateClient, *, packed: bool
) -> None:
    body = b" " * (9 * 1024 * 1024)
    headers = {"Content-Encoding": "gzip"} if packed else {}
    there.say(Reply(gzip.compress(body) if packed else body, headers=headers))
    with pytest.raises(AnswerTooLarge):
        await _feed(form, there).latest(client, NO_MARK)


@each
@pytest.mark.parametrize("rate", ["-1", "0", "NaN", "N/A", "1e99"])
async def test_bad_rate_costs_the_other_nothing(
    form: Format,
    there: Provider,
    client: RateClient,
    home: Database,
    clock: Clock,
    rate: str,
) -> None:
    bad, good = form.codes
    there.say(Reply(form.write([(bad, rate), (good, "0.25")], midnight(clock(), -1))))
    kept = await _kept(home, _feed(form, there), client)
    assert [one.code for one in kept.refused] == [bad]
    async with home.reading() as session:
        found = await session.scalar(text("SELECT array_agg(code) FROM rate_run"))
    assert good in found
    assert bad not in found


@each
async def test_same_code_twice_is_one_rate(
    form: Format, there: Provider, client: RateClient, home: Database, clock: Clock
) -> None:
    """Where the values differ the other one is refused; of two coins the rank says."""
    one, other = form.codes
    rates = [(one, "0.5"), (one, "0.4"), (other, "0.25")]
    there.say(Reply(form.write(rates, midnight(clock(), -1))))
    kept = await _kept(home, _feed(form, there), client)
    twice = [] if form.name == "coinpaprika" else [one]
    assert [refused.code for refused in kept.refused] == twice


@each
async def test_time_to_come_is_refused_and_an_earlier_one_is_late(
    form: Format, there: Provider, client: RateClient, home: Database, clock: Clock
) -> None:
    feed, (code, _) = _feed(form, there), form.codes
    there.say(Reply(form.write([(code, "0.5")], midnight(clock(), 3))))
    assert (await _kept(home, feed, client)).of_rates == 0
    for day, rate in ((-1, "0.5"), (-4, "0.4")):
        there.say(Reply(form.write([(code, rate)], midnight(clock(), day))))
        assert (await _kept(home, feed, client)).added >= 1


@each
async def test_redirect_leads_on_but_not_anywhere(
    form: Format, there: Provider, client: RateClient, clock: Clock
) -> None:
    good = Reply(_good(form, clock))
    there.say(Reply(status=302, headers={"Location": "/elsewhere"}), good)
    assert (await _feed(form, there).latest(client, NO_MARK)).observations
    assert there.asked[1].path == "/elsewhere"
    for place in ("http://rates.example/x", "ftp://127.0.0.1/x", "file:///etc/passwd"):
        there.say(Reply(status=302, headers={"Location": place}))
        with pytest.raises(BadRedirect):
            await _feed(form, there).latest(client, NO_MARK)
    there.say(Reply(status=301, headers={"Location": "/round"}))
    with pytest.raises(BadRedirect):
        await _feed(form, there).latest(client, NO_MARK)


@each
async def test_history_is_that_of_a_day_or_there_is_none(
    form: Format, there: Provider, client: RateClient, clock: Clock
) -> None:
    feed, day = _feed(form, there), midnight(clock(), -9)
    there.say(Reply(form.write([(form.codes[0], "0.5")], day)))
    period = Period(day.date(), day.date() + timedelta(days=1))
    found = (await feed.history(client, period, clock())).observations
    assert {seen.at.date() for seen in found} <= {day.date()}
    assert bool(found) is bool(feed.history_days)


@each
@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=500),
        Reply(HTML),
        Reply(status=302),
        Reply(hangs=True),
        Reply(b"{}"),
    ],
)
async def test_key_is_in_no_log_and_no_fault(
    form: Format,
    there: Provider,
    hasty: RateClient,
    caplog: pytest.LogCaptureFixture,
    reply: Reply,
) -> None:
    caplog.set_level(logging.DEBUG)
    feed = _feed(form, there)
    there.say(reply)
    with pytest.raises(SourceFault) as caught:
        await feed.latest(hasty, NO_MARK)
    told = f"{caught.value} {caught.value!r} {caught.value.kept} {caplog.text} {feed!r}"
    assert KEY not in told
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
