"""Whole books over REST: seen, brought in, taken back."""

import json
from typing import Any

import httpx
import pytest

from fintrack.api.doorway import MAX_BODY
from fintrack.api.identity import LEDGER_HEADER
from fintrack.core.statements.own_json import MAX_BYTES
from fintrack.services.blobs import FolderBlobStore
from fintrack.services.moving import receiving
from tests.api.asking import gives, refuses
from tests.api.pieces import Pieces
from tests.books import Books
from tests.core.habit_files import item, renaming, rule, template
from tests.core.test_whole_books import account, file, payment, posting

PLACE = "/api/v1/books"
BOTH = pytest.mark.parametrize("place", [PLACE, f"{PLACE}/preview"])
pytestmark = pytest.mark.usefixtures("store")


def written(**more: Any) -> bytes:
    return json.dumps(file(**more)).encode()


async def test_books_are_seen_brought_in_and_taken_back(
    ada: httpx.AsyncClient,
) -> None:
    body = written(transactions=[payment(tags=["trip"])])
    headers = {"Accept-Language": "en"}
    seen = gives(await ada.post(f"{PLACE}/preview", content=body, headers=headers))
    bank = {"name": "Bank", "type": "Checking", "currency": "EUR", "is_new": True}
    assert seen["accounts"] == [{**bank, "closed_on": None, "closes_on": None}]
    assert seen["words"][:2] == [
        "1 transaction comes in.",
        "The first is of Mar 5, 2026, the last of Mar 5, 2026.",
    ]
    assert gives(await ada.get("/api/v1/accounts"))["items"] == []

    key = {"Idempotency-Key": "move"}
    query = {"filename": "mine.json"}
    answer = await ada.post(PLACE, params=query, content=body, headers=key)
    done = gives(answer, 201)
    assert (done["item"]["accounts"], done["item"]["transactions"]) == (1, 1)
    assert gives(await ada.get(answer.headers["location"]))["summary"]["filename"] == (
        "mine.json"
    )
    again = await ada.post(PLACE, params=query, content=body, headers=key)
    assert gives(again, 201) == done
    assert refuses(await ada.post(PLACE, content=body), 409)["code"] == "conflict"
    gives(await ada.post(f"/api/v1/changes/{done['change_id']}/undo"))
    assert gives(await ada.get("/api/v1/accounts"))["items"] == []


async def test_file_of_some_thousands_comes_back_as_it_was_exported(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient
) -> None:
    many = [payment(id=f"t{n}", payee=f"Shop {n}") for n in range(4_000)]
    gives(await ada.post(PLACE, content=written(transactions=many)), 201)
    saved = await ada.get("/api/v1/transactions/export", params={"with_void": True})
    assert len(saved.content) > MAX_BODY
    seen = gives(await bob.post(f"{PLACE}/preview", content=saved.content))
    done = gives(await bob.post(PLACE, content=saved.content), 201)
    assert seen["transactions"] == done["item"]["transactions"] == len(many)


async def test_habits_of_a_file_are_counted_and_come_in(
    ada: httpx.AsyncClient,
) -> None:
    lists = {
        "rules": [rule()],
        "recurring": [item(), item(id="j")],
        "templates": [template()],
    }
    body = written(**lists)
    headers = {"Accept-Language": "en"}
    seen = gives(await ada.post(f"{PLACE}/preview", content=body, headers=headers))
    assert {name: seen[name] for name in lists} == {
        name: len(each) for name, each in lists.items()
    }
    assert seen["words"][-4:] == [
        "1 rule comes in.",
        "2 recurring items come in.",
        "1 template comes in.",
        "Attachments, reconciliations and own rates are not in the file.",
    ]
    done = gives(await ada.post(PLACE, content=body), 201)["item"]
    assert (done["rules"], done["recurring"], done["templates"]) == (1, 2, 1)
    for name, each in lists.items():
        found = gives(await ada.get(f"/api/v1/{name}"))["items"]
        assert len(found) == len(each)


