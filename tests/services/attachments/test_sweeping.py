"""Bytes go when nobody can bring their row back, and not a moment before (I27)."""

import os

import pytest

from fintrack.services.attachments.keeping import AttachmentMark, remove_attachment
from fintrack.services.attachments.proving import check_files
from fintrack.services.attachments.sweeping import KINDS, sweep_attachments
from fintrack.services.blobs import FolderBlobStore, names_in
from fintrack.services.commands import perform
from tests.conftest import Clock
from tests.core.test_attachment import BILL
from tests.core.test_picture import picture
from tests.services.attachments.conftest import Desk, as_it_comes


def age(desk: Desk, clock: Clock) -> None:
    """As if each file had been written just now, by the test's own clock."""
    for path in desk.folder.iterdir():
        os.utime(path, times=(0, clock.now.timestamp()))


async def sound(desk: Desk) -> bool:
    return await check_files(lambda: names_in(desk.folder)) == []


async def remove(desk: Desk, attachment_id: int) -> int:
    mark = AttachmentMark(desk.transaction_id, attachment_id)
    return (await perform(desk.books.actor, remove_attachment, mark)).change_id


async def test_attachments_stay_however_old_they_are(desk: Desk, clock: Clock) -> None:
    await desk.attach(picture("PNG"), "a.png")
    age(desk, clock)
    clock.advance(days=4000)
    assert await sweep_attachments() == 0
    assert len(desk.files) == 2


async def test_removed_one_is_swept_after_thirty_days_with_its_thumbnail(
    desk: Desk, clock: Clock
) -> None:
    done = await desk.attach(picture("PNG"), "a.png")
    kept = await desk.attach(BILL)
    age(desk, clock)
    clock.advance(days=40)
    await remove(desk, done.value.id)
    clock.advance(days=30)
    assert await sweep_attachments() == 0
    clock.advance(hours=2)
    assert await sweep_attachments() == 2
    assert await desk.read(kept.value.id) == BILL
    assert await sound(desk)


async def test_undo_on_the_last_day_finds_the_bytes(desk: Desk, clock: Clock) -> None:
    done = await desk.attach()
    age(desk, clock)
    clock.advance(days=31)
    change = await remove(desk, done.value.id)
    clock.advance(days=29, hours=23)
    assert await sweep_attachments() == 0
    await desk.books.undo(change)
    clock.advance(days=31)
    assert await sweep_attachments() == 0
    assert await desk.read(done.value.id) == BILL


async def test_undone_upload_can_be_redone_for_thirty_days_more(
    desk: Desk, clock: Clock
) -> None:
    done = await desk.attach()
    age(desk, clock)
    clock.advance(days=29)
    undone = await desk.books.undo(done.change_id)
    clock.advance(days=29)
    assert await sweep_attachments() == 0
    await desk.books.undo(undone.id)
    assert await desk.read(done.value.id) == BILL


async def test_file_that_a_crash_left_is_swept_after_an_hour_and_no_other_kind(
    desk: Desk, store: FolderBlobStore, clock: Clock
) -> None:
    await desk.attach(picture("PNG"), "a.png")
    mine = desk.files
    for kind in (*KINDS, "video"):
        await store.put(as_it_comes(BILL), most=1000, kind=kind)
    (desk.folder / f"attachment-{'0' * 32}.part").write_bytes(b"half")
    age(desk, clock)
    clock.advance(minutes=59)
    assert await sweep_attachments() == 0
    clock.advance(minutes=2)
    assert await sweep_attachments() == 3
    assert [name for name in desk.files if not name.startswith("video")] == mine


async def test_many_files_are_looked_at_in_parts(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fintrack.services.attachments.sweeping.BATCH", 2)
    for number in range(3):
        await desk.attach(picture("PNG", (number + 1, 1)), f"{number}.png")
    for number in range(5):
        name = f"attachment-{number:032x}"
        (desk.folder / name).write_bytes(b"lost")
    age(desk, clock)
    clock.advance(hours=2)
    assert await sweep_attachments() == 5
    assert len(desk.files) == 6
