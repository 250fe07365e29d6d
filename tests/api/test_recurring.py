"""What comes again, over REST."""

from typing import Any

import httpx
import pytest

from tests.api.asking import gives, refuses
from tests.api.places import Places, amounts, dollar, euro
from tests.books import Books

PLACE = "/api/v1/recurring"
TODAY = "2026-11-18"


def rent(places: Places, **more: Any) -> dict[str, Any]:
    return {
        "name": "Landlord",
        "account_id": places.bank,
        "other_id": places.food,
        "amount": euro("-80.00"),
        "pattern": "month-day",
        "day": 20,
        "starts_on": "2026-01-01",
        **more,
    }


async def test_item_is_added_edited_and_ended(
    ada: httpx.AsyncClient, places: Places
) -> None:
    answer = await ada.post(PLACE, json=rent(places))
    item = gives(answer, 201)["item"]
    assert item["next"] == {"rule_on": "2026-11-20", "due_on": "2026-11-20"}
    assert (item["pattern"], item["day"], item["ends_on"]) == ("month-day", 20, None)
    here = f"{PLACE}/{item['id']}"
    assert answer.headers["location"] == here
    edit = rent(places, version=1, shift="after", day=21)
    assert gives(await ada.put(here, json=edit))["item"]["next"] == {
        "rule_on": "2026-11-21",
        "due_on": "2026-11-23",
    }
    stale = refuses(await ada.put(here, json=edit), 409)
    assert stale["present"]["day"] == 21
    ended = gives(await ada.post(f"{here}/end", json={"version": 2}))["item"]
    assert (ended["ends_on"], ended["next"]) == (TODAY, None)
    assert gives(await ada.get(here)) == ended
    assert gives(await ada.get(PLACE))["items"] == [ended]


async def test_dates_are_booked_and_skipped_once(
    ada: httpx.AsyncClient, places: Places
) -> None:
    item = gives(await ada.post(PLACE, json=rent(places)), 201)["item"]
    here = f"{PLACE}/{item['id']}"
    booking = {"rule_on": "2026-11-20", "on_date": TODAY, "amount": euro("-79.00")}
    booked = gives(await ada.post(f"{here}/book", json=booking))["item"]
    assert (booked["on_date"], booked["payee"]) == (TODAY, "Landlord")
    refuses(await ada.post(f"{here}/book", json=booking), 409)
    skip = {"rule_on": "2026-12-20"}
    skipped = gives(await ada.post(f"{here}/skip", json=skip))["item"]
    assert skipped["next"]["due_on"] == "2027-01-20"
    refuses(await ada.post(f"{here}/skip", json={"rule_on": "2026-12-21"}), 404)
    span = {"since": TODAY, "until": "2027-01-20"}
    calendar = gives(await ada.get(f"{PLACE}/calendar", params=span))
    assert [(one["due_on"], one["outcome"]) for one in calendar["dates"]] == [
        ("2026-11-20", "booked"),
        ("2026-12-20", "skipped"),
        ("2027-01-20", "coming"),
    ]
    assert calendar["dates"][0]["amount"] == euro("-79.00")
    assert calendar["waiting"] == []
    assert {tuple(one["locks"]) for one in calendar["dates"]} == {()}


async def test_repeated_key_books_once(ada: httpx.AsyncClient, places: Places) -> None:
    today = rent(places, pattern="weeks", starts_on=TODAY)
    item = gives(await ada.post(PLACE, json=today), 201)["item"]
    headers = {"Idempotency-Key": "once"}
    body = {"rule_on": TODAY}
    book = f"{PLACE}/{item['id']}/book"
    twice = [await ada.post(book, json=body, headers=headers) for _ in range(2)]
    assert gives(twice[0]) == gives(twice[1])


