"""What each provider really sends, and what it sends when it is not well."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fintrack.services.rates.feeds.central_bank import CentralBank
from fintrack.services.rates.feeds.coin_paprika import CoinPaprika
from fintrack.services.rates.feeds.currency_api import CurrencyApi
from fintrack.services.rates.feeds.currency_freaks import CurrencyFreaks
from fintrack.services.rates.feeds.feed import RateFeed

KEY = "s3cret-key"
Rates = Mapping[str, str]


@dataclass(frozen=True)
class Format:
    """How a provider writes rates (of one US dollar) of a day; and a feed at a port.

    Two ``codes`` are written, each with what is given for it; ``again`` repeats the
    first one with another value.
    """

    name: str
    feed: Callable[[str], RateFeed]
    write: Callable[[list[tuple[str, str]], datetime], bytes]
    codes: tuple[str, str]


def write_currency_api(rates: list[tuple[str, str]], at: datetime) -> bytes:
    lines = ",\n".join(f'"{code.lower()}": {_number(rate)}' for code, rate in rates)
    return f'{{"date": "{at.date()}", "usd": {{\n{lines}}}}}'.encode()


def write_currency_freaks(rates: list[tuple[str, str]], at: datetime) -> bytes:
    lines = ",".join(f'"{code}":"{rate}"' for code, rate in rates)
    told = at.strftime("%Y-%m-%d %H:%M:%S+00")
    return f'{{"date":"{told}","base":"USD","rates":{{{lines}}}}}'.encode()


def write_coin_paprika(rates: list[tuple[str, str]], at: datetime) -> bytes:
    """The price is that of one coin: the other way round."""
    coins = [
        {
            "id": f"{code.lower()}-{place}",
            "name": code,
            "symbol": code,
            "rank": place + 1,
            "last_updated": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "quotes": {"USD": {"price": _price(rate), "volume_24h": 1.5}},
        }
        for place, (code, rate) in enumerate(rates)
    ]
    # Numbers that JSON does not have are written as Python does.
    return json.dumps(coins).encode()


def write_central_bank(rates: list[tuple[str, str]], at: datetime) -> bytes:
    """Euros: with the dollar at 1 they are what a dollar buys, too."""
    lines = "".join(
        f"<Cube currency='{code}' rate='{rate}'/>"
        for code, rate in [("USD", "1"), *rates]
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n<gesmes:Envelope "
        "xmlns:gesmes='http://www.gesmes.org/xml/2002-08-01' "
        "xmlns='http://www.ecb.int/vocabulary/2002-08-01/eurofxref'>"
        "<gesmes:subject>Reference rates</gesmes:subject><Cube>"
        f"<Cube time='{at.date()}'>{lines}</Cube></Cube></gesmes:Envelope>"
    ).encode()


def _number(rate: str) -> str:
    return (
        rate
        if rate.lstrip("-").replace(".", "").isdigit() or rate == "NaN"
        else f'"{rate}"'
    )


def _price(rate: str) -> object:
    try:
        number = float(rate)
    except ValueError:
        return rate
    return 1 / number if number else 0


FORMATS = [
    Format(
        "currency-api",
        lambda url: CurrencyApi([f"{url}/usd@{{day}}.json"]),
        write_currency_api,
        ("EUR", "CHF"),
    ),
    Format(
        "currencyfreaks",
        lambda url: CurrencyFreaks(f"{url}/v2.0", KEY),
        write_currency_freaks,
        ("EUR", "CHF"),
    ),
    Format(
        "coinpaprika",
        lambda url: CoinPaprika(f"{url}/v1/tickers"),
        write_coin_paprika,
        ("BTC", "ETH"),
    ),
    Format(
        "ecb",
        lambda url: CentralBank(f"{url}/stats/eurofxref"),
        write_central_bank,
        ("JPY", "CHF"),
    ),
]


def midnight(now: datetime, days: int = 0) -> datetime:
    return datetime(now.year, now.month, now.day, tzinfo=UTC) + timedelta(days=days)
