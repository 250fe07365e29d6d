"""A bank's file over REST: preview, corrections, yes, taken back."""

import csv
from typing import Any

import httpx
import pytest

from fintrack.services.blobs import FolderBlobStore
from tests.api.asking import gives, refuses
from tests.api.statements import (
    FILE,
    PLACE,
    PREVIEWS,
    TWO_ACCOUNTS,
    files_of,
    send,
)
from tests.books import Books

pytestmark = pytest.mark.usefixtures("store")


async def test_file_is_previewed_confirmed_and_taken_back(
    ada: httpx.AsyncClient, bank: int
) -> None:
    answer = await send(ada, bank, FILE)
    head = gives(answer, 201)["item"]
    assert answer.headers["location"] == f"{PREVIEWS}/{head['id']}"
    preview = gives(await ada.get(answer.headers["location"]))
    assert (preview["to_add"], len(preview["items"]), preview["next"]) == (3, 3, None)
    first = preview["items"][0]
    assert first["understood"]["amount"] == {"amount": "-12.50", "currency": "EUR"}
    assert preview["balance_after"]["amount"] == "1084.50"

    yes = f"{PLACE}/{head['id']}/confirm"
    key = {"Idempotency-Key": "yes"}
    done = gives(await ada.post(yes, headers=key))
    assert done["item"]["rows_added"] == 3
    assert gives(await ada.post(yes, headers=key)) == done
    refuses(await ada.post(yes), 409)

    here = f"{PLACE}/{done['item']['id']}"
    assert gives(await ada.get(here))["summary"] == done["item"]
    assert gives(await ada.get(PLACE))["items"] == [done["item"]]
    only = gives(await ada.get(PLACE, params={"limit": 1}))
    assert only == {"items": [done["item"]], "next": None}
    back = gives(await ada.delete(here))
    assert back["item"]["standing"] == 0
    refuses(await ada.delete(here), 409)
    undo = f"/api/v1/changes/{back['change_id']}/undo"
    gives(await ada.post(undo))
    assert gives(await ada.get(here))["summary"]["standing"] == 3


async def test_one_id_means_one_import_all_along(
    ada: httpx.AsyncClient, bank: int
) -> None:
    sent = [
        gives(await send(ada, bank, f"{FILE}2026-03-08;-{n}.00;Kiosk {n};\n"), 201)
        for n in range(1, 4)
    ]
    ids = [head["item"]["id"] for head in sent]
    for head_id in reversed(ids):
        done = gives(await ada.post(f"{PLACE}/{head_id}/confirm"))
        assert done["item"]["id"] == head_id
    assert gives(await ada.delete(f"{PLACE}/{ids[0]}"))["item"]["id"] == ids[0]
    left = gives(await ada.get("/api/v1/transactions", params={"q": "kiosk"}))
    assert {one["payee"] for one in left["items"]} == {"Kiosk 2", "Kiosk 3"}


async def test_file_that_waits_is_discarded(
    ada: httpx.AsyncClient,
    bob: httpx.AsyncClient,
    bank: int,
    store: FolderBlobStore,
    books: Books,
) -> None:
    head = gives(await send(ada, bank, FILE), 201)["item"]
    here = f"{PLACE}/{head['id']}"
    refuses(await bob.delete(here), 404)
    key = {"Idempotency-Key": "no"}
    gone = gives(await ada.delete(here, headers=key))["item"]
    assert gives(await ada.delete(here, headers=key))["item"] == gone
    refused = "SELECT FROM security_event WHERE kind = 'refused' AND person_id = :id"
    assert await books.rows(refused, id=books.actor.person_id) == []
    assert (gone["id"], gone["standing"]) == (head["id"], 0)
    assert files_of(store) == []
    refuses(await ada.get(f"{PREVIEWS}/{head['id']}"), 404)
    refuses(await ada.delete(here), 404)


async def test_same_key_gives_the_first_preview_and_keeps_one_file(
    ada: httpx.AsyncClient, bank: int, store: FolderBlobStore
) -> None:
    wanted = {"account_id": bank, "filename": "bank.csv"}
    key = {"Idempotency-Key": "once"}

    async def post(body: str, **other: Any) -> httpx.Response:
        return await ada.post(PLACE, params=wanted | other, content=body, headers=key)

    first = gives(await post(FILE), 201)
    assert gives(await post(FILE), 201) == first
    assert len(files_of(store)) == 1
    refuses(await post(FILE.replace("12.50", "12.60")), 422)
    refuses(await post(FILE, filename="other.csv"), 422)
    assert len(files_of(store)) == 1
    here = f"{PREVIEWS}/{first['item']['id']}"
    assert gives(await ada.get(here))["to_add"] == 3


async def test_edited_rows_go_when_they_are_named(
    ada: httpx.AsyncClient, bank: int
) -> None:
    head = gives(await send(ada, bank, FILE), 201)["item"]
    batch = gives(await ada.post(f"{PLACE}/{head['id']}/confirm"))["item"]
    items = gives(await ada.get("/api/v1/transactions?q=bakery"))["items"]
    (bread,) = items
    void = f"/api/v1/transactions/{bread['id']}/void"
    gives(await ada.post(void, json={"version": bread["version"]}))
    here = f"{PLACE}/{batch['id']}"
    assert [t["id"] for t in gives(await ada.get(here))["edited"]] == [bread["id"]]
    named = {"take_edited": [bread["id"]]}
    assert gives(await ada.delete(here, params=named))["item"]["standing"] == 0