async def test_forecast_warns_before_the_account_is_empty(
    ada: httpx.AsyncClient, places: Places
) -> None:
    gives(await ada.post(PLACE, json=rent(places)), 201)
    (found,) = gives(await ada.get(f"{PLACE}/forecast"))["items"]
    assert (found["name"], found["dry_on"]) == ("Bank", "2026-12-20")
    assert found["lowest"] == {"on": "2027-01-20", "balance": euro("-140.00")}
    assert len(found["points"]) == 91


async def test_suggestion_is_found_and_dismissed(
    ada: httpx.AsyncClient, places: Places, books: Books
) -> None:
    for month in (9, 10, 11):
        entry = places.expense(payee="Film club") | {"on_date": f"2026-{month:02}-03"}
        gives(await ada.post("/api/v1/transactions", json=entry), 201)
    (found,) = gives(await ada.get(f"{PLACE}/suggestions"))["items"]
    assert (found["name"], found["pattern"], found["day"]) == (
        "Film club",
        "month-day",
        3,
    )
    mark = {"mark": found["mark"]}
    done = gives(await ada.post(f"{PLACE}/suggestions/dismiss", json=mark))
    assert gives(await ada.get(f"{PLACE}/suggestions"))["items"] == []
    await books.undo(done["change_id"])
    assert gives(await ada.get(f"{PLACE}/suggestions"))["items"] == [found]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"every": 0}, "every"),
        ({"day": 32}, "day"),
        ({"pattern": "hourly"}, "pattern"),
        ({"shift": "up"}, "shift"),
        ({"starts_on": "2026-02-30"}, "starts_on"),
        ({"ends_on": "2025-12-31"}, "ends_on"),
        ({"name": " "}, "name"),
        ({"amount": euro("0")}, "amount"),
        ({"every": 2**40}, "every"),
        ({"extra": 1}, "extra"),
    ],
)
async def test_bad_input_names_its_field(
    ada: httpx.AsyncClient, places: Places, changed: dict[str, Any], field: str
) -> None:
    refuses(await ada.post(PLACE, json=rent(places, **changed)), 422, field)
    assert gives(await ada.get(PLACE))["items"] == []


@pytest.mark.parametrize(
    "span",
    [
        {"since": TODAY, "until": "2026-11-16"},
        {"since": TODAY, "until": "2199-01-01"},
        {"since": "never"},
    ],
)
async def test_impossible_span_is_refused(
    ada: httpx.AsyncClient, span: dict[str, str]
) -> None:
    refuses(await ada.get(f"{PLACE}/calendar", params=span), 422)


async def test_transfer_between_two_currencies_has_both_amounts(
    ada: httpx.AsyncClient, places: Places
) -> None:
    move = rent(places, other_id=places.dollars)
    problem = refuses(await ada.post(PLACE, json=move), 422)
    assert [one["field"] for one in problem["errors"]] == ["received"]
    pound = {**move, "received": {"amount": "5", "currency": "GBP"}}
    refuses(await ada.post(PLACE, json=pound), 422, "received")
    given = {**move, "received": dollar("90.00")}
    item = gives(await ada.post(PLACE, json=given), 201)["item"]
    assert (item["amount"], item["received"]) == (euro("-80.00"), dollar("90.00"))
    booking = {"rule_on": "2026-11-20", "received": dollar("88.50")}
    here = f"{PLACE}/{item['id']}/book"
    booked = gives(await ada.post(here, json=booking))["item"]
    assert [(amount, code) for _, amount, code in amounts(booked)] == [
        ("-80.00", "EUR"),
        ("88.50", "USD"),
    ]


async def test_forecast_of_all_accounts_is_one_sum(
    ada: httpx.AsyncClient, places: Places
) -> None:
    gives(await ada.post(PLACE, json=rent(places)), 201)
    found = gives(await ada.get(f"{PLACE}/forecast/total"))
    assert len(found["points"]) == 91
    assert found["lowest"]["on"] == "2027-01-20"
    assert found["unconverted"] == []
    assert gives(await ada.get(f"{PLACE}/forecast/total?base=JPY"))["points"] == []
