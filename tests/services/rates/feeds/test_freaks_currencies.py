"""The list of currencies of CurrencyFreaks: what it lacks is nothing that it says."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from fintrack.core.period import Period
from fintrack.core.rate_faults import WrongShape
from fintrack.services.rates.feeds.answers import NO_MARK
from fintrack.services.rates.feeds.client import RateClient, open_client
from fintrack.services.rates.feeds.currency_freaks import CurrencyFreaks
from fintrack.services.rates.feeds.freaks_currencies import read_windows
from tests.conftest import Clock
from tests.services.rates.feeds.provider import CALM, Provider, Reply, provider

LISTED = {
    "EUR": ("AVAILABLE", "1998-12-31", "2026-11-01"),
    "DEM": ("DISCONTINUED", "1984-11-28", "2001-12-31"),
    "XXA": ("NOT AVAILABLE", None, None),
    "NEW": ("AVAILABLE", "2026-11-18", None),
    "ODD": ("AVAILABLE", "some day", 7),
}
BODY = json.dumps(
    {
        "supportedCurrenciesMap": {
            code: {
                "currencyCode": code,
                "currencyName": None,
                "status": status,
                "availableFrom": first,
                "availableUntil": last,
            }
            for code, (status, first, last) in LISTED.items()
        }
    }
).encode()
pytestmark = pytest.mark.usefixtures("home")


def _rates(at: str) -> bytes:
    rates = dict.fromkeys((*LISTED, "LAG"), "0.5")
    return json.dumps({"date": at, "base": "USD", "rates": rates}).encode()


@pytest.fixture
async def there() -> AsyncIterator[Provider]:
    async with provider() as found:
        found.beside["supported-currencies"] = Reply(BODY)
        yield found


@pytest.fixture
async def client() -> AsyncIterator[RateClient]:
    async with open_client(CALM) as found:
        yield found


def _feed(there: Provider) -> CurrencyFreaks:
    return CurrencyFreaks(f"{there.url}/v2.0", "k")


@pytest.mark.parametrize(
    ("code", "on", "has"),
    [
        # Its last day is only that of the list.
        ("EUR", date(2026, 11, 18), True),
        ("EUR", date(1998, 12, 30), False),
        ("DEM", date(2001, 12, 31), True),
        ("DEM", date(2002, 1, 1), False),
        ("XXA", date(2001, 1, 1), False),
        ("ODD", date(2001, 1, 1), True),
    ],
)
def test_currency_has_rates_within_its_days(code: str, on: date, *, has: bool) -> None:
    at = datetime(on.year, on.month, on.day, 23, tzinfo=UTC)
    assert read_windows(BODY)[code].has(at) is has


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"supportedCurrenciesMap": {"EUR": 3}}']
)
def test_something_else_than_a_list_is_named(body: bytes) -> None:
    with pytest.raises(WrongShape):
        read_windows(body)


async def test_what_the_source_has_no_rate_of_is_left_out(
    there: Provider, client: RateClient, clock: Clock
) -> None:
    there.say(Reply(_rates("2026-11-18 07:00:00+00")))
    found = await _feed(there).latest(client, NO_MARK)
    # What the list does not name yet is believed.
    assert [one.code for one in found.observations] == ["EUR", "NEW", "ODD", "LAG"]
    there.say(Reply(_rates("2001-12-31 00:00:00+00")))
    past = Period(date(2001, 12, 31), date(2002, 1, 1))
    found = await _feed(there).history(client, past, clock())
    assert [one.code for one in found.observations] == ["EUR", "DEM", "ODD", "LAG"]


async def test_list_is_asked_for_once_a_day_and_without_the_key(
    there: Provider, client: RateClient, clock: Clock
) -> None:
    there.say(Reply(_rates("2026-11-18 07:00:00+00")))
    feed = _feed(there)
    for _ in range(2):
        await feed.latest(client, NO_MARK)
    (asked,) = there.asked_beside
    assert (asked.path, asked.query) == ("/v2.0/supported-currencies", {})
    clock.advance(days=1)
    await feed.latest(client, NO_MARK)
    assert len(there.asked_beside) == 2


@pytest.mark.parametrize("reply", [Reply(status=404), Reply(b"<html>"), Reply(b"{}")])
async def test_list_that_cannot_be_read_costs_no_rate(
    there: Provider, client: RateClient, reply: Reply
) -> None:
    there.beside["supported-currencies"] = reply
    there.say(Reply(_rates("2026-11-18 07:00:00+00")))
    found = await _feed(there).latest(client, NO_MARK)
    assert len(found.observations) == len(LISTED) + 1


async def test_last_list_holds_while_the_next_one_is_away(
    there: Provider, client: RateClient, clock: Clock
) -> None:
    there.say(Reply(_rates("2026-11-18 07:00:00+00")))
    feed: Any = _feed(there)
    await feed.latest(client, NO_MARK)
    there.beside["supported-currencies"] = Reply(status=404)
    clock.advance(days=1)
    found = await feed.latest(client, NO_MARK)
    assert [one.code for one in found.observations] == ["EUR", "NEW", "ODD", "LAG"]
