"""What waited longer than a day is removed, file and row."""

import os
from pathlib import Path

import pytest

from fintrack.core.errors import Conflict, NotFound
from fintrack.services.blobs import FolderBlobStore
from fintrack.services.imports.sweeping import sweep_previews
from tests.books import Books
from tests.conftest import Clock
from tests.services.imports.conftest import Desk, chunks_of
from tests.services.imports.statements import CURRENT


async def test_expired_preview_is_refused_and_swept(
    desk: Desk, books: Books, clock: Clock, tmp_path: Path
) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    assert await sweep_previews() == 0
    clock.advance(hours=24)
    with pytest.raises(Conflict, match="expired"):
        await desk.read(head.id)
    with pytest.raises(Conflict, match="expired"):
        await desk.confirm(head.id)
    assert await sweep_previews() == 1
    assert list((tmp_path / "blobs").iterdir()) == []
    with pytest.raises(NotFound):
        await desk.read(head.id)


async def test_file_that_a_crash_left_without_a_row_is_swept_after_a_day(
    desk: Desk, books: Books, clock: Clock, store: FolderBlobStore, tmp_path: Path
) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    for kind in ("import", "video"):
        await store.put(chunks_of(CURRENT), most=1000, kind=kind)
    folder = tmp_path / "blobs"
    torn = folder / f"import-{'0' * 32}.part"
    torn.write_bytes(b"half")
    for path in folder.iterdir():
        os.utime(path, times=(0, clock.now.timestamp() - 3600))
    assert await sweep_previews() == 0
    for path in folder.iterdir():
        os.utime(path, times=(0, clock.now.timestamp() - 25 * 3600))
    assert await sweep_previews() == 2
    assert sorted(path.name[:6] for path in folder.iterdir()) == ["import", "video-"]
    assert (await desk.read(head.id)).to_add == 4
