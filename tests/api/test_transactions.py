"""Transactions over REST: recorded once, listed, edited, voided."""

import httpx
import pytest

from tests.api.asking import gives, refuses
from tests.api.places import DAY, PLACE, Places, amounts, euro


async def test_edit_replaces_and_void_cancels(
    ada: httpx.AsyncClient, places: Places
) -> None:
    made = gives(await ada.post(PLACE, json=places.expense()), 201)["item"]
    here = f"{PLACE}/{made['id']}"
    edit = places.expense("20", version=1, note="more")
    edited = gives(await ada.put(here, json=edit))["item"]
    assert (edited["version"], edited["note"]) == (2, "more")
    problem = refuses(await ada.put(here, json=edit), 409)
    assert problem["present"] == edited
    assert problem["sent"]["version"] == 1
    assert refuses(await ada.post(f"{here}/void", json={"version": 1}), 409)["present"]
    void = gives(await ada.post(f"{here}/void", json={"version": 2}))["item"]
    assert void["voided_at"] == "2026-11-18T12:00:00Z"


async def test_repeated_key_records_once(
    ada: httpx.AsyncClient, places: Places
) -> None:
    headers = {"Idempotency-Key": "once"}
    twice = [
        gives(await ada.post(PLACE, json=places.expense(), headers=headers), 201)
        for _ in range(2)
    ]
    assert twice[0] == twice[1]
    found = gives(await ada.get(PLACE, params={"q": "café"}))["items"]
    assert found == [twice[0]["item"]]


async def test_list_is_filtered_and_paged(
    ada: httpx.AsyncClient, places: Places
) -> None:
    for amount in ("1", "2", "3"):
        gives(await ada.post(PLACE, json=places.expense(amount)), 201)

    async def found(**wanted: str | int) -> list[str]:
        items = gives(await ada.get(PLACE, params=wanted))["items"]
        return [amounts(item)[0][1] for item in items]

    assert await found(category_id=places.food) == ["-3.00", "-2.00", "-1.00"]
    assert await found(account_id=places.dollars) == []
    assert await found(min="2", max="2.50") == ["-2.00"]
    assert await found(q="caf", since=DAY, until=DAY, limit=1) == ["-3.00"]
    assert await found(since="2026-03-06") == []
    first = gives(await ada.get(PLACE, params={"limit": 2}))
    rest = gives(await ada.get(PLACE, params={"limit": 2, "cursor": first["next"]}))
    assert len(first["items"]) == len(rest["items"]) == 2
    assert rest["next"] is None


async def test_totals_and_payees_help(ada: httpx.AsyncClient, places: Places) -> None:
    gives(await ada.post(PLACE, json=places.expense()), 201)
    wanted = {"category_id": places.food}
    totals = gives(await ada.get(f"{PLACE}/totals", params=wanted))
    assert totals["count"] == 1
    assert totals["flows"][0]["went_out"] == euro("12.50")
    days = gives(await ada.get(f"{PLACE}/days", params=wanted))["items"]
    assert [day["on_date"] for day in days] == [DAY]
    assert gives(await ada.get("/api/v1/payees?prefix=ca"))["items"] == ["Café"]
    recalled = gives(await ada.get("/api/v1/payees/recall?payee=Café"))["items"]
    assert recalled[0]["category_id"] == places.food


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("since", "2026-02-31"),
        ("until", "soon"),
        ("min", "NaN"),
        ("max", "1e999999"),
        ("min", "-1"),
        ("account_id", str(2**63)),
        ("category_id", "-1"),
        ("cursor", "1"),
        ("cursor", "20260231-1"),
        ("limit", "101"),
        ("surprise", "1"),
    ],
)
async def test_bad_filter_names_its_field(
    ada: httpx.AsyncClient, name: str, value: str
) -> None:
    field = "" if value == "20260231-1" else name
    refuses(await ada.get(PLACE, params={name: value}), 422, field)


async def test_opening_balance_does_not_move_to_another_account(
    ada: httpx.AsyncClient, places: Places
) -> None:
    pot = {"name": "Pot", "type": "Savings", "opening": euro("0"), "opened_on": DAY}
    other = gives(await ada.post("/api/v1/accounts", json=pot), 201)["item"]["id"]
    (made,) = gives(await ada.get(PLACE, params={"account_id": places.bank}))["items"]
    postings = [
        {"account_id": p["account_id"], "amount": p["amount"]} for p in made["postings"]
    ]
    (place,) = [n for n, p in enumerate(postings) if p["account_id"] == places.bank]
    postings[place]["account_id"] = other
    edit = {"on_date": DAY, "version": made["version"], "postings": postings}
    field = f"postings.{place}.account_id"
    refuses(await ada.put(f"{PLACE}/{made['id']}", json=edit), 422, field)
