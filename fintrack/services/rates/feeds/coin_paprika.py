"""CoinPaprika: what thousands of coins cost in US dollars, free and without key.

https://api.coinpaprika.com: a list of ``{"id": "btc-bitcoin", "symbol": "BTC",
"rank": 1, "last_updated": "2026-11-29T10:58:00Z", "quotes": {"USD": {"price": 9e4}}}``
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from fintrack.core.currency import CurrencyKind, all_currencies
from fintrack.core.period import Period
from fintrack.core.rate_faults import WrongShape
from fintrack.core.rate_runs import HUB, Observation, Source, cross, is_rate
from fintrack.services.rates.feeds.answers import (
    Mark,
    Members,
    instant_of,
    number_of,
    read_objects,
)
from fintrack.services.rates.feeds.client import RateClient
from fintrack.services.rates.feeds.feed import Fetched

UNRANKED = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class CoinPaprika:
    """The feed; ``url`` is the address of the list."""

    url: str
    source: Source = Source.COIN_PAPRIKA
    history_days: int = 0

    async def latest(self, client: RateClient, mark: Mark) -> Fetched:
        """The newest prices."""
        answer = await client.get(self.url, mark)
        return Fetched.of(answer, await asyncio.to_thread(read_tickers, answer.body))

    async def history(
        self, client: RateClient, period: Period, now: datetime
    ) -> Fetched:
        """Nothing: without a key there is no past."""
        del client, period, now
        return Fetched()


def read_tickers(body: bytes) -> list[Observation]:
    """What 1 US dollar buys of each coin; of two with one symbol the better rank.

    A coin may call itself as it likes: one that is called as money is not that money.
    One that lacks a price or a time costs the others nothing.

    Raises:
        WrongShape: it is no such list.
    """
    if not body:
        return []
    money = {
        one.code for one in all_currencies() if one.kind is not CurrencyKind.CRYPTO
    }
    coins = sorted(read_objects(body), key=_rank)
    best: dict[str, Observation] = {}
    for seen in filter(None, map(_read, coins)):
        if seen.code not in money:
            best.setdefault(seen.code, seen)
    if not best:
        raise WrongShape
    return list(best.values())


def _rank(coin: Members) -> Decimal:
    rank = number_of(coin.get("rank"))
    return rank if rank.is_finite() and rank > 0 else UNRANKED


def _read(coin: Members) -> Observation | None:
    try:
        price = number_of(coin.below("quotes").below(HUB).get("price"))
        at = instant_of(coin.get("last_updated"))
    except WrongShape:
        return None
    return Observation(str(coin.get("symbol")).upper(), _per_usd(price), at)


def _per_usd(price: Decimal) -> Decimal:
    """Of a price that is none, itself: who keeps it says what is wrong with it."""
    return cross(Decimal(1), price) if is_rate(price) else price
