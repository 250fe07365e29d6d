"""Files that are no statements, or too large, are refused in words."""

import io
import zipfile
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.types import ASGIApp, Message

from fintrack.api import previews
from fintrack.services.blobs import FolderBlobStore
from tests.api.asking import gives, refuses
from tests.api.conftest import HERE
from tests.api.statements import FILE, PLACE, PREVIEWS, files_of, send

pytestmark = pytest.mark.usefixtures("store")


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


async def test_workbook_without_a_sheet_is_called_damaged(
    ada: httpx.AsyncClient, bank: int
) -> None:
    refusal = refuses(await send(ada, bank, _workbook()), 422)
    assert refusal["detail"] == "This Excel file is damaged and cannot be read."


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
        (_workbook(), 422),
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
    assert files_of(store) == []


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
    assert files_of(store) == []


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