async def test_all_edited_rows_go_where_one_says_so(
    ada: httpx.AsyncClient, bank: int
) -> None:
    head = gives(await send(ada, bank, FILE), 201)["item"]
    batch = gives(await ada.post(f"{PLACE}/{head['id']}/confirm"))["item"]
    for one in gives(await ada.get("/api/v1/transactions"))["items"]:
        here = f"/api/v1/transactions/{one['id']}/void"
        gives(await ada.post(here, json={"version": one["version"]}))
    here = f"{PLACE}/{batch['id']}"
    assert gives(await ada.delete(here))["item"]["standing"] == 3
    gone = await ada.delete(here, params={"all_edited": "true"})
    assert gives(gone)["item"]["standing"] == 0


async def test_mapping_and_decisions_are_corrected(
    ada: httpx.AsyncClient, bank: int
) -> None:
    head = gives(await send(ada, bank, FILE), 201)["item"]
    here = f"{PREVIEWS}/{head['id']}"
    mapping = head["mapping"] | {"flip_sign": True}
    decisions = [{"number": 3, "take": False}]
    changed = gives(
        await ada.patch(here, json={"mapping": mapping, "decisions": decisions})
    )
    assert changed["item"]["mapping"]["flip_sign"] is True
    preview = gives(await ada.get(here))
    assert preview["items"][0]["understood"]["amount"]["amount"] == "12.50"
    behind = gives(await ada.get(here, params={"cursor": "3", "only": "new"}))
    assert len(behind["items"]) < len(preview["items"])


async def test_rows_that_were_left_out_are_downloaded_with_their_reasons(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, bank: int
) -> None:
    file = f"{FILE}2026-02-31;-1.00;=HYPERLINK(1);+1\n\n2026-03-08;-2.00;Baker;x\n"
    head = gives(await send(ada, bank, file), 201)["item"]
    here = f"{PREVIEWS}/{head['id']}"
    skip = {"decisions": [{"number": 2, "take": False}]}
    gives(await ada.patch(here, json=skip))
    before = await ada.get(f"{here}/left-out")
    gives(await ada.post(f"{PLACE}/{head['id']}/confirm"))
    answer = await ada.get(f"{here}/left-out")
    assert answer.content == before.content
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "left-out-bank.csv" in answer.headers["content-disposition"]
    cells = ["2026-02-31", "-1.00", "'=HYPERLINK(1)", "+1"]
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert list(csv.reader(lines)) == [
        ["Row", "Why it was left out", "Date", "Amount", "Payee", "Text"],
        ["2", "You chose to leave it out.", "2026-03-05", "-12.50", "Café", "lunch"],
        ["5", "“2026-02-31” is a day that does not exist.", *cells],
        ["6", "This line is empty."],
    ]
    turkish = await ada.get(f"{here}/left-out", headers={"Accept-Language": "tr"})
    assert "You chose" not in turkish.text
    refuses(await bob.get(f"{here}/left-out"), 404)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"separator": "x"}, "mapping.separator"),
        ({"encoding": "rot13"}, "mapping.encoding"),
        ({"roles": ["date", "hero"]}, "mapping.roles"),
        ({"skip_rows": -1}, "mapping.skip_rows"),
        ({"currency": "XX1"}, "mapping.currency"),
        ({"header": ["\x00"]}, "mapping.header.0"),
    ],
)
async def test_impossible_mapping_names_its_field(
    ada: httpx.AsyncClient, bank: int, change: dict[str, Any], field: str
) -> None:
    head = gives(await send(ada, bank, FILE), 201)["item"]
    body = {"mapping": head["mapping"] | change}
    refuses(await ada.patch(f"{PREVIEWS}/{head['id']}", json=body), 422, field)


async def test_nothing_runs_and_nothing_is_stopped(
    ada: httpx.AsyncClient, bank: int
) -> None:
    here = f"{PREVIEWS}/{gives(await send(ada, bank, FILE), 201)['item']['id']}"
    assert gives(await ada.get(f"{here}/progress")) == {"rows_read": None}
    assert gives(await ada.post(f"{here}/stop")) == {"stopped": False}


async def test_accounts_of_a_file_are_listed_and_turned_to(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, bank: int
) -> None:
    head = gives(await send(ada, bank, TWO_ACCOUNTS), 201)["item"]
    here = f"{PREVIEWS}/{head['id']}"
    assert [part["name"] for part in head["parts"]] == ["A", "B"]
    assert (head["mapping"]["format"], head["mapping"]["part"]) == ("mt940", "A")
    turned = gives(await ada.patch(here, json={"part": "B"}))["item"]
    assert turned["mapping"]["part"] == "B"
    preview = gives(await ada.get(here))
    assert preview["items"][0]["understood"]["amount"]["amount"] == "7.00"
    assert preview["balances"][0]["holds"] is True
    refuses(await ada.patch(here, json={"part": "C"}), 422, "part")
    refuses(await ada.patch(here, json={"account_id": 999_999}), 404)
    refuses(await bob.patch(here, json={"part": "A"}), 404)
    other = {"mapping": head["mapping"] | {"format": "qif"}}
    refuses(await ada.patch(here, json=other), 422, "mapping.format")


async def test_mapping_of_a_program_of_before_needs_no_format(
    ada: httpx.AsyncClient, bank: int
) -> None:
    head = gives(await send(ada, bank, FILE), 201)["item"]
    mapping = head["mapping"] | {"flip_sign": True}
    del mapping["format"], mapping["part"]
    here = f"{PREVIEWS}/{head['id']}"
    changed = gives(await ada.patch(here, json={"mapping": mapping}))["item"]
    assert changed["mapping"]["flip_sign"] is True
