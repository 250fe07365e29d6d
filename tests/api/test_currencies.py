"""Currencies over REST: each number with its source and time."""

from datetime import date, datetime, timedelta

import httpx
import pytest

from fintrack.core.fixed_rates import fixed_rates
from tests.api.asking import gives, refuses
from tests.books import Books
from tests.services.rates.observing import observe, observe_at

PLACE = "/api/v1/currencies"
DAY = date(2026, 11, 17)


async def _observe(books: Books) -> None:
    await observe(books.home, "EUR", {DAY: "0.8"})
    await observe(books.home, "TRY", {DAY: "44"})


async def test_list_has_every_currency_with_its_rate(
    ada: httpx.AsyncClient, books: Books
) -> None:
    await _observe(books)
    seen = gives(await ada.get(PLACE, params={"on": "2026-11-17"}))
    rows = {row["currency"]["code"]: row for row in seen["items"]}
    assert (seen["base"], seen["fresh"], seen["newest"]) == ("EUR", 2, "2026-11-17")
    assert rows["USD"]["rate"] == {
        "base": "USD",
        "quote": "EUR",
        "on": "2026-11-17",
        "value": "0.8",
        "known": "direct",
        "derived": False,
        "own": False,
        "sources": ["ecb"],
        "seen_at": "2026-11-17T15:00:00Z",
    }
    unknown = rows["GBP"]["rate"]
    assert (unknown["value"], unknown["known"], unknown["sources"]) == (
        None,
        "unknown",
        [],
    )


async def test_one_currency_is_carried_forward_until_today(
    ada: httpx.AsyncClient, books: Books
) -> None:
    await _observe(books)
    seen = gives(await ada.get(f"{PLACE}/TRY", params={"base": "USD"}))
    assert seen["currency"]["name"] == "Turkish Lira"
    assert (seen["rate"]["on"], seen["rate"]["known"]) == ("2026-11-18", "carried")
    unknown = await ada.get(f"{PLACE}/NOPE")
    refuses(unknown, 422, "currency")
    assert unknown.json()["detail"] == "There is no currency with the code NOPE."
    refuses(await ada.get(f"{PLACE}/TRY", params={"base": "NOPE"}), 422, "currency")


@pytest.mark.parametrize("side", ["from", "to"])
async def test_unknown_side_of_a_conversion_is_named(
    ada: httpx.AsyncClient, side: str
) -> None:
    asked = {"from": "EUR", "to": "TRY", "amount": "1"} | {side: "QQQ"}
    refuses(await ada.get(f"{PLACE}/convert", params=asked), 422, side)


async def test_code_in_an_address_may_be_small(ada: httpx.AsyncClient) -> None:
    assert gives(await ada.get(f"{PLACE}/usd"))["currency"]["code"] == "USD"


async def test_codes_in_a_question_may_be_small(
    ada: httpx.AsyncClient, books: Books
) -> None:
    await _observe(books)
    asked = {"from": "usd", "to": "try", "amount": "10"}
    seen = gives(await ada.get(f"{PLACE}/convert", params=asked))
    assert seen["result"] == {"amount": "440.00", "currency": "TRY"}
    asked = {"codes": ["usd", "Try"], "base": "eur", "period": "1W"}
    items = gives(await ada.get(f"{PLACE}/compare", params=asked))["items"]
    assert [(one["base"], one["quote"]) for one in items] == [
        ("USD", "EUR"),
        ("TRY", "EUR"),
    ]
    assert gives(await ada.get(PLACE, params={"base": "usd"}))["base"] == "USD"
    asked = {"base": "usd"}
    assert gives(await ada.get(f"{PLACE}/TRY", params=asked))["rate"]["quote"] == "USD"
    own = await ada.get("/api/v1/own-rates", params={"currency": "usd"})
    assert gives(own)["items"] == []


async def test_comparison_says_what_is_wrong_with_its_codes(
    ada: httpx.AsyncClient,
) -> None:
    place = f"{PLACE}/compare?codes="
    twice = await ada.get(place + "USD&codes=USD")
    refuses(twice, 422, "codes")
    assert twice.json()["detail"] == "USD is there twice."
    five = await ada.get(place + "USD&codes=EUR&codes=TRY&codes=GBP&codes=CHF")
    refuses(five, 422, "codes")
    assert five.json()["detail"] == "At most 4 can be given."


