"""Accounts over REST."""

from typing import Any

import httpx
import pytest

from tests.api.asking import gives, refuses
from tests.api.places import Places
from tests.books import Books
from tests.services.test_surplus import allow

PLACE = "/api/v1/accounts"
CASH = {
    "name": "Cash",
    "type": "Cash",
    "opening": {"amount": "100.00", "currency": "EUR"},
    "opened_on": "2026-01-01",
}


async def test_account_is_opened_found_listed(ada: httpx.AsyncClient) -> None:
    answer = await ada.post(PLACE, json=CASH)
    made = gives(answer, 201)
    assert made["item"]["balance"] == {"amount": "100.00", "currency": "EUR"}
    assert made["item"]["opened_on"] == "2026-01-01"
    assert answer.headers["location"] == f"{PLACE}/{made['item']['id']}"
    assert gives(await ada.get(answer.headers["location"])) == made["item"]
    listed = gives(await ada.get(PLACE))
    assert listed == {"items": [made["item"]], "next": None}


async def test_account_is_edited_closed_and_reopened(ada: httpx.AsyncClient) -> None:
    empty = CASH | {"opening": {"amount": "0", "currency": "JPY"}}
    made = gives(await ada.post(PLACE, json=empty), 201)["item"]
    assert made["balance"] == {"amount": "0", "currency": "JPY"}
    here = f"{PLACE}/{made['id']}"
    edited = gives(await ada.put(here, json={"version": 1, "name": "Purse"}))["item"]
    assert (edited["name"], edited["version"]) == ("Purse", 2)
    for impossible in ("2025-12-31", "2027-01-01"):
        closing = {"version": 2, "on": impossible}
        refuses(await ada.post(f"{here}/close", json=closing), 422, "on")
    closing = {"version": 2, "on": "2026-05-05"}
    closed = gives(await ada.post(f"{here}/close", json=closing))["item"]
    assert closed["closed_on"] == "2026-05-05"
    assert gives(await ada.get(PLACE))["items"] == []
    assert len(gives(await ada.get(PLACE, params={"closed": "true"}))["items"]) == 1
    reopened = gives(await ada.post(f"{here}/reopen", json={"version": 3}))["item"]
    assert reopened["closed_on"] is None


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("0.12345678", "SOL"), ("10000000.00000000", "DOGE"), ("-5.00000000", "USDT"),
     ("9999999999999.99", "PEPE"), ("0.000001", "XAU")],
)  # fmt: skip
async def test_account_is_opened_in_coins_and_metals(
    ada: httpx.AsyncClient, amount: str, currency: str
) -> None:
    opening = {"amount": amount, "currency": currency}
    made = gives(await ada.post(PLACE, json=CASH | {"opening": opening}), 201)["item"]
    assert (made["currency"], made["balance"]) == (currency, opening)


async def test_same_key_opens_one_account(ada: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "k1"}
    twice = [await ada.post(PLACE, json=CASH, headers=headers) for _ in range(2)]
    assert gives(twice[0], 201) == gives(twice[1], 201)
    assert twice[0].headers["location"] == twice[1].headers["location"]
    other = await ada.post(PLACE, json=CASH | {"name": "Box"}, headers=headers)
    assert refuses(other, 422)["code"] == "key-reused"


async def test_slower_of_two_tabs_gets_both_versions(ada: httpx.AsyncClient) -> None:
    made = gives(await ada.post(PLACE, json=CASH), 201)["item"]
    here = f"{PLACE}/{made['id']}"
    gives(await ada.put(here, json={"version": 1, "name": "First tab"}))
    mine = {"version": 1, "name": "Second tab"}
    problem = refuses(await ada.put(here, json=mine), 409)
    assert problem["code"] == "stale-version"
    assert (problem["present"]["name"], problem["present"]["version"]) == (
        "First tab",
        2,
    )
    assert problem["sent"] == mine


async def test_curve_has_a_point_for_each_day(ada: httpx.AsyncClient) -> None:
    made = gives(await ada.post(PLACE, json=CASH), 201)["item"]
    here = f"{PLACE}/{made['id']}/curve"
    curve = gives(await ada.get(here, params={"period": "2026-01"}))
    assert len(curve["points"]) == 31
    first = {"on": "2026-01-01", "balance": CASH["opening"]}
    assert curve["points"][0] == first
    assert len(gives(await ada.get(here))["points"]) == 30