async def test_what_becomes_of_closed_accounts_is_said(ada: httpx.AsyncClient) -> None:
    closed = {"opened_on": "2026-01-01", "closed_on": "2026-03-01"}
    names = {"a": "Left", "b": "Later", "d": "Unused"}
    accounts = [account(id=id_, name=name, **closed) for id_, name in names.items()]
    even = [posting("b", "1"), posting("b", "-1")]
    body = written(accounts=accounts, transactions=[payment(), payment(postings=even)])
    headers = {"Accept-Language": "en"}
    seen = gives(await ada.post(f"{PLACE}/preview", content=body, headers=headers))
    left, later = seen["words"][-3:-1]
    assert left.startswith("“Left” stays open: there is money on it")
    assert later.startswith("“Later” closes on Mar 5, 2026, not on Mar 1, 2026:")
    gives(await ada.post(PLACE, content=body), 201)
    found = gives(await ada.get("/api/v1/accounts", params={"closed": True}))["items"]
    assert {one["name"]: one["closed_on"] for one in found} == {
        one["name"]: one["closes_on"] for one in seen["accounts"]
    }


@BOTH
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"{}",
        written(transactions=[payment(date="never")]),
        written(accounts=[account(name="n" * 300)]),
        written(accounts=[account(closed_on="2099-05-05")]),
        written(accounts=[account(closed_on="never")]),
        written(rules=[rule()] * 501),
        written(rules=[rule(shares=[{"category": "c", "percent": 300}])]),
        written(rules=[renaming("u", "v"), renaming("v", "u")]),
        written(recurring=[item(account="?")]),
        written(templates={"name": []}),
    ],
    ids=[
        *("empty", "no UTF-8", "form", "day", "long name", "closing", "last day"),
        *("501 rules", "300 %", "circle", "no such account", "no list"),
    ],
)
async def test_file_that_cannot_be_names_the_field(
    ada: httpx.AsyncClient, place: str, body: bytes
) -> None:
    refuses(await ada.post(place, content=body), 422, "file")


@BOTH
async def test_file_that_says_it_is_too_large_is_refused_before_its_first_byte(
    ada: httpx.AsyncClient, place: str
) -> None:
    sent = Pieces(written())
    headers = {"Content-Length": str(MAX_BYTES + 1)}
    answer = await ada.post(place, content=sent.come(), headers=headers)
    assert "at most 32 MB" in refuses(answer, 413, "file")["detail"]
    assert sent.taken == 0


@BOTH
async def test_file_for_the_books_of_somebody_else_is_refused_before_its_first_byte(
    bob: httpx.AsyncClient, books: Books, place: str
) -> None:
    sent = Pieces(written())
    headers = {LEDGER_HEADER: str(books.actor.ledger_id)}
    refuses(await bob.post(place, content=sent.come(), headers=headers), 404)
    assert sent.taken == 0


@BOTH
async def test_file_into_full_books_is_refused_before_its_first_byte(
    ada: httpx.AsyncClient, books: Books, place: str
) -> None:
    await books.open("Bank", "1 EUR")
    for more in ({}, {"Idempotency-Key": "new"}):
        sent = Pieces(written())
        answer = await ada.post(place, content=sent.come(), headers=more)
        assert refuses(answer, 409, "file")["code"] == "conflict"
        assert sent.taken == 0


@BOTH
async def test_file_longer_than_it_may_be_is_cut_off_and_not_kept(
    ada: httpx.AsyncClient,
    store: FolderBlobStore,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
) -> None:
    monkeypatch.setattr(receiving, "most_bytes", lambda: 1_000)
    sent = Pieces(bytes(10_000), 100)
    refuses(await ada.post(place, content=sent.come()), 413, "file")
    assert sent.taken == 1_100
    assert await store.names() == []


async def test_nobody_brings_books_unknown(browser: httpx.AsyncClient) -> None:
    for place in (PLACE, f"{PLACE}/preview"):
        refuses(await browser.post(place, content=written()), 401)
