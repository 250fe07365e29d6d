"""The history over REST, and taking a change back."""

from datetime import date
from typing import Any

import httpx
import pytest

from fintrack.services.commands import perform
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from tests.api.asking import gives, refuses
from tests.api.places import Places
from tests.books import Books
from tests.services.many.shelf import fill

PLACE = "/api/v1/changes"


async def test_change_is_listed_undone_and_redone(
    ada: httpx.AsyncClient, books: Books
) -> None:
    await books.open("Cash")
    (opened,) = gives(await ada.get(PLACE))["items"]
    assert (opened["command"], opened["can_undo"]) == ("account.open", True)
    undone = gives(await ada.post(f"{PLACE}/{opened['id']}/undo"))
    assert undone["item"]["undo_of"] == opened["id"]
    assert gives(await ada.get("/api/v1/accounts"))["items"] == []
    gives(await ada.post(f"{PLACE}/{undone['change_id']}/undo"))
    assert len(gives(await ada.get("/api/v1/accounts"))["items"]) == 1


async def test_change_shows_each_field_before_and_after(
    ada: httpx.AsyncClient, books: Books
) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    done = await books.spend(cash.id, food, "12.50 EUR", date(2026, 3, 5), "Café")
    shown = gives(await ada.get(f"{PLACE}/{done.change_id}"))
    assert shown["total"] == 3
    fields = [field for row in shown["rows"] for field in row["fields"]]
    assert {"name": "on_date", "before": None, "after": "2026-03-05"} in fields
    amount = {"amount": "12.50", "currency": "EUR"}
    assert {"name": "amount", "before": None, "after": amount} in fields
    refuses(await ada.get(f"{PLACE}/{done.change_id + 1}"), 404)


async def test_repeated_key_undoes_once(ada: httpx.AsyncClient, books: Books) -> None:
    await books.open("Cash")
    (opened,) = gives(await ada.get(PLACE))["items"]
    headers = {"Idempotency-Key": "once"}
    here = f"{PLACE}/{opened['id']}/undo"
    twice = [gives(await ada.post(here, headers=headers)) for _ in range(2)]
    assert twice[0] == twice[1]
    assert refuses(await ada.post(here), 409)["code"] == "undo-refused"


async def test_key_of_an_undone_change_books_nothing_again(
    ada: httpx.AsyncClient, places: Places
) -> None:
    place, body = "/api/v1/transactions", places.expense("5")

    async def post(key: str) -> dict[str, Any]:
        headers = {"Idempotency-Key": key}
        return gives(await ada.post(place, json=body, headers=headers), 201)

    first = await post("once")
    gives(await ada.post(f"{PLACE}/{first['change_id']}/undo"))
    assert await post("once") == first
    assert refuses(await ada.get(f"{place}/{first['item']['id']}"), 404)
    (change,) = [
        one
        for one in gives(await ada.get(PLACE))["items"]
        if one["id"] == first["change_id"]
    ]
    assert change["undone_by"]
    assert (await post("again"))["item"]["id"] != first["item"]["id"]


async def test_refused_undo_names_the_rows_in_its_way(
    ada: httpx.AsyncClient, books: Books
) -> None:
    shelf = await fill(books)
    done = await shelf.change(shelf.marked("plain", "dollar"), category_id=shelf.drinks)
    id_ = shelf.ids["dollar"]
    mark = TransactionMark(id_, 2)
    await perform(books.actor, void_transaction, mark)
    problem = refuses(await ada.post(f"{PLACE}/{done.change_id}/undo"), 409)
    assert (problem["code"], problem["rows_total"]) == ("undo-refused", 1)
    assert problem["rows"] == [
        {
            "subject": "transaction",
            "subject_id": id_,
            "about": "dollar",
            "why": "void-since",
            "on_date": "2026-03-05",
            "amount": {"amount": "-7.00", "currency": "USD"},
            "fields": ["voided"],
        }
    ]


async def test_history_is_paged(ada: httpx.AsyncClient, books: Books) -> None:
    for name in "abc":
        await books.open(name)
    first = gives(await ada.get(PLACE, params={"limit": 2}))
    rest = gives(await ada.get(PLACE, params={"limit": 2, "cursor": first["next"]}))
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (2, 1, None)
    full = gives(await ada.get(PLACE, params={"limit": 3}))
    assert (full["items"], full["next"]) == (first["items"] + rest["items"], None)


async def test_longest_page_knows_whether_it_is_the_last(
    ada: httpx.AsyncClient, books: Books
) -> None:
    for number in range(50):
        await books.open(f"Account {number}")
    full = gives(await ada.get(PLACE, params={"limit": 50}))
    assert (len(full["items"]), full["next"]) == (50, None)
    await books.open("One more")
    full = gives(await ada.get(PLACE, params={"limit": 50}))
    assert (len(full["items"]), full["next"]) == (50, str(full["items"][-1]["id"]))


async def test_own_rate_is_told_as_text(ada: httpx.AsyncClient) -> None:
    rate = {"base": "EUR", "quote": "TRY", "on_date": "2026-11-05", "value": "48.5"}
    first = gives(await ada.put("/api/v1/own-rates", json=rate))["change_id"]
    gives(await ada.put("/api/v1/own-rates", json=rate | {"value": "49"}))
    said = "1 EUR = 48.5 TRY, 2026-11-05", "1 EUR = 49 TRY, 2026-11-05"
    changed, added = gives(await ada.get(PLACE))["items"]
    assert (added["about"], changed["about"]) == ([said[0]], [said[1]])
    (row,) = gives(await ada.get(f"{PLACE}/{changed['id']}"))["rows"]
    assert row["about"] == said[1]
    assert row["fields"] == [{"name": "value", "before": said[0], "after": said[1]}]
    problem = refuses(await ada.post(f"{PLACE}/{first}/undo"), 409)
    assert [one["about"] for one in problem["rows"]] == [said[1]]


@pytest.mark.parametrize(
    ("name", "value"),
    [("cursor", "x"), ("cursor", "9" * 19), ("limit", "0"), ("limit", "51")],
)
async def test_bad_page_names_its_field(
    ada: httpx.AsyncClient, name: str, value: str
) -> None:
    refuses(await ada.get(PLACE, params={name: value}), 422, name)
