"""Files that people send: kept encrypted, outside the web root, never plain on disk.

``sealed_files.py`` says how one is encrypted.
"""

import asyncio
import errno
import io
import os
import re
import secrets
import sys
from collections.abc import AsyncIterable, AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar, TypeVarTuple, cast

from fintrack.core.errors import (
    Busy,
    FinTrackError,
    NotFound,
    TooLarge,
    Unavailable,
)
from fintrack.core.text import message_id
from fintrack.services.durable import sync_folder
from fintrack.services.sealed_files import KEY_BYTES, Opened, Sealer, segments

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

LABEL = "blobs"
FOLDER = "blobs"
DISK_FULL = message_id("The disk is full. Nothing was changed.")

_RANDOM_BYTES = 16
_NAME = re.compile(r"[a-z]+-[0-9a-f]{32}")
_HALF = ".part"


@dataclass(frozen=True, slots=True)
class StoredBlob:
    """What ``put`` kept: its random name, how many plain bytes, and their SHA-256."""

    name: str
    size: int
    sha256: str


class BlobStore(Protocol):
    """Keeps files by random names; the name is no secret, the content is."""

    async def put(
        self, chunks: AsyncIterable[bytes], *, most: int, kind: str
    ) -> StoredBlob:
        """Keeps all of ``chunks``, or nothing; ``kind`` is a short word of its use.

        Raises:
            TooLarge: more than ``most`` bytes came.
            Unavailable: there is no room for it.
        """
        ...

    def open(self, name: str) -> BinaryIO:
        """The plain content as a stream; to be read in a thread.

        Raises:
            NotFound: there is no such blob.
            Unavailable: it was changed since it was written (also while reading).
        """
        ...

    async def delete(self, name: str) -> None:
        """Removes a blob; one that is not there is no error."""
        ...

    async def older(self, kind: str, before: datetime) -> frozenset[str]:
        """The names of this kind last written before ``before``, torn ones too."""
        ...

    async def names(self) -> list[str]:
        """All whole blobs."""
        ...

    async def rewrite(self, name: str, chunks: AsyncIterable[bytes]) -> None:
        """Puts ``chunks`` in the place of a blob, all of them or nothing.

        Raises:
            NotFound: there is no such blob.
            Unavailable: there is no room for it.
        """
        ...


class _Installed:
    """The store of this process; verbs need not carry it along."""

    store: BlobStore | None = None


def install(store: BlobStore | None) -> None:
    """Makes ``store`` the one of this process; None takes it out."""
    _Installed.store = store


def current() -> BlobStore:
    """The installed store.

    Raises:
        RuntimeError: the wiring has installed none.
    """
    if _Installed.store is None:
        raise RuntimeError("no blob store is installed")
    return _Installed.store


@asynccontextmanager
async def erased_if_refused(*names: str) -> AsyncIterator[None]:
    """Erases these blobs where the rows that name them are refused.

    Who waits too long (for a turn, a connection, a lock) has committed nothing. But a
    connection that is lost while it commits may have kept the row, and so may what
    broke off for another reason: the sweep finds out, and nothing is erased on a guess.
    """
    try:
        yield
    except FinTrackError as refusal:
        if isinstance(refusal, Busy) or not isinstance(refusal, Unavailable):
            await erase(*names)
        raise


async def erase(*names: str) -> None:
    """Erases blobs; an empty name is none."""
    for name in filter(None, names):
        await current().delete(name)


async def whole(content: bytes) -> AsyncIterator[bytes]:
    """Bytes that are all there, as ``put`` takes them."""
    yield content


def names_in(root: Path) -> list[str]:
    """All whole blobs of a folder, which needs no key; none where it is not there."""
    return sorted(path.name for path in root.glob("*") if is_name(path.name))


def is_name(name: str) -> bool:
    """Whether a whole blob can be called so."""
    return _NAME.fullmatch(name) is not None


class FolderBlobStore:
    """Blobs in a private folder of the data directory."""

    def __init__(self, root: Path, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"the key of a blob store has {KEY_BYTES} bytes")
        self._root = root
        self._key = key
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        root.chmod(0o700)

    async def put(
        self, chunks: AsyncIterable[bytes], *, most: int, kind: str
    ) -> StoredBlob:
        """Seals each segment while it arrives; renamed into place at the end."""
        name = f"{kind}-{secrets.token_hex(_RANDOM_BYTES)}"
        return await self._write(name, chunks, most)

    def open(self, name: str) -> BinaryIO:
        """A buffered stream that opens one segment at a time."""
        try:
            file = self._path(name).open("rb")
        except FileNotFoundError:
            raise NotFound from None
        try:
            return cast("BinaryIO", io.BufferedReader(Opened(file, self._key, name)))
        except BaseException:
            file.close()
            raise

    async def delete(self, name: str) -> None:
        """Removes the file, and what a crash left of it."""
        with suppress(NotFound):
            for path in (self._path(name), _half_of(self._root / name)):
                await asyncio.to_thread(path.unlink, missing_ok=True)

    async def older(self, kind: str, before: datetime) -> frozenset[str]:
        """By the time of the last change."""
        return await _on_disk(self._older, kind, before)

    async def names(self) -> list[str]:
        """In the order of the alphabet."""
        return await _on_disk(names_in, self._root)

    async def rewrite(self, name: str, chunks: AsyncIterable[bytes]) -> None:
        """The new file is as old as the one whose place it takes."""
        path = self._path(name)
        if not await _on_disk(path.exists):
            raise NotFound
        # What a killed process left: nobody else writes a file of this name.
        await _on_disk(_half_of(path).unlink, True)  # noqa: FBT003 - missing_ok
        await self._write(name, chunks, sys.maxsize)

    async def _write(
        self, name: str, chunks: AsyncIterable[bytes], most: int
    ) -> StoredBlob:
        half = _half_of(self._root / name)
        size = 0
        try:
            sealer = await _on_disk(Sealer, half, self._key, name)
            try:
                async for segment, last in segments(chunks):
                    size += len(segment)
                    if size > most:
                        raise TooLarge(field="file")
                    await _on_disk(sealer.write, segment, last)
                await _on_disk(sealer.finish)
            finally:
                sealer.close()
            await _on_disk(self._keep, half, self._root / name)
        except BaseException:
            half.unlink(missing_ok=True)
            raise
        return StoredBlob(name, size, sealer.digest.hexdigest())

    def _older(self, kind: str, before: datetime) -> frozenset[str]:
        moment = int(before.timestamp())
        return frozenset(
            path.name.removesuffix(_HALF)
            for path in self._root.glob(f"{kind}-*")
            if path.stat().st_mtime_ns < moment * 10**9
        )

    def _path(self, name: str) -> Path:
        """The file of a blob; what is no name of ours never becomes a path."""
        if not is_name(name):
            raise NotFound
        return self._root / name

    def _keep(self, half: Path, whole: Path) -> None:
        with suppress(FileNotFoundError):
            written = whole.stat().st_mtime_ns
            os.utime(half, ns=(written, written))
        half.rename(whole)
        sync_folder(self._root)


def _half_of(path: Path) -> Path:
    return path.with_name(f"{path.name}{_HALF}")


async def _on_disk(do: Callable[[*Ts], T], *arguments: *Ts) -> T:
    """Runs ``do`` in a thread; what the disk refuses is said to the person."""
    try:
        return await asyncio.to_thread(do, *arguments)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise (Unavailable(DISK_FULL) if full else Unavailable()) from error
