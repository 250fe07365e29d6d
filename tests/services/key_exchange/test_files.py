"""Files are brought to the other key one by one; what is damaged is told and stays."""

import errno
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fintrack.core.errors import Unavailable
from fintrack.services.blobs import FolderBlobStore
from fintrack.services.key_exchange.files import seal_anew
from fintrack.services.sealed_files import SEGMENT_BYTES

OLD, NEW = bytes(32), b"n" * 32


async def put(store: FolderBlobStore, data: bytes) -> str:
    async def chunks() -> AsyncIterator[bytes]:
        yield data

    return (await store.put(chunks(), most=len(data), kind="test")).name


def read(store: FolderBlobStore, name: str) -> bytes:
    with store.open(name) as file:
        return file.read()


@pytest.fixture
def former(tmp_path: Path) -> FolderBlobStore:
    return FolderBlobStore(tmp_path, OLD)


@pytest.fixture
def new(tmp_path: Path) -> FolderBlobStore:
    return FolderBlobStore(tmp_path, NEW)


async def test_files_of_both_keys_end_under_the_new_one(
    former: FolderBlobStore, new: FolderBlobStore, tmp_path: Path
) -> None:
    data = os.urandom(SEGMENT_BYTES + 3)
    names = [await put(former, data), await put(new, b"there"), await put(former, b"")]
    (tmp_path / f"{names[0]}.part").write_bytes(b"what a killed run left")
    done = await seal_anew(former, new)
    assert (done.files, done.damaged) == (3, ())
    assert [read(new, name) for name in names] == [data, b"there", b""]
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("place", [50, -1], ids=["at its beginning", "at its end"])
async def test_damaged_file_is_told_and_stays(
    former: FolderBlobStore, new: FolderBlobStore, tmp_path: Path, place: int
) -> None:
    bad, good = await put(former, bytes(SEGMENT_BYTES + 3)), await put(former, b"good")
    content = bytearray((tmp_path / bad).read_bytes())
    content[place] ^= 1
    (tmp_path / bad).write_bytes(content)
    done = await seal_anew(former, new)
    assert (done.files, done.damaged) == (1, (bad,))
    assert (tmp_path / bad).read_bytes() == content
    assert read(new, good) == b"good"


async def test_full_disk_ends_it_and_loses_nothing(
    former: FolderBlobStore, new: FolderBlobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = await put(former, b"data")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(Unavailable, match="disk is full"):
            await seal_anew(former, new)
    assert read(former, name) == b"data"
    await seal_anew(former, new)
    assert read(new, name) == b"data"
