"""A file is kept as it came, or nothing of it is."""

import errno
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from fintrack.core.actor import Actor, LedgerRole
from fintrack.core.errors import (
    Conflict,
    FinTrackError,
    InvalidInput,
    KeyReused,
    NotAllowed,
    NotFound,
    TooLarge,
    Unavailable,
    UnsupportedType,
)
from fintrack.services.attachments import receiving
from fintrack.services.attachments.receiving import most_bytes, receive_attachment
from fintrack.services.commands import perform
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from fintrack.services.sealed_files import Sealer
from tests.books import Books
from tests.core.test_attachment import BILL
from tests.core.test_picture import photograph, picture, png_of
from tests.services.attachments.conftest import Desk, as_it_comes
from tests.services.test_plans import write


async def test_photo_is_kept_byte_by_byte_with_a_thumbnail_beside_it(
    desk: Desk,
) -> None:
    data = photograph()
    done = await desk.attach(data, "C:\\Photos\\till.jpg")
    assert done.value.filename == "till.jpg"
    assert done.value.media_type == "image/jpeg"
    assert (done.value.size, done.value.has_thumbnail) == (len(data), True)
    assert await desk.read(done.value.id) == data
    assert [name.partition("-")[0] for name in desk.files] == [
        "attachment",
        "thumbnail",
    ]


async def test_nothing_plain_reaches_the_disk(desk: Desk) -> None:
    await desk.attach(BILL)
    (path,) = desk.folder.iterdir()
    assert b"%PDF" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


async def test_pdf_arriving_byte_by_byte_is_whole(desk: Desk) -> None:
    single = (bytes([one]) for one in BILL)
    done = await receive_attachment(
        desk.books.actor, desk.transaction_id, "a.pdf", as_it_comes(*single)
    )
    assert await desk.read(done.value.id) == BILL


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", InvalidInput),
        (b"MZ\x90\x00" + bytes(500), UnsupportedType),
        (b"<svg onload='alert(1)'></svg>", UnsupportedType),
        (b"<html><script>alert(1)</script></html>", UnsupportedType),
        (b"%PD", UnsupportedType),
        (BILL[:30], InvalidInput),
        (photograph()[:900], InvalidInput),
        (png_of(10_000, 10_000), InvalidInput),
        (BILL + bytes(10 * 1024 * 1024), TooLarge),
    ],
    ids=["empty", "exe", "svg", "html", "short", "cut", "torn", "bomb", "large"],
)
async def test_bad_file_leaves_neither_row_nor_bytes(
    desk: Desk, data: bytes, error: type[FinTrackError]
) -> None:
    with pytest.raises(error) as refused:
        await desk.attach(data, "receipt.jpg")
    assert refused.value.problems[0].field == "file"
    assert (desk.files, await desk.names()) == ([], [])


async def test_wrong_kind_is_refused_before_the_rest_is_read(desk: Desk) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b"MZ" + bytes(20)
        raise AssertionError("read on")

    with pytest.raises(UnsupportedType):
        await receive_attachment(
            desk.books.actor, desk.transaction_id, "a.jpg", endless()
        )


async def test_endless_file_is_cut_off_at_the_limit(desk: Desk) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield BILL
        while True:
            yield bytes(1024 * 1024)

    with pytest.raises(TooLarge, match=f"{most_bytes() // 1024**2} MB at most"):
        await receive_attachment(
            desk.books.actor, desk.transaction_id, "a.pdf", endless()
        )
    assert desk.files == []


async def test_upload_that_breaks_off_leaves_nothing(desk: Desk) -> None:
    async def cut() -> AsyncIterator[bytes]:
        yield BILL
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await receive_attachment(desk.books.actor, desk.transaction_id, "a.pdf", cut())
    assert (desk.files, await desk.names()) == ([], [])


async def test_full_disk_is_said_and_leaves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Sealer) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Sealer, "finish", refuse)
    with pytest.raises(Unavailable, match=r"The disk is full\. Nothing was changed\."):
        await desk.attach()
    assert (desk.files, await desk.names()) == ([], [])


