"""Rules, tags and the review over REST, as a program uses them."""

from typing import Any

import httpx
import pytest

from tests.api.asking import gives, refuses
from tests.api.places import Places

PLACE = "/api/v1/rules"


def rule(words: str, **actions: Any) -> dict[str, Any]:
    condition = {"field": "payee", "test": "contains", "words": words}
    return {"conditions": [condition], "actions": actions}


async def spend(ada: httpx.AsyncClient, places: Places, **more: Any) -> Any:
    body = places.expense(**more)
    return gives(await ada.post("/api/v1/transactions", json=body), 201)["item"]


async def test_rule_is_added_previewed_applied_and_undone(
    ada: httpx.AsyncClient, places: Places
) -> None:
    await spend(ada, places)
    given = rule("caf", payee="Coffee", tags=["out"])
    preview = gives(await ada.post(f"{PLACE}/preview", json=given))
    assert (preview["count"], preview["items"][0]["after"]["payee"]) == (1, "Coffee")
    made = await ada.post(PLACE, json=given)
    item = gives(made, 201)["item"]
    assert made.headers["Location"] == f"/api{PLACE[4:]}/{item['id']}"
    done = gives(await ada.post(f"{PLACE}/{item['id']}/apply", json={"version": 1}))
    assert done["item"]["changed"] == 1
    (found,) = gives(await ada.get("/api/v1/transactions?q=coffee"))["items"]
    assert found["tags"] == ["out"]
    (tag,) = gives(await ada.get("/api/v1/tags"))["items"]
    assert (tag["name"], tag["count"]) == ("out", 1)
    listed = gives(await ada.get(f"/api/v1/transactions?tag_id={tag['id']}"))
    assert [one["id"] for one in listed["items"]] == [found["id"]]
    gives(await ada.post(f"/api/v1/changes/{done['change_id']}/undo"))
    assert gives(await ada.get("/api/v1/transactions?q=coffee"))["items"] == []


async def test_order_switch_edit_and_removal(
    ada: httpx.AsyncClient, places: Places
) -> None:
    first, second = [
        gives(await ada.post(PLACE, json=rule(name, payee=name)), 201)["item"]["id"]
        for name in "ab"
    ]
    order = gives(await ada.put(f"{PLACE}/order", json={"ids": [second, first]}))
    assert [one["id"] for one in order["item"]["items"]] == [second, first]
    version = order["item"]["items"][0]["version"]
    off = {"version": version, "is_on": False}
    off = gives(await ada.post(f"{PLACE}/{second}/switch", json=off))["item"]
    assert off["is_on"] is False
    edit = rule("b", shares=[{"category_id": places.food}])
    stale = await ada.put(f"{PLACE}/{second}", json=edit | {"version": version})
    assert refuses(stale, 409)["present"]["is_on"] is False
    done = gives(
        await ada.put(f"{PLACE}/{second}", json=edit | {"version": off["version"]})
    )["item"]
    assert done["shares"] == [{"category_id": places.food, "percent": 100}]
    gone = await ada.delete(f"{PLACE}/{second}", params={"version": done["version"]})
    assert gives(gone)["item"]["is_removed"]
    assert [one["id"] for one in gives(await ada.get(PLACE))["items"]] == [first]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (rule(""), "conditions.0.words"),
        (rule("x"), "actions"),
        ({"conditions": [], "actions": {"payee": "x"}}, "conditions"),
    ],
)
async def test_rule_that_cannot_be_names_its_field(
    ada: httpx.AsyncClient, given: dict[str, Any], field: str
) -> None:
    said = refuses(await ada.post(PLACE, json=given), 422)
    assert [error["field"] for error in said["errors"]] == [field]


async def test_tags_are_renamed_merged_and_removed(
    ada: httpx.AsyncClient, places: Places
) -> None:
    await spend(ada, places, tags=["a", "b"])
    a, b = gives(await ada.get("/api/v1/tags"))["items"]
    place = f"/api/v1/tags/{a['id']}"
    named = gives(await ada.put(place, json={"version": 1, "name": "A!"}))
    assert named["item"]["name"] == "A!"
    merge = {"version": 2, "into_id": b["id"]}
    merged = gives(await ada.post(f"{place}/merge", json=merge))
    assert merged["item"]["count"] == 1
    gone = await ada.delete(f"/api/v1/tags/{b['id']}", params={"version": 1})
    assert gives(gone)["change_id"]
    assert gives(await ada.get("/api/v1/tags"))["items"] == []


async def test_several_tags_become_one(ada: httpx.AsyncClient, places: Places) -> None:
    await spend(ada, places, tags=["a", "b", "c"])
    a, b, c = gives(await ada.get("/api/v1/tags"))["items"]
    going = [{"id": one["id"], "version": 1} for one in (a, b)]
    body = {"tags": going, "into_id": c["id"]}
    done = gives(await ada.post("/api/v1/tags/merge", json=body))
    assert (done["item"]["name"], done["item"]["count"]) == ("c", 1)
    gives(await ada.post(f"/api/v1/changes/{done['change_id']}/undo"))
    assert len(gives(await ada.get("/api/v1/tags"))["items"]) == 3
    refuses(await ada.post("/api/v1/tags/merge", json=body | {"tags": []}), 422, "tags")


async def test_review_lists_and_settles_a_payee(
    ada: httpx.AsyncClient, places: Places
) -> None:
    assert gives(await ada.get("/api/v1/review")) == {"groups": [], "left": 0}
    assert gives(await ada.get("/api/v1/review/count")) == {"left": 0}
    given = {"place": "x", "kind": "expense", "category_id": places.food}
    assert refuses(await ada.post("/api/v1/review", json=given), 404)
