"""CurrencyFreaks: texts as rates, and the key in the query."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from fintrack.core.period import Period
from fintrack.core.rate_faults import WrongShape
from fintrack.services.rates.feeds.answers import NO_MARK
from fintrack.services.rates.feeds.client import open_client
from fintrack.services.rates.feeds.currency_freaks import CurrencyFreaks, read_rates
from tests.conftest import Clock
from tests.services.rates.feeds.provider import CALM, Reply, provider

GOOD = b'{"date":"2025-01-01 07:00:00+00","base":"USD","rates":{"EUR":"0.92"}}'


def test_rates_are_texts_of_an_instant() -> None:
    (eur,) = read_rates(GOOD)
    assert (eur.code, eur.per_usd) == ("EUR", Decimal("0.92"))
    assert eur.at == datetime(2025, 1, 1, 7, tzinfo=UTC)


def test_another_base_is_not_read() -> None:
    with pytest.raises(WrongShape):
        read_rates(GOOD.replace(b"USD", b"EUR"))


@pytest.mark.usefixtures("home")
async def test_requests_are_those_of_version_2(clock: Clock) -> None:
    async with provider() as there, open_client(CALM) as client:
        there.say(Reply(GOOD))
        feed = CurrencyFreaks(f"{there.url}/v2.0/", "k")
        await feed.latest(client, NO_MARK)
        await feed.history(client, Period(date(2025, 1, 1), date(2025, 1, 2)), clock())
    assert [(one.path, one.query) for one in there.asked] == [
        ("/v2.0/rates/latest", {"apikey": ["k"]}),
        ("/v2.0/rates/historical", {"apikey": ["k"], "date": ["2025-01-01"]}),
    ]
