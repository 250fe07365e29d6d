"""Categories over REST."""

import httpx
import pytest

from tests.api.asking import gives, refuses

PLACE = "/api/v1/categories"
FOOD = {"name": "Food", "kind": "expense"}


async def test_category_is_added_moved_and_merged(ada: httpx.AsyncClient) -> None:
    answer = await ada.post(PLACE, json=FOOD)
    food = gives(answer, 201)["item"]
    assert gives(await ada.get(answer.headers["location"])) == food
    below = FOOD | {"name": "Groceries", "parent_id": food["id"]}
    groceries = gives(await ada.post(PLACE, json=below), 201)["item"]
    here = f"{PLACE}/{groceries['id']}"
    edited = gives(await ada.put(here, json={"version": 1, "name": "Market"}))["item"]
    assert (edited["name"], edited["parent_id"]) == ("Market", None)
    merge = {"version": 2, "into_id": food["id"]}
    assert (
        gives(await ada.post(f"{here}/merge", json=merge))["item"]["id"] == (food["id"])
    )
    listed = gives(await ada.get(PLACE))
    assert [item["name"] for item in listed["items"]] == ["Food"]
    refuses(await ada.get(here), 404)


async def test_slower_of_two_tabs_gets_both_versions(ada: httpx.AsyncClient) -> None:
    food = gives(await ada.post(PLACE, json=FOOD), 201)["item"]
    here = f"{PLACE}/{food['id']}"
    gives(await ada.put(here, json={"version": 1, "name": "Meals"}))
    problem = refuses(await ada.put(here, json={"version": 1, "name": "Eat"}), 409)
    assert problem["present"]["name"] == "Meals"


async def test_repeated_key_adds_once(ada: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "once"}
    twice = [await ada.post(PLACE, json=FOOD, headers=headers) for _ in range(2)]
    assert gives(twice[0], 201) == gives(twice[1], 201)
    assert len(gives(await ada.get(PLACE))["items"]) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"kind": "asset"}, "kind"),
        ({"parent_id": 0}, "parent_id"),
        ({"parent_id": 2**63}, "parent_id"),
        ({"parent_id": "1"}, "parent_id"),
    ],
)
async def test_bad_input_names_its_field(
    ada: httpx.AsyncClient, changed: dict[str, object], field: str
) -> None:
    refuses(await ada.post(PLACE, json=FOOD | changed), 422, field)
