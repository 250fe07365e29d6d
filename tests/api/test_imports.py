"""A bank's file over REST: preview, corrections, yes, taken back."""

import io
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp, Message

from fintrack.api import previews
from fintrack.services.blobs import FolderBlobStore
from tests.api.asking import gives, refuses
from tests.api.conftest import HERE
from tests.books import Books

pytestmark = pytest.mark.usefixtures("store")
PLACE = "/api/v1/imports"
PREVIEWS = f"{PLACE}/previews"
FILE = (
    "Date;Amount;Payee;Text\n"
    "2026-03-05;-12.50;Café;lunch\n"
    "2026-03-06;-3.00;Bakery;bread\n"
    "2026-03-07;1000.00;Employer;pay\n"
)


@pytest.fixture
async def bank(books: Books) -> int:
    return (await books.open("Bank", "100 EUR")).id


async def send(client: httpx.AsyncClient, account_id: int, body: Any) -> httpx.Response:
    wanted = {"account_id": account_id, "filename": "bank.csv"}
    return await client.post(PLACE, params=wanted, content=body)


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
    back = gives(await ada.delete(here))
    assert back["item"]["standing"] == 0
    refuses(await ada.delete(here), 409)
    undo = f"/api/v1/changes/{back['change_id']}/undo"
    gives(await ada.post(undo))
    assert gives(await ada.get(here))["summary"]["standing"] == 3


async def test_same_key_gives_the_first_preview_and_keeps_one_file(
    ada: httpx.AsyncClient, bank: int, store: FolderBlobStore
) -> None:
    wanted = {"account_id": bank, "filename": "bank.csv"}
    key = {"Idempotency-Key": "once"}

    async def post(body: str, **other: Any) -> httpx.Response:
        return await ada.post(PLACE, params=wanted | other, content=body, headers=key)

    first = gives(await post(FILE), 201)
    assert gives(await post(FILE), 201) == first
    assert len(_files(store)) == 1
    refuses(await post(FILE.replace("12.50", "12.60")), 422)
    refuses(await post(FILE, filename="other.csv"), 422)
    assert len(_files(store)) == 1
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
    cells = "2026-02-31,-1.00,'=HYPERLINK(1),+1"
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "Row,Why it was left out,Date,Amount,Payee,Text",
        "2,You chose to leave it out.,2026-03-05,-12.50,Café,lunch",
        f"5,“2026-02-31” is a day that does not exist.,{cells}",
        "6,This line is empty.",
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


def _zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bank.csv", b"0" * 10_000_000)
    return packed.getvalue()


def _workbook() -> bytes:
    """The beginning of every XLSX file: an archive with its list of parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return packed.getvalue()


async def test_workbook_is_answered_with_what_to_do(
    ada: httpx.AsyncClient, bank: int
) -> None:
    refusal = refuses(await send(ada, bank, _workbook()), 415)
    assert refusal["detail"] == (
        "This is an Excel or ZIP file. Please export the statement as CSV."
    )


@pytest.mark.parametrize(
    ("body", "note"),
    [
        (FILE.replace("é", "é" * 9).encode() + b"2026-03-08;-1.00;\xff;x\n", "1 char"),
        (FILE.encode("utf-16")[:-1], "1 char"),
        (FILE.encode("cp1252"), ""),
        (FILE.encode("utf-16-le"), ""),
    ],
    ids=["broken UTF-8", "torn UTF-16", "Windows-1252", "UTF-16 without a mark"],
)
async def test_broken_encoding_is_said_and_what_can_be_read_is_read(
    ada: httpx.AsyncClient, bank: int, body: bytes, note: str
) -> None:
    head = gives(await send(ada, bank, body), 201)["item"]
    assert [said[: len(note)] for said in head["notes"]] == [note] * bool(note)
    preview = gives(await ada.get(f"{PREVIEWS}/{head['id']}"))
    assert preview["to_add"] >= 3
    assert preview["items"][0]["understood"]["payee"].startswith("Café")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (_zip_bomb(), 415),
        (_workbook(), 415),
        (b"\xd0\xcf\x11\xe0" + bytes(600), 415),
        (b"%PDF-1.7 ...", 415),
        (b"\x1f\x8b\x08\x00", 415),
        (bytes(range(256)) * 40, 415),
        (b"", 422),
        (b"no columns at all", 422),
    ],
    ids=["zip bomb", "XLSX", "XLS", "PDF", "gzip", "noise", "empty", "no columns"],
)
async def test_file_of_another_kind_is_refused_and_not_kept(
    ada: httpx.AsyncClient, bank: int, store: FolderBlobStore, body: bytes, status: int
) -> None:
    refuses(await send(ada, bank, body), status)
    assert _files(store) == []


async def test_file_too_large_is_cut_off_while_it_comes(
    ada: httpx.AsyncClient,
    bank: int,
    store: FolderBlobStore,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(previews, "most_bytes", lambda: 1000)

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"2026-03-05;-12.50\n" * 10

    refuses(await send(ada, bank, endless()), 413)
    assert _files(store) == []


@pytest.mark.parametrize("path", [PLACE, f"{PREVIEWS}/1", f"{PLACE}/1/confirm"])
async def test_two_gigabytes_are_refused_before_a_byte_is_read(
    api: ASGIApp, ada: httpx.AsyncClient, bank: int, path: str
) -> None:
    method = "PATCH" if "previews" in path else "POST"
    headers = {
        "host": HERE.removeprefix("http://"),
        "origin": HERE,
        "cookie": "; ".join(f"{k}={v}" for k, v in ada.cookies.items()),
        "content-length": str(2 * 1024**3),
        "content-type": "application/json",
    }
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": f"account_id={bank}&filename=a".encode(),
        "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 8000),
        "scheme": "http",
        "http_version": "1.1",
    }
    sent: list[Message] = []

    async def receive() -> Message:
        raise AssertionError("the body was read")

    async def send_message(message: Message) -> None:
        sent.append(message)

    await api(scope, receive, send_message)
    assert sent[0]["status"] == 413


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"filename": "a"}, "account_id"),
        ({"account_id": "-1", "filename": "a"}, "account_id"),
        ({"account_id": str(2**63), "filename": "a"}, "account_id"),
        ({"account_id": "1"}, "filename"),
        ({"account_id": "1", "filename": "x" * 501}, "filename"),
    ],
)
async def test_bad_question_names_its_field(
    ada: httpx.AsyncClient, wanted: dict[str, str], field: str
) -> None:
    refuses(await ada.post(PLACE, params=wanted, content=FILE), 422, field)


async def test_path_in_a_filename_is_dropped(ada: httpx.AsyncClient, bank: int) -> None:
    wanted = {"account_id": bank, "filename": "../../etc/passwd"}
    made = gives(await ada.post(PLACE, params=wanted, content=FILE), 201)
    assert made["item"]["filename"] == "passwd"


def _files(store: FolderBlobStore) -> list[Path]:
    return list(store._root.iterdir())
