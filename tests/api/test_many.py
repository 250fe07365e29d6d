"""Many transactions changed by one request: named, or kept by a filter."""

from typing import Any

import httpx
import pytest

from tests.api.asking import gives, refuses
from tests.api.places import DAY, PLACE, Places

CHANGE = f"{PLACE}/change"


async def record(ada: httpx.AsyncClient, places: Places, *amounts: str) -> list[int]:
    made = [
        gives(await ada.post(PLACE, json=places.expense(amount)), 201)["item"]["id"]
        for amount in amounts
    ]
    return [int(id_) for id_ in made]


def marks(*ids: int, version: int = 1) -> list[dict[str, int]]:
    return [{"id": id_, "version": version} for id_ in ids]


async def test_named_ones_are_changed_once_and_undone_at_once(
    ada: httpx.AsyncClient, places: Places
) -> None:
    ids = await record(ada, places, "1", "2", "3")
    body = {"transactions": marks(*ids[:2]), "category_id": places.salary}
    headers = {"Idempotency-Key": "once"}
    first, again = [
        gives(await ada.post(CHANGE, json=body, headers=headers)) for _ in range(2)
    ]
    assert first == again
    assert first["item"] == {"changed": 2, "left": [], "matched": 0}
    wanted = {"category_id": places.salary}
    assert len(gives(await ada.get(PLACE, params=wanted))["items"]) == 2
    gives(await ada.post(f"/api/v1/changes/{first['change_id']}/undo"))
    assert gives(await ada.get(PLACE, params=wanted))["items"] == []


async def test_what_is_left_is_named_with_its_reason(
    ada: httpx.AsyncClient, places: Places
) -> None:
    ids = await record(ada, places, "1", "2")
    gives(await ada.post(f"{PLACE}/{ids[1]}/void", json={"version": 1}))
    given = [*marks(*ids), *marks(999_999)]
    body = {"transactions": given, "account_id": places.dollars}
    item = gives(await ada.post(CHANGE, json=body))["item"]
    assert item["changed"] == 0
    assert {one["reason"]: one["transaction_ids"] for one in item["left"]} == {
        "other-currency": [ids[0]],
        "changed-meanwhile": [ids[1]],
        "not-found": [999_999],
    }


async def test_mark_of_the_bank_is_given_for_one_account(
    ada: httpx.AsyncClient, places: Places
) -> None:
    ids = await record(ada, places, "1")
    body = {"transactions": marks(*ids), "cleared": True}
    other = await ada.post(CHANGE, json=body | {"account_id": places.dollars})
    left = [{"reason": "not-on-account", "transaction_ids": ids}]
    assert gives(other)["item"] == {"changed": 0, "left": left, "matched": 0}
    assert gives(await ada.post(CHANGE, json=body))["item"]["changed"] == 1


async def test_filter_with_a_seal_changes_what_was_counted(
    ada: httpx.AsyncClient, places: Places
) -> None:
    await record(ada, places, "1", "2")
    wanted = {"q": "café", "since": DAY, "min": "0.50"}
    seen = gives(await ada.get(f"{PLACE}/selection", params=wanted))
    assert seen["count"] == 2
    body = {"filter": wanted, "seal": seen["seal"], "add_tags": ["trip"]}
    assert gives(await ada.post(CHANGE, json=body))["item"]["changed"] == 2
    (tag,) = gives(await ada.get("/api/v1/tags"))["items"]
    assert (tag["name"], tag["count"], tag["last_on"]) == ("trip", 2, DAY)
    assert refuses(await ada.post(CHANGE, json=body), 409)["code"] == "stale-version"
    body = {"filter": wanted, "remove_tags": ["Trip"], "add_tags": ["home"]}
    assert gives(await ada.post(CHANGE, json=body))["item"]["changed"] == 2


async def test_ten_thousand_ids_fit_and_one_more_does_not(
    ada: httpx.AsyncClient, places: Places
) -> None:
    (id_,) = await record(ada, places, "1")
    many = marks(id_, *range(10**12, 10**12 + 9_999))
    body: dict[str, Any] = {"transactions": many, "void": True}
    item = gives(await ada.post(CHANGE, json=body))["item"]
    assert item["changed"] == 1
    more = body | {"transactions": [*many, *marks(5)]}
    refuses(await ada.post(CHANGE, json=more), 422, "transactions")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({}, ""),
        ({"void": True, "on_date": DAY}, ""),
        ({"void": 1}, "void"),
        ({"void": True, "filter": {}}, ""),
        ({"void": True, "filter": {"account_id": "1"}}, "filter.account_id"),
        ({"void": True, "filter": {"surprise": 1}}, "filter.surprise"),
        ({"on_date": "soon"}, "on_date"),
        ({"add_tags": ["a,b"]}, "add_tags"),
        ({"remove_tags": ["a", "a,b"]}, "remove_tags"),
        ({"add_tags": ["a"], "remove_tags": ["A"]}, "add_tags"),
        ({"category_id": 0}, "category_id"),
    ],
)
async def test_bad_change_names_its_field(
    ada: httpx.AsyncClient, places: Places, more: dict[str, Any], field: str
) -> None:
    (id_,) = await record(ada, places, "1")
    body = {"transactions": marks(id_), **more}
    refuses(await ada.post(CHANGE, json=body), 422, field)