async def test_refused_command_takes_file_and_thumbnail_along(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise NotFound

    monkeypatch.setattr(receiving, "perform", refuse)
    with pytest.raises(NotFound):
        await desk.attach(picture("PNG"), "a.png")
    assert desk.files == []


async def test_connection_lost_while_it_commits_erases_nothing_on_a_guess(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def keep_and_lose(*arguments: Any, **options: Any) -> None:
        await perform(*arguments, **options)
        raise Unavailable

    monkeypatch.setattr(receiving, "perform", keep_and_lose)
    with pytest.raises(Unavailable):
        await desk.attach(picture("PNG"), "a.png")
    assert await desk.names() == ["a.png"]
    assert len(desk.files) == 2


async def test_same_key_gives_the_first_attachment_and_keeps_one_file(
    desk: Desk,
) -> None:
    data = picture("PNG")
    first = await desk.attach(data, "a.png", key="once")
    before = desk.files
    assert await desk.attach(data, "a.png", key="once") == first
    assert desk.files == before
    for other in (("b.png", data), ("a.png", picture("PNG", (9, 9)))):
        with pytest.raises(KeyReused):
            await desk.attach(other[1], other[0], key="once")
    assert desk.files == before


async def test_file_of_a_second_click_is_not_kept_twice(desk: Desk) -> None:
    await desk.attach(BILL, "bill.pdf")
    before = desk.files
    with pytest.raises(Conflict, match="already attached"):
        await desk.attach(BILL, "again.pdf")
    assert desk.files == before


async def test_transaction_of_somebody_else_takes_nothing(
    desk: Desk, stranger: Books
) -> None:
    async def unread() -> AsyncIterator[bytes]:
        raise AssertionError("read before the right was known")
        yield b""

    with pytest.raises(NotFound):
        await receive_attachment(stranger.actor, desk.transaction_id, "a.pdf", unread())


async def test_viewer_may_not_attach(desk: Desk, stranger: Books) -> None:
    await write(
        desk.books,
        "INSERT INTO membership (version, ledger_id, person_id, role) "
        "VALUES (1, :ledger_id, :person_id, 1)",
        ledger_id=desk.books.actor.ledger_id,
        person_id=stranger.actor.person_id,
    )
    viewer = Actor(
        stranger.actor.person_id,
        stranger.actor.role,
        desk.books.actor.ledger_id,
        LedgerRole.VIEWER,
    )
    with pytest.raises(NotAllowed):
        await receive_attachment(
            viewer, desk.transaction_id, "a.pdf", as_it_comes(BILL)
        )
    assert desk.files == []


async def test_void_transaction_takes_no_more_files(desk: Desk) -> None:
    await desk.attach()
    before = desk.files
    mark = TransactionMark(desk.transaction_id, 1)
    await perform(desk.books.actor, void_transaction, mark)
    with pytest.raises(Conflict, match="void"):
        await desk.attach(picture("PNG"), "a.png")
    assert desk.files == before
    assert await desk.names() == ["bill.pdf"]


async def test_polyglot_is_what_its_head_says_and_its_name_too(desk: Desk) -> None:
    """A picture with a page behind it: kept as it is, never told to be a page."""
    data = picture("PNG") + b"<html><script>alert(1)</script></html>"
    done = await desk.attach(data, "receipt.html")
    assert (done.value.media_type, done.value.filename) == (
        "image/png",
        "receipt.html.png",
    )
    assert await desk.read(done.value.id) == data


async def test_day_that_moves_takes_attachments_along(desk: Desk) -> None:
    """The books find them by the transaction alone."""
    done = await desk.attach()
    await write(
        desk.books,
        "UPDATE transaction SET on_date = :on WHERE id = :id",
        on=date(2026, 4, 1),
        id=desk.transaction_id,
    )
    assert await desk.read(done.value.id) == BILL
