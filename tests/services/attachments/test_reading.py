"""What is attached is read by members of the ledger, as it came."""

import pytest

from fintrack.core.actor import Actor, LedgerRole
from fintrack.core.errors import NotAllowed, NotFound, Unavailable
from fintrack.services.attachments.keeping import AttachmentMark, remove_attachment
from fintrack.services.attachments.reading import (
    PIECE_BYTES,
    list_attachments,
    open_attachment,
    open_thumbnail,
)
from fintrack.services.commands import ask, perform
from tests.books import Books
from tests.core.test_attachment import BILL
from tests.core.test_picture import picture
from tests.services.attachments.conftest import DAY, Desk
from tests.services.test_plans import write


async def test_large_file_is_read_in_pieces(desk: Desk) -> None:
    data = b"%PDF-1.7\n" + bytes(3 * 1024 * 1024) + BILL
    done = await desk.attach(data)
    file = await open_attachment(desk.books.actor, desk.transaction_id, done.value.id)
    pieces = list(file.pieces())
    assert b"".join(pieces) == data
    assert max(map(len, pieces)) <= PIECE_BYTES
    assert file.stream.closed


async def test_thumbnail_is_another_file_than_the_original(desk: Desk) -> None:
    at = desk.transaction_id
    done = await desk.attach(picture("PNG"), "a.png")
    file = await open_thumbnail(desk.books.actor, at, done.value.id)
    assert file.media_type == "image/webp"
    assert b"".join(file.pieces())[:4] == b"RIFF"
    paper = await desk.attach()
    with pytest.raises(NotFound):
        await open_thumbnail(desk.books.actor, at, paper.value.id)


async def test_attachment_is_found_by_its_own_transaction_alone(
    desk: Desk, books: Books
) -> None:
    cash, food = await books.open("Bank", "9 EUR"), await books.category("Rent")
    other = await books.spend(cash.id, food, "1 EUR", DAY)
    done = await desk.attach()
    with pytest.raises(NotFound):
        await open_attachment(books.actor, other.value.id, done.value.id)
    mark = AttachmentMark(other.value.id, done.value.id)
    with pytest.raises(NotFound):
        await perform(books.actor, remove_attachment, mark)


async def test_what_is_somebody_elses_is_not_there(desk: Desk, stranger: Books) -> None:
    done = await desk.attach(picture("PNG"), "a.png")
    at = desk.transaction_id
    for do in (open_attachment, open_thumbnail):
        with pytest.raises(NotFound):
            await do(stranger.actor, at, done.value.id)
    with pytest.raises(NotFound):
        await ask(stranger.actor, list_attachments, at)
    mark = AttachmentMark(at, done.value.id)
    with pytest.raises(NotFound):
        await perform(stranger.actor, remove_attachment, mark)


async def test_viewer_reads_and_does_not_remove(desk: Desk, stranger: Books) -> None:
    done = await desk.attach()
    ledger_id, person_id = desk.books.actor.ledger_id, stranger.actor.person_id
    await write(
        desk.books,
        "INSERT INTO membership (version, ledger_id, person_id, role) "
        "VALUES (1, :ledger_id, :person_id, 1)",
        ledger_id=ledger_id,
        person_id=person_id,
    )
    role = stranger.actor.role
    viewer = Actor(person_id, role, ledger_id, LedgerRole.VIEWER)
    assert len(await ask(viewer, list_attachments, desk.transaction_id)) == 1
    file = await open_attachment(viewer, desk.transaction_id, done.value.id)
    assert b"".join(file.pieces()) == BILL
    mark = AttachmentMark(desk.transaction_id, done.value.id)
    with pytest.raises(NotAllowed):
        await perform(viewer, remove_attachment, mark)


async def test_file_that_was_changed_on_the_disk_is_not_given(desk: Desk) -> None:
    done = await desk.attach()
    (path,) = desk.folder.iterdir()
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(Unavailable, match="damaged"):
        await desk.read(done.value.id)
