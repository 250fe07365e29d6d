"""Reconciliations over REST: compared, balanced, finished, opened, unlocked."""

from typing import Any

import httpx
import pytest

from tests.api.asking import gives, refuses
from tests.api.places import DAY, PLACE, Places, euro

HERE = "/api/v1/reconciliations"
END = "2026-03-31"


def statement(places: Places, amount: str, **more: Any) -> dict[str, Any]:
    said = {"account_id": places.bank, "statement_on": END, "balance": euro(amount)}
    return {**said, **more}


@pytest.fixture
async def spent(ada: httpx.AsyncClient, places: Places) -> int:
    """12.50 on 5 March, cleared; the bank had 100."""
    made = gives(await ada.post(PLACE, json=places.expense()), 201)["item"]
    body = {"transaction_ids": [made["id"]], "cleared": True}
    done = gives(await ada.post(f"{PLACE}/clear", json=body))
    assert done["item"] == {"changed": 1}
    return int(made["id"])


async def test_statement_is_compared_balanced_and_finished(
    ada: httpx.AsyncClient, places: Places, spent: int
) -> None:
    assert spent
    said = statement(places, "86.00")
    seen = gives(await ada.post(f"{HERE}/preview", json=said))
    assert seen["cleared"] == euro("87.50")
    assert seen["difference"] == euro("-1.50")
    assert refuses(await ada.post(HERE, json=said), 409)["code"] == "conflict"
    lacking = {"difference": euro("-1.50"), "category_id": places.food}
    made = gives(await ada.post(f"{HERE}/balance", json=said | lacking), 201)["item"]
    assert made["postings"][0]["cleared_at"]
    answer = await ada.post(HERE, json=said)
    done = gives(answer, 201)["item"]
    assert gives(await ada.get(answer.headers["location"])) == done
    assert (done["closed_by"], done["is_newest"]) == ("Ada", True)
    query = {"account_id": places.bank}
    assert gives(await ada.get(HERE, params=query))["items"] == [done]
    opened = gives(await ada.post(f"{HERE}/{done['id']}/reopen"))["item"]
    assert opened["opened_by_command"] == "reconciliation.reopen"
    again = refuses(await ada.post(f"{HERE}/{done['id']}/reopen"), 409)
    assert "open already" in again["detail"]


async def test_preview_without_a_balance_takes_what_is_cleared(
    ada: httpx.AsyncClient, places: Places
) -> None:
    asked = {"account_id": places.bank, "statement_on": END}
    seen = gives(await ada.post(f"{HERE}/preview", json=asked))
    assert (seen["balance"], seen["is_locked"]) == (euro("100.00"), False)


async def test_same_key_finishes_once(
    ada: httpx.AsyncClient, places: Places, spent: int
) -> None:
    assert spent
    headers = {"Idempotency-Key": "once"}
    said = statement(places, "87.50")
    twice = [
        gives(await ada.post(HERE, json=said, headers=headers), 201) for _ in range(2)
    ]
    assert twice[0] == twice[1]
    assert "already" in refuses(await ada.post(HERE, json=said), 409)["detail"]


async def test_reconciled_transaction_changes_with_unlock_alone(
    ada: httpx.AsyncClient, places: Places, spent: int
) -> None:
    gives(await ada.post(HERE, json=statement(places, "87.50")), 201)
    here = f"{PLACE}/{spent}"
    edit = places.expense("13", version=1)
    problem = refuses(await ada.put(here, json=edit), 409)
    assert problem["code"] == "reconciled"
    assert "statement of 2026-03-31" in problem["detail"]
    words = places.expense(version=1, payee="Other")
    assert gives(await ada.put(here, json=words))["item"]["payee"] == "Other"
    gives(await ada.put(here, json=edit | {"version": 2, "unlock": True}))
    (opened,) = gives(await ada.get(HERE))["items"]
    assert opened["opened_by_command"] == "transaction.edit"


async def test_void_and_new_in_a_locked_period_want_unlock(
    ada: httpx.AsyncClient, places: Places, spent: int
) -> None:
    gives(await ada.post(HERE, json=statement(places, "87.50")), 201)
    late = places.expense("1")
    assert late["on_date"] == DAY
    assert refuses(await ada.post(PLACE, json=late), 409)["code"] == "reconciled"
    gives(await ada.post(PLACE, json=late | {"unlock": True}), 201)
    void = {"version": 1}
    place = f"{PLACE}/{spent}/void"
    assert refuses(await ada.post(place, json=void), 409)["code"] == "reconciled"
    gives(await ada.post(place, json=void | {"unlock": True}))


async def test_list_is_narrowed_to_what_is_not_cleared(
    ada: httpx.AsyncClient, places: Places, spent: int
) -> None:
    fresh = gives(await ada.post(PLACE, json=places.expense("1")), 201)["item"]["id"]

    async def found(**wanted: object) -> list[int]:
        query = {"account_id": places.bank, **wanted}
        answer = gives(await ada.get(PLACE, params=query))  # pyright: ignore[reportArgumentType] - httpx writes booleans itself
        return [item["id"] for item in answer["items"]]

    assert await found(cleared="false") == [fresh]
    assert spent in await found(cleared="true")
    assert await found(reconciled="true") == []


async def test_reconciled_mark_is_not_taken_away(
    ada: httpx.AsyncClient, places: Places, spent: int
) -> None:
    gives(await ada.post(HERE, json=statement(places, "87.50")), 201)
    body = {"transaction_ids": [spent], "cleared": False}
    assert refuses(await ada.post(f"{PLACE}/clear", json=body), 409)["code"] == (
        "reconciled"
    )
