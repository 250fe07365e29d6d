"""Every blob store keeps this contract; the folder keeps files sealed besides."""

import errno
import hashlib
import os
import stat
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fintrack.core.errors import Busy, NotFound, TooLarge, Unavailable
from fintrack.services import blobs
from fintrack.services.blobs import BlobStore, FolderBlobStore
from fintrack.services.sealed_files import SEGMENT_BYTES

KEY = bytes(range(32))
SECRET = b"IBAN DE00 1234 salary 4200.00\n"


async def chunks_of(data: bytes, size: int = 70_000) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "blobs"


@pytest.fixture(params=[FolderBlobStore])
def store(request: pytest.FixtureRequest, folder: Path) -> BlobStore:
    """Each implementation; another one joins the list of parameters."""
    made: BlobStore = request.param(folder, KEY)
    return made


async def _read(store: BlobStore, name: str) -> bytes:
    with store.open(name) as file:
        return file.read()


def _contents(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.iterdir()]


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    "size",
    [0, 1, SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 3 * SEGMENT_BYTES],
)
async def test_what_is_put_is_read_again(store: BlobStore, size: int) -> None:
    data = os.urandom(size)
    kept = await store.put(chunks_of(data), most=size, kind="test")
    assert kept.size == size
    assert await _read(store, kept.name) == data


async def test_each_opening_reads_from_the_start(store: BlobStore) -> None:
    kept = await store.put(chunks_of(SECRET), most=100, kind="test")
    with store.open(kept.name) as first, store.open(kept.name) as second:
        assert first.read(4) == second.read(4) == b"IBAN"


async def test_file_that_is_too_large_leaves_nothing(
    store: BlobStore, folder: Path
) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 65_536
            yield bytes(65_536)

    with pytest.raises(TooLarge):
        await store.put(endless(), most=2 * SEGMENT_BYTES, kind="test")
    assert sent < 5 * SEGMENT_BYTES
    assert _contents(folder) == []


async def test_sender_who_goes_away_leaves_nothing(
    store: BlobStore, folder: Path
) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield bytes(2 * SEGMENT_BYTES)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await store.put(broken(), most=10 * SEGMENT_BYTES, kind="test")
    assert _contents(folder) == []


async def test_deleted_blob_is_gone_and_may_be_deleted_again(store: BlobStore) -> None:
    kept = await store.put(chunks_of(SECRET), most=100, kind="test")
    await store.delete(kept.name)
    await store.delete(kept.name)
    with pytest.raises(NotFound):
        store.open(kept.name)


@pytest.mark.parametrize("name", ["", "../secret", "a" * 32, "A" * 32, "/etc/passwd"])
async def test_unknown_name_is_not_found(store: BlobStore, name: str) -> None:
    with pytest.raises(NotFound):
        store.open(name)
    await store.delete(name)


