"""CurrencyFreaks 2.0: some 1000 currencies and coins, for those who have a key.

https://currencyfreaks.com/documentation.html
``{"date": "2025-01-01 00:00:00+00", "base": "USD", "rates": {"EUR": "0.92"}}``
The key stands in the query. What is past costs a plan that has it. The rates of a
currency that is gone go on with their last value, so that its list of currencies says
which of them count.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from fintrack.core.period import Period
from fintrack.core.rate_faults import WrongShape
from fintrack.core.rate_runs import HUB, Observation, Source
from fintrack.services.rates.feeds.answers import (
    NO_MARK,
    Mark,
    instant_of,
    number_of,
    read_object,
)
from fintrack.services.rates.feeds.client import RateClient
from fintrack.services.rates.feeds.feed import Fetched
from fintrack.services.rates.feeds.freaks_currencies import LIST, Supported


@dataclass(frozen=True, slots=True)
class CurrencyFreaks:
    """The feed; ``url`` is the address before ``/rates/latest``."""

    url: str
    key: str = field(repr=False)
    source: Source = Source.CURRENCY_FREAKS
    history_days: int = 1
    supported: Supported = field(default_factory=Supported, repr=False, compare=False)

    async def latest(self, client: RateClient, mark: Mark) -> Fetched:
        """The newest rates."""
        return await self._get(client, "latest", mark, {})

    async def history(
        self, client: RateClient, period: Period, now: datetime
    ) -> Fetched:
        """The rates of one day."""
        del now
        day = {"date": period.start.isoformat()}
        return await self._get(client, "historical", NO_MARK, day)

    async def _get(
        self, client: RateClient, name: str, mark: Mark, query: dict[str, str]
    ) -> Fetched:
        place = self.url.rstrip("/")
        secret = {"apikey": self.key, **query}
        answer = await client.get(f"{place}/rates/{name}", mark, secret=secret)
        seen = await asyncio.to_thread(read_rates, answer.body)
        if seen:
            seen = await self.supported.only(client, f"{place}/{LIST}", seen)
        return Fetched.of(answer, seen)


def read_rates(body: bytes) -> list[Observation]:
    """The rates of one instant, of what 1 US dollar buys; none in an empty answer.

    Raises:
        WrongShape: it is no such answer.
    """
    if not body:
        return []
    found = read_object(body)
    if found.get("base") != HUB:
        raise WrongShape
    rates, at = found.below("rates").all, instant_of(found.get("date"))
    return [Observation(code, number_of(value), at) for code, value in rates]
