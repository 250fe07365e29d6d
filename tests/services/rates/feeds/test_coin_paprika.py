"""Coins: the price turned round, the better rank, and none that is called euro."""

import json
from decimal import Decimal
from typing import Any

from fintrack.services.rates.feeds.coin_paprika import read_tickers


def _coin(symbol: str, price: object, rank: int = 1, **more: object) -> dict[str, Any]:
    return {
        "symbol": symbol,
        "rank": rank,
        "last_updated": "2026-03-01T10:00:00Z",
        "quotes": {"USD": {"price": price}},
        **more,
    }


def _read(*coins: dict[str, Any]) -> dict[str, Decimal]:
    return {one.code: one.per_usd for one in read_tickers(json.dumps(coins).encode())}


def test_price_of_a_coin_becomes_what_a_dollar_buys() -> None:
    assert _read(_coin("BTC", 80000)) == {"BTC": Decimal("0.0000125")}


def test_of_two_with_one_symbol_the_better_rank_wins_and_none_is_worst() -> None:
    coins = [_coin("ETH", 9, 900), _coin("ETH", 2000, 2), _coin("ETH", 1, 0)]
    assert _read(*coins) == {"ETH": Decimal("0.0005")}


def test_coin_that_is_called_as_money_is_left_out() -> None:
    assert _read(_coin("EUR", 9), _coin("XAU", 9), _coin("BTC", 8)).keys() == {"BTC"}


def test_damaged_coin_costs_the_others_nothing() -> None:
    broken = [_coin("A", 1, quotes=None), _coin("B", 1, last_updated=None)]
    found = _read(*broken, _coin("BTC", 8), _coin("ETH", None))
    assert found["BTC"] == Decimal("0.125")
    assert found["ETH"].is_nan()