async def test_no_plain_byte_is_on_disk(folder: Path) -> None:
    store = FolderBlobStore(folder, KEY)
    seen: list[bytes] = []

    async def watched() -> AsyncIterator[bytes]:
        for _ in range(4):
            yield SECRET * (SEGMENT_BYTES // len(SECRET) + 1)
            seen.extend(_contents(folder))

    kept = await store.put(watched(), most=10 * SEGMENT_BYTES, kind="test")
    seen.extend(_contents(folder))
    assert not any(b"IBAN" in content for content in seen)
    assert (_mode(folder), _mode(folder / kept.name)) == (0o700, 0o600)


async def test_same_content_twice_looks_different(folder: Path) -> None:
    store = FolderBlobStore(folder, KEY)
    first = await store.put(chunks_of(SECRET), most=100, kind="test")
    second = await store.put(chunks_of(SECRET), most=100, kind="test")
    assert (folder / first.name).read_bytes() != (folder / second.name).read_bytes()


def _flip(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


def _cut_a_segment(content: bytes) -> bytes:
    return content[: 40 + SEGMENT_BYTES + 16]


def _cut_the_head(content: bytes) -> bytes:
    return content[:20]


@pytest.mark.parametrize("harm", [_flip, _cut_a_segment, _cut_the_head])
async def test_changed_file_is_never_read_as_if_it_were_sound(
    folder: Path, harm: Callable[[bytes], bytes]
) -> None:
    store = FolderBlobStore(folder, KEY)
    kept = await store.put(
        chunks_of(bytes(SEGMENT_BYTES + 5)), most=2 * SEGMENT_BYTES, kind="test"
    )
    path = folder / kept.name
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(Unavailable, match="damaged"):
        await _read(store, kept.name)


async def test_files_cannot_be_swapped(folder: Path) -> None:
    store = FolderBlobStore(folder, KEY)
    mine = await store.put(chunks_of(SECRET), most=100, kind="test")
    other = await store.put(chunks_of(b"other"), most=100, kind="test")
    (folder / other.name).replace(folder / mine.name)
    with pytest.raises(Unavailable):
        await _read(store, mine.name)


async def test_another_key_opens_nothing(folder: Path) -> None:
    kept = await FolderBlobStore(folder, KEY).put(
        chunks_of(SECRET), most=100, kind="test"
    )
    with pytest.raises(Unavailable):
        await _read(FolderBlobStore(folder, bytes(32)), kept.name)


async def test_full_disk_is_said_and_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = FolderBlobStore(folder, KEY)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable, match="disk is full"):
        await store.put(chunks_of(SECRET), most=100, kind="test")
    assert _contents(folder) == []


async def test_rewritten_blob_has_its_name_its_age_and_other_bytes(
    store: BlobStore, folder: Path
) -> None:
    kept = await store.put(chunks_of(SECRET), most=100, kind="test")
    os.utime(folder / kept.name, (9, 9))
    await store.rewrite(kept.name, chunks_of(b"other"))
    assert await _read(store, kept.name) == b"other"
    assert await store.names() == [kept.name]
    assert (folder / kept.name).stat().st_mtime == 9


async def test_rewriting_that_fails_leaves_what_was_there(
    store: BlobStore, folder: Path
) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield bytes(2 * SEGMENT_BYTES)
        raise ConnectionError

    kept = await store.put(chunks_of(SECRET), most=100, kind="test")
    with pytest.raises(ConnectionError):
        await store.rewrite(kept.name, broken())
    assert await _read(store, kept.name) == SECRET
    assert len(_contents(folder)) == 1
    with pytest.raises(NotFound):
        await store.rewrite(f"test-{'0' * 32}", broken())


def test_key_has_32_bytes(folder: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        FolderBlobStore(folder, b"short")


def test_store_must_be_installed(folder: Path) -> None:
    with pytest.raises(RuntimeError):
        blobs.current()
    store = FolderBlobStore(folder, KEY)
    blobs.install(store)
    assert blobs.current() is store
    blobs.install(None)


async def test_old_blobs_of_a_kind_are_found(store: BlobStore) -> None:
    mine = await store.put(chunks_of(SECRET), most=100, kind="import")
    await store.put(chunks_of(SECRET), most=100, kind="video")
    assert mine.sha256 == hashlib.sha256(SECRET).hexdigest()
    assert await store.older("import", datetime(2000, 1, 1, tzinfo=UTC)) == frozenset()
    late = datetime(2200, 1, 1, tzinfo=UTC)
    assert await store.older("import", late) == {mine.name}


@pytest.mark.parametrize(
    ("error", "left"),
    [(NotFound(), 0), (Busy(), 0), (Unavailable(), 1), (OSError(), 1)],
)
async def test_blobs_are_erased_where_their_row_is_surely_not_there(
    error: Exception, left: int, store: BlobStore, folder: Path
) -> None:
    blobs.install(store)
    kept = await store.put(chunks_of(SECRET), most=99, kind="import")
    with pytest.raises(type(error)):
        async with blobs.erased_if_refused(kept.name, ""):
            raise error
    assert len(_contents(folder)) == left
    blobs.install(None)