async def test_period_that_is_none_names_its_field(ada: httpx.AsyncClient) -> None:
    made = gives(await ada.post(PLACE, json=CASH), 201)["item"]
    for text in ("2026-13", "NaN", "1e999999", "2026-02-31"):
        answer = await ada.get(f"{PLACE}/{made['id']}/curve", params={"period": text})
        assert refuses(answer, 422, "period")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 501}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"note": "a\x00b"}, "note"),
        ({"name": 5}, "name"),
        ({"type": "Wallet"}, "type"),
        ({"opened_on": "2026-02-31"}, "opened_on"),
        ({"opened_on": 0}, "opened_on"),
        ({"opened_on": "\uff12026-01-01"}, "opened_on"),
        ({"opened_on": "1700-01-01"}, "opened_on"),
        ({"opening": {"amount": "NaN", "currency": "EUR"}}, "opening.amount"),
        ({"opening": {"amount": "1e999999", "currency": "EUR"}}, "opening.amount"),
        ({"opening": {"amount": "١٢", "currency": "EUR"}}, "opening.amount"),
        ({"opening": {"amount": "12.345", "currency": "EUR"}}, "opening.amount"),
        (
            {"opening": {"amount": "10000000000000.01", "currency": "EUR"}},
            "opening.amount",
        ),
        ({"opening": {"amount": 12.5, "currency": "EUR"}}, "opening.amount"),
        ({"opening": {"amount": "12.50", "currency": "XXQ"}}, "opening.currency"),
        ({"opening": {"amount": "12.50", "currency": "DEM"}}, "opening.currency"),
        ({"opening": {"amount": "0.123456789", "currency": "SOL"}}, "opening.amount"),
        ({"opening": {"amount": "10000000.1", "currency": "SOL"}}, "opening.amount"),
        ({"opening": "12.50 EUR"}, "opening"),
        ({"surprise": 1}, "surprise"),
    ],
)
async def test_bad_input_names_its_field(
    ada: httpx.AsyncClient, changed: dict[str, Any], field: str
) -> None:
    refuses(await ada.post(PLACE, json=CASH | changed), 422, field)
    assert gives(await ada.get(PLACE))["items"] == []


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b'{"name": NaN}',
        b'{"name": 1e99999999999999999999999}',
        b'{"name": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"name": "a", "name": "b"}',
        b'{"name": "\\ud800"}',
        b"",
        b"null",
    ],
    ids=lambda body: body[:12].decode("latin-1"),
)
async def test_broken_json_is_a_problem(ada: httpx.AsyncClient, body: bytes) -> None:
    json = {"Content-Type": "application/json"}
    refuses(await ada.post(PLACE, content=body, headers=json), 422)


@pytest.mark.parametrize("account_id", ["-1", "0", str(2**63), "NaN", "1e999999"])
async def test_id_that_cannot_be_names_its_field(
    ada: httpx.AsyncClient, account_id: str
) -> None:
    refuses(await ada.get(f"{PLACE}/{account_id}"), 422, "account_id")


async def test_largest_id_is_simply_not_there(ada: httpx.AsyncClient) -> None:
    refuses(await ada.get(f"{PLACE}/{2**63 - 1}"), 404)


@pytest.mark.usefixtures("billing")
async def test_account_beyond_the_plan_is_refused(ada: httpx.AsyncClient) -> None:
    for n in range(5):
        gives(await ada.post(PLACE, json=CASH | {"name": f"Cash {n}"}), 201)
    problem = refuses(await ada.post(PLACE, json=CASH), 402)
    assert (problem["code"], problem["title"]) == ("plan-limit", "Limit of the plan")
    assert "plan Free are in use (5)" in problem["detail"]
    assert len(gives(await ada.get(PLACE))["items"]) == 5


@pytest.mark.usefixtures("billing")
async def test_account_beyond_the_plan_is_read_and_takes_nothing(
    ada: httpx.AsyncClient, books: Books
) -> None:
    await allow(books, None)
    for name in ("Old", "New"):
        gives(await ada.post(PLACE, json=CASH | {"name": name}), 201)
    await allow(books, 1)
    listed = gives(await ada.get(PLACE))["items"]
    assert {one["name"]: one["read_only"] for one in listed} == {
        "Old": False,
        "New": True,
    }
    new = next(one["id"] for one in listed if one["read_only"])
    food = await books.category("Food")
    spent = Places(new, new, food, food).expense()
    problem = refuses(await ada.post("/api/v1/transactions", json=spent), 402)
    assert problem["code"] == "plan-limit"
    assert "New is beyond your plan" in problem["detail"]


async def test_opening_balance_comes_later_and_names_its_transaction(
    ada: httpx.AsyncClient,
) -> None:
    zero = {"amount": "0.00", "currency": "EUR"}
    account = gives(await ada.post(PLACE, json={**CASH, "opening": zero}), 201)["item"]
    here = f"{PLACE}/{account['id']}"
    assert gives(await ada.get(f"{here}/opening")) == {
        "on_date": "2026-01-01",
        "money": zero,
        "transaction_id": None,
    }
    edit = {"version": 1, "name": "Giro", "opened_on": "2025-07-01"}
    bad = {**edit, "opening": {"amount": "1", "currency": "USD"}}
    refuses(await ada.put(here, json=bad), 422, "opening.currency")
    given = {"amount": "12.50", "currency": "EUR"}
    item = gives(await ada.put(here, json={**edit, "opening": given}))["item"]
    assert (item["balance"], item["opened_on"]) == (given, "2025-07-01")
    seen = gives(await ada.get(f"{here}/opening"))
    assert seen["money"] == given
    gives(await ada.get(f"/api/v1/transactions/{seen['transaction_id']}"))
    again = {**edit, "version": 2, "opening": given}
    refuses(await ada.put(here, json=again), 409)
