"""Which feeds the settings ask for."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from fintrack.services.rates.feeds.central_bank import CentralBank
from fintrack.services.rates.feeds.coin_paprika import CoinPaprika
from fintrack.services.rates.feeds.currency_api import CurrencyApi
from fintrack.services.rates.feeds.currency_freaks import CurrencyFreaks
from fintrack.services.rates.feeds.feed import RateFeed


@dataclass(frozen=True, slots=True)
class Places:
    """Where the sources are; an empty address leaves its source out."""

    ecb: str
    currency_api: Sequence[str]
    crypto: str
    currencyfreaks: str
    currencyfreaks_key: str = field(default="", repr=False)


def choose_feeds(places: Places) -> tuple[RateFeed, ...]:
    """The feeds, CurrencyFreaks only for those who have a key."""
    feeds: list[RateFeed] = []
    if places.currencyfreaks and places.currencyfreaks_key:
        key = places.currencyfreaks_key
        feeds.append(CurrencyFreaks(places.currencyfreaks, key))
    if places.ecb:
        feeds.append(CentralBank(places.ecb))
    if places.currency_api:
        feeds.append(CurrencyApi(places.currency_api))
    if places.crypto:
        feeds.append(CoinPaprika(places.crypto))
    return tuple(feeds)
