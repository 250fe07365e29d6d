"""Photos and PDFs of a transaction over REST."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from starlette.types import ASGIApp

from fintrack.api.headers import SecureHeaders
from fintrack.services.attachments.receiving import set_most_bytes
from fintrack.services.blobs import FolderBlobStore
from tests.api.asking import gives, refuses
from tests.api.conftest import make_browser
from tests.api.places import PLACE as TRANSACTIONS
from tests.api.places import Places
from tests.api.statements import files_of
from tests.core.test_attachment import BILL
from tests.core.test_picture import photograph, picture, png_of

SCRIPTED = BILL[:9] + b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>\n" + BILL[9:]
POLYGLOT = picture("PNG") + b"<html><script>alert(document.cookie)</script></html>"


@pytest.fixture
async def place(ada: httpx.AsyncClient, places: Places, store: object) -> str:
    """Where the attachments of one transaction are."""
    assert store
    item = gives(await ada.post(TRANSACTIONS, json=places.expense()), 201)["item"]
    return f"{TRANSACTIONS}/{item['id']}/attachments"


@pytest.fixture
async def served(
    api: ASGIApp, ada: httpx.AsyncClient, tmp_path: Path
) -> AsyncIterator[httpx.AsyncClient]:
    """Ada's browser, and answers with the headers that the whole server gives."""
    async with make_browser(SecureHeaders(api, tmp_path, https=False)) as client:
        client.cookies = ada.cookies
        yield client


async def send(
    client: httpx.AsyncClient, place: str, data: bytes, name: str = "a.pdf", **key: str
) -> httpx.Response:
    wanted = {"filename": name}
    return await client.post(place, params=wanted, content=data, headers=key)


async def test_photo_is_attached_listed_given_and_taken_away(
    ada: httpx.AsyncClient, place: str
) -> None:
    data = photograph()
    answer = await send(ada, place, data, "till.jpg")
    done = gives(answer, 201)
    here = answer.headers["location"]
    assert here == f"{place}/{done['item']['id']}"
    assert gives(await ada.get(place)) == {"items": [done["item"]], "next": None}
    assert done["item"]["size"] == len(data)

    given = await ada.get(here)
    assert given.content == data
    assert given.headers["content-type"] == "image/jpeg"
    small = await ada.get(f"{here}/thumbnail")
    assert small.headers["content-type"] == "image/webp"
    assert small.content[:4] == b"RIFF"
    assert b"Secret" not in small.content

    gone = gives(await ada.delete(here))
    assert gone["item"] == done["item"]
    refuses(await ada.get(here), 404)
    gives(await ada.post(f"/api/v1/changes/{gone['change_id']}/undo"))
    assert (await ada.get(here)).content == data
    shown = gives(await ada.get(place.removesuffix("/attachments")))
    assert shown["attachments"] == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"MZ\x90\x00" + bytes(100), 415),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 415),
        (b"<!doctype html><script>alert(1)</script>", 415),
        (photograph()[:900], 422),
        (BILL[:30], 422),
        (png_of(10_000, 10_000), 422),
        (BILL + bytes(10 * 1024 * 1024), 413),
    ],
    ids=["empty", "exe", "svg", "html", "torn", "cut off", "bomb", "too large"],
)
async def test_bad_file_is_refused_by_its_field_and_leaves_nothing(
    ada: httpx.AsyncClient,
    place: str,
    store: FolderBlobStore,
    body: bytes,
    status: int,
) -> None:
    refuses(await send(ada, place, body, "receipt.jpg"), status, "file")
    assert gives(await ada.get(place))["items"] == []
    assert files_of(store) == []


async def test_size_that_is_announced_is_refused_in_words_before_it_is_read(
    ada: httpx.AsyncClient, place: str
) -> None:
    set_most_bytes(2 * 1024 * 1024)
    try:
        problem = refuses(await send(ada, place, BILL + bytes(3 * 1024 * 1024)), 413)
    finally:
        set_most_bytes(10 * 1024 * 1024)
    assert problem["detail"] == "An attachment may have 2 MB at most."


