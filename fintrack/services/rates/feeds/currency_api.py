"""``currency-api``: daily rates of some 340 currencies and coins, free and without key.

https://github.com/fawazahmed0/exchange-api (CC0). The same files lie on two hosts; what
the first cannot give, the second may. ``{"date": "2026-09-29", "usd": {"eur": 0.92}}``
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fintrack.core.period import Period
from fintrack.core.rate_faults import SourceFault, WrongShape
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

DAY, LATEST = "{day}", "latest"


@dataclass(frozen=True, slots=True)
class CurrencyApi:
    """The feed; ``urls`` are addresses of the file with ``{day}`` for its day."""

    urls: Sequence[str]
    source: Source = Source.CURRENCY_API
    history_days: int = 1

    async def latest(self, client: RateClient, mark: Mark) -> Fetched:
        """The file of the newest day."""
        return await self._get(client, LATEST, mark)

    async def history(
        self, client: RateClient, period: Period, now: datetime
    ) -> Fetched:
        """The file of one day; some are missing."""
        del now
        return await self._get(client, period.start.isoformat(), NO_MARK)

    async def _get(self, client: RateClient, day: str, mark: Mark) -> Fetched:
        fault: SourceFault = WrongShape()
        for url in self.urls:
            try:
                answer = await client.get(url.replace(DAY, day), mark)
                seen = await asyncio.to_thread(read_snapshot, answer.body)
            except SourceFault as found:
                fault = found
            else:
                return Fetched.of(answer, seen)
        raise fault


def read_snapshot(body: bytes) -> list[Observation]:
    """The rates of one day, of what 1 US dollar buys; none in an empty file.

    Raises:
        WrongShape: it is no such file.
    """
    if not body:
        return []
    found = read_object(body)
    rates, at = found.below(HUB.lower()).all, instant_of(found.get("date"))
    return [Observation(name.upper(), number_of(value), at) for name, value in rates]
