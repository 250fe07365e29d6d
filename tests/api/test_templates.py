"""Templates, over REST."""

from typing import Any

import httpx

from tests.api.asking import gives, refuses
from tests.api.places import Places, euro

PLACE = "/api/v1/templates"


def lunch(places: Places, **more: Any) -> dict[str, Any]:
    shares = [{"category_id": places.food, "memo": "soup"}]
    pattern = {"kind": "expense", "account_id": places.bank, "shares": shares}
    return {"name": "Lunch", "payee": "Bar", "tags": ["noon"], **pattern, **more}


def share(places: Places, **more: Any) -> dict[str, Any]:
    return lunch(places, shares=[{"category_id": places.food, **more}])


async def test_template_is_kept_replaced_renamed_and_removed(
    ada: httpx.AsyncClient, places: Places
) -> None:
    answer = await ada.post(PLACE, json=lunch(places))
    kept = gives(answer, 201)["item"]
    here = f"{PLACE}/{kept['id']}"
    assert answer.headers["location"] == here
    assert (kept["amount"], kept["tags"], kept["closed"]) == (None, ["noon"], [])
    assert [(s["category_name"], s["memo"]) for s in kept["shares"]] == [
        ("Food", "soup")
    ]
    assert gives(await ada.get(here)) == kept
    edit = lunch(places, version=1, amount=euro("9.50"), shares=[])
    assert gives(await ada.put(here, json=edit))["item"]["amount"] == euro("9.50")
    stale = refuses(await ada.put(here, json=edit), 409)
    assert stale["present"]["version"] == 2
    name = {"version": 2, "name": "Dinner"}
    named = gives(await ada.post(f"{here}/rename", json=name))["item"]
    assert gives(await ada.get(PLACE))["items"] == [named]
    assert named["name"] == "Dinner"
    refuses(await ada.delete(here, params={"version": 2}), 409)
    gone = gives(await ada.delete(here, params={"version": 3}))
    refuses(await ada.get(here), 404)
    gives(await ada.post(f"/api/v1/changes/{gone['change_id']}/undo"))
    assert gives(await ada.get(here))["name"] == "Dinner"


async def test_repeated_key_keeps_one(ada: httpx.AsyncClient, places: Places) -> None:
    headers = {"Idempotency-Key": "once"}
    twice = [
        gives(await ada.post(PLACE, json=lunch(places), headers=headers), 201)
        for _ in range(2)
    ]
    assert twice[0] == twice[1]
    assert len(gives(await ada.get(PLACE))["items"]) == 1


async def test_wrong_fields_are_named(ada: httpx.AsyncClient, places: Places) -> None:
    for wrong, field in (
        (lunch(places, name=" "), "name"),
        (lunch(places, amount=euro("0")), "amount"),
        (lunch(places, amount={"amount": "5", "currency": "USD"}), "amount"),
        (share(places, amount=euro("0")), "shares.0.amount"),
        (share(places, amount={"amount": "5", "currency": "USD"}), "shares.0.amount"),
        (lunch(places, to_account_id=places.dollars), "to_account_id"),
        (lunch(places, kind="transfer"), "to_account_id"),
        (lunch(places, kind="gift"), "kind"),
    ):
        problem = refuses(await ada.post(PLACE, json=wrong), 422)
        assert [error["field"] for error in problem["errors"]] == [field]