async def test_what_a_law_fixed_is_told_as_such(ada: httpx.AsyncClient) -> None:
    asked = {"from": "TRL", "to": "TRY", "amount": "1000000000"}
    seen = gives(await ada.get(f"{PLACE}/convert", params=asked))
    assert seen["result"] == {"amount": "1000.00", "currency": "TRY"}
    rate = seen["rate"]
    assert (rate["known"], rate["sources"], rate["seen_at"]) == ("fixed", [], None)


async def test_latest_leaves_out_what_nobody_knows(
    ada: httpx.AsyncClient, books: Books
) -> None:
    await _observe(books)
    items = gives(await ada.get(f"{PLACE}/latest/USD"))["items"]
    said = [one for one in items if one["quote"] not in fixed_rates()]
    assert [(one["quote"], one["value"]) for one in said] == [
        ("EUR", "0.8"),
        ("TRY", "44"),
    ]
    refuses(await ada.get(f"{PLACE}/latest/NOPE"), 422, "currency")


async def test_conversion_names_its_rate(ada: httpx.AsyncClient, books: Books) -> None:
    await _observe(books)
    asked = {"from": "EUR", "to": "TRY", "amount": "10", "on": "2026-11-17"}
    seen = gives(await ada.get(f"{PLACE}/convert", params=asked))
    assert seen["result"] == {"amount": "550.00", "currency": "TRY"}
    assert (seen["rate"]["value"], seen["rate"]["known"]) == ("55", "direct")
    unknown = gives(await ada.get(f"{PLACE}/convert", params=asked | {"to": "GBP"}))
    assert (unknown["result"], unknown["rate"]["value"]) == (None, None)


async def test_history_is_day_by_day(ada: httpx.AsyncClient, books: Books) -> None:
    await _observe(books)
    seen = gives(await ada.get(f"{PLACE}/USD/history/EUR", params={"period": "1W"}))
    assert [(one["on"], one["known"]) for one in seen["items"]] == [
        ("2026-11-17", "direct"),
        ("2026-11-18", "carried"),
    ]
    assert (seen["low"], seen["high"], seen["average"]) == ("0.8", "0.8", "0.8")
    assert seen["step"] == 1
    bad = await ada.get(f"{PLACE}/USD/history/EUR", params={"period": "2W"})
    refuses(bad, 422, "period")


async def test_history_ends_on_a_day_and_has_no_echoes(
    ada: httpx.AsyncClient, books: Books
) -> None:
    first = DAY - timedelta(60)
    await observe(books.home, "EUR", {first: "0.8"})
    asked = {"period": "3M", "on": (first + timedelta(1)).isoformat()}
    seen = gives(await ada.get(f"{PLACE}/USD/history/EUR", params=asked))
    assert [one["known"] for one in seen["items"]] == ["direct", "carried"]
    asked = {"period": "3M"}
    seen = gives(await ada.get(f"{PLACE}/USD/history/EUR", params=asked))
    assert len(seen["items"]) == 31


async def test_history_of_years_says_how_many_days_lie_between_its_points(
    ada: httpx.AsyncClient, books: Books
) -> None:
    days = {DAY - timedelta(n): "0.8" for n in range(1700)}
    top = DAY - timedelta(1001)
    await observe(books.home, "EUR", days | {top: "0.9", top - timedelta(2): "0.7"})
    seen = gives(await ada.get(f"{PLACE}/USD/history/EUR", params={"period": "5Y"}))
    assert (seen["step"], seen["low"], seen["high"]) == (5, "0.7", "0.9")
    first = (DAY - timedelta(1699)).isoformat()
    said = [one["on"] for one in seen["items"]]
    assert said[0] == first
    assert top.isoformat() in said


