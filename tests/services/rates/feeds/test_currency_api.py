"""``currency-api`` lies on two hosts, and some of its days are missing."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from fintrack.core.period import Period
from fintrack.core.rate_faults import WrongShape
from fintrack.services.rates.bundled import SNAPSHOT
from fintrack.services.rates.feeds.answers import NO_MARK
from fintrack.services.rates.feeds.client import open_client
from fintrack.services.rates.feeds.currency_api import CurrencyApi, read_snapshot
from tests.conftest import Clock
from tests.services.rates.feeds.provider import SHORT, Reply, provider

GOOD = b'{"date": "2026-03-01", "usd": {"eur": 0.92, "1inch": 4.5}}'


def test_real_file_is_read() -> None:
    seen = read_snapshot(SNAPSHOT.read_bytes())
    assert len(seen) > 150
    assert {one.at.date() for one in seen} == {date(2026, 9, 29)}


def test_rates_are_of_one_dollar_at_the_beginning_of_the_day() -> None:
    (eur, inch) = read_snapshot(GOOD)
    assert (eur.code, eur.per_usd) == ("EUR", Decimal("0.92"))
    assert eur.at == datetime(2026, 3, 1, tzinfo=UTC)
    assert inch.code == "1INCH"
    with pytest.raises(WrongShape):
        read_snapshot(b'{"date": "2026-03-01", "eur": {"usd": 1.1}}')


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "bad", [Reply(status=404), Reply(b"<html>"), Reply(hangs=True)]
)
async def test_second_host_is_asked_where_the_first_fails(
    bad: Reply, clock: Clock
) -> None:
    async with provider() as first, provider() as second, open_client(SHORT) as client:
        first.say(bad)
        second.say(Reply(GOOD))
        feed = CurrencyApi([f"{first.url}/api@{{day}}", f"{second.url}/{{day}}/x"])
        assert len((await feed.latest(client, NO_MARK)).observations) == 2
        assert (first.asked[0].path, second.asked[0].path) == (
            "/api@latest",
            "/latest/x",
        )
        period = Period(date(2026, 3, 1), date(2026, 3, 2))
        await feed.history(client, period, clock())
        assert second.asked[-1].path == "/2026-03-01/x"