@pytest.mark.parametrize(
    ("data", "kind", "saved_as"),
    [
        (SCRIPTED, "application/pdf", "receipt.html.pdf"),
        (POLYGLOT, "image/png", "receipt.html.png"),
    ],
    ids=["PDF with a script", "picture that is a page too"],
)
async def test_what_could_run_is_saved_or_shown_where_it_reaches_nothing(
    served: httpx.AsyncClient, place: str, data: bytes, kind: str, saved_as: str
) -> None:
    here = (await send(served, place, data, "receipt.html")).headers["location"]
    for asked, how in (("", "attachment"), ("?show=true", "inline")):
        given = await served.get(here + asked)
        assert given.content == data
        said = given.headers
        assert said["content-type"] == kind
        assert said["content-disposition"] == f"{how}; filename*=UTF-8''{saved_as}"
        assert said["x-content-type-options"] == "nosniff"
        assert said["cache-control"] == "no-store"
        policy = said["content-security-policy"].split("; ")
        assert {"default-src 'none'", "sandbox"} <= set(policy)


async def test_name_of_a_file_cannot_break_out_of_its_header(
    ada: httpx.AsyncClient, place: str
) -> None:
    name = 'fiş";\r\nSet-Cookie: a=b;.pdf'
    answer = await send(ada, place, BILL, name)
    given = await ada.get(answer.headers["location"])
    shown = 'fiş";Set-Cookie: a=b;.pdf'
    assert gives(answer, 201)["item"]["filename"] == shown
    said = given.headers["content-disposition"]
    assert said == f"attachment; filename*=UTF-8''{quote(shown, safe='')}"
    assert "set-cookie" not in given.headers


async def test_same_key_attaches_once(
    ada: httpx.AsyncClient, place: str, store: FolderBlobStore
) -> None:
    key = {"Idempotency-Key": "once"}
    first = gives(await send(ada, place, BILL, **key), 201)
    assert gives(await send(ada, place, BILL, **key), 201) == first
    assert len(files_of(store)) == 1
    refuses(await send(ada, place, SCRIPTED, **key), 422)
    refuses(await send(ada, place, BILL), 409, "file")
    assert len(files_of(store)) == 1


async def test_somebody_else_finds_nothing(
    ada: httpx.AsyncClient,
    bob: httpx.AsyncClient,
    browser: httpx.AsyncClient,
    place: str,
) -> None:
    here = (await send(ada, place, photograph(), "a.jpg")).headers["location"]
    for client, status in ((bob, 404), (browser, 401)):
        refuses(await client.get(place), status)
        refuses(await send(client, place, BILL), status)
        for one in (here, f"{here}/thumbnail"):
            refuses(await client.get(one), status)
        refuses(await client.delete(here), status)
    assert len(gives(await ada.get(place))["items"]) == 1


async def test_upload_without_a_name_is_refused(
    ada: httpx.AsyncClient, place: str
) -> None:
    refuses(await ada.post(place, content=BILL), 422, "filename")
    refuses(await send(ada, place, BILL, "\x00"), 422, "filename")


async def test_list_and_export_narrow_to_what_has_files(
    ada: httpx.AsyncClient, places: Places, place: str
) -> None:
    bare = gives(await ada.post(TRANSACTIONS, json=places.expense("1")), 201)
    gives(await send(ada, place, BILL), 201)

    async def ids(attached: str) -> set[int]:
        query = {"attached": attached, "since": "2026-03-01"}
        listed = gives(await ada.get(TRANSACTIONS, params=query))["items"]
        answer = await ada.get(TRANSACTIONS + "/export", params=query)
        assert len(answer.json()["transactions"]) == len(listed)
        return {item["id"] for item in listed}

    assert bare["item"]["id"] not in await ids("true")
    assert bare["item"]["id"] in await ids("false")