async def test_pair_says_how_far_it_moved(ada: httpx.AsyncClient, books: Books) -> None:
    await observe(books.home, "EUR", {date(2026, 11, 10): "0.5", DAY: "0.8"})
    seen = gives(await ada.get(f"{PLACE}/USD/to/EUR"))
    assert (seen["rate"]["value"], seen["known_since"]) == ("0.8", "2026-11-10")
    moves = {move["span"]: move for move in seen["moves"]}
    assert moves["1W"] == {
        "span": "1W",
        "since": "2026-11-10",
        "value": "0.3",
        "ratio": "0.6",
    }
    assert (moves["1Y"]["value"], moves["1Y"]["ratio"]) == (None, None)
    assert seen["until"] == str(DAY)
    refuses(await ada.get(f"{PLACE}/NOPE/to/EUR"), 422, "currency")


async def test_pair_of_an_old_rate_says_up_to_when_it_moved(
    ada: httpx.AsyncClient, books: Books
) -> None:
    seen_on = {date(2026, 10, 29): "0.5", date(2026, 10, 30): "0.8"}
    await observe(books.home, "EUR", seen_on)
    seen = gives(await ada.get(f"{PLACE}/USD/to/EUR"))
    assert seen["until"] == "2026-10-30"
    assert (seen["moves"][0]["span"], seen["moves"][0]["ratio"]) == ("1D", "0.6")
    row = gives(await ada.get(f"{PLACE}/USD"))
    assert (row["change"], row["rate"]["known"]) == (None, "carried")


async def test_compared_currencies_have_the_same_days(
    ada: httpx.AsyncClient, books: Books
) -> None:
    await _observe(books)
    asked = {"codes": ["USD", "TRY", "GBP"], "period": "1W"}
    items = gives(await ada.get(f"{PLACE}/compare", params=asked))["items"]
    assert [one["base"] for one in items] == ["USD", "TRY", "GBP"]
    assert [[point["on"] for point in one["items"]] for one in items] == [
        ["2026-11-17", "2026-11-18"],
        ["2026-11-17", "2026-11-18"],
        [],
    ]
    spans = [(one["since"], one["until"]) for one in items]
    assert spans == [("2026-11-17", "2026-11-18")] * 2 + [(None, None)]
    many = {"codes": ["USD", "TRY", "GBP", "CHF", "JPY"]}
    refuses(await ada.get(f"{PLACE}/compare", params=many), 422, "codes")


async def test_currencies_are_followed_and_left(ada: httpx.AsyncClient) -> None:
    place = "/api/v1/me/currencies"
    assert gives(await ada.put(f"{place}/TRY"))["items"] == ["TRY"]
    assert gives(await ada.put(f"{place}/dem"))["items"] == ["TRY", "DEM"]
    assert gives(await ada.delete(f"{place}/try"))["items"] == ["DEM"]
    assert gives(await ada.get(place))["items"] == ["DEM"]
    refuses(await ada.put(f"{place}/NOPE"), 422, "currency")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("amount", "NaN"),
        ("amount", "1e999999"),
        ("amount", "1,50"),
        ("on", "2026-02-31"),
        ("on", "2026-11-19"),
        ("on", "2199-01-01"),
        ("from", "NOPE"),
        ("to", "NOPE"),
    ],
)
async def test_bad_question_is_refused(
    ada: httpx.AsyncClient, name: str, value: str
) -> None:
    asked = {"from": "EUR", "to": "TRY", "amount": "10", "on": "2026-11-17"}
    refuses(await ada.get(f"{PLACE}/convert", params=asked | {name: value}), 422)


async def test_history_of_a_day_has_the_instants_of_what_was_seen(
    ada: httpx.AsyncClient, books: Books
) -> None:
    now = books.home.clock()
    await observe_at(books.home, "BTC", {now - timedelta(hours=2): "2", now: "4"})
    place = f"{PLACE}/USD/history/BTC"
    items = gives(await ada.get(place, params={"period": "1D"}))["items"]
    assert [(one["value"], one["known"]) for one in items] == [
        ("2", "direct"),
        ("2", "carried"),
        ("4", "direct"),
    ]
    assert datetime.fromisoformat(items[-1]["at"]) == now
    days = gives(await ada.get(place, params={"period": "1M"}))["items"]
    assert {one["at"] for one in days} == {None}
