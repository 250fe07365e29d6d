"""Files that people send: kept encrypted, outside the web root, never plain on disk.

A file is cut into segments of 1 MiB, each sealed with AES-256-GCM under a key of its
own, derived from the store's key and a random salt. The nonce of a segment is its
number and whether it is the last, so that segments cannot be moved or cut off (the
STREAM construction); the blob's name is bound to each, so that files cannot be swapped.
"""

import asyncio
import errno
import hashlib
import io
import os
import re
import secrets
from collections.abc import AsyncIterable, AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar, TypeVarTuple, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fintrack.core.errors import NotFound, TooLarge, Unavailable
from fintrack.core.text import message_id

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

SEGMENT_BYTES = 1024 * 1024
KEY_BYTES = 32
DISK_FULL = message_id("The disk is full. Nothing was changed.")
DAMAGED = message_id("This stored file is damaged.")

_MAGIC = b"FTBLOB1\n"
_SALT_BYTES = 32
_HEAD_BYTES = len(_MAGIC) + _SALT_BYTES
_TAG_BYTES = 16
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
        half = self._root / f"{name}{_HALF}"
        size = 0
        try:
            sealer = await _on_disk(_Sealer, half, self._key, name)
            try:
                async for segment, last in _segments(chunks):
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

    def open(self, name: str) -> BinaryIO:
        """A buffered stream that opens one segment at a time."""
        try:
            file = self._path(name).open("rb")
        except FileNotFoundError:
            raise NotFound from None
        try:
            return cast("BinaryIO", io.BufferedReader(_Opened(file, self._key, name)))
        except BaseException:
            file.close()
            raise

    async def delete(self, name: str) -> None:
        """Removes the file, and what a crash left of it."""
        with suppress(NotFound):
            for path in (self._path(name), self._root / f"{name}{_HALF}"):
                await asyncio.to_thread(path.unlink, missing_ok=True)

    async def older(self, kind: str, before: datetime) -> frozenset[str]:
        """By the time of the last change."""
        return await _on_disk(self._older, kind, before)

    def _older(self, kind: str, before: datetime) -> frozenset[str]:
        moment = int(before.timestamp())
        return frozenset(
            path.name.removesuffix(_HALF)
            for path in self._root.glob(f"{kind}-*")
            if path.stat().st_mtime_ns < moment * 10**9
        )

    def _path(self, name: str) -> Path:
        """The file of a blob; what is no name of ours never becomes a path."""
        if not _NAME.fullmatch(name):
            raise NotFound
        return self._root / name

    def _keep(self, half: Path, whole: Path) -> None:
        half.rename(whole)
        folder = os.open(self._root, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class _Sealer:
    """Writes the sealed segments of one new file."""

    def __init__(self, path: Path, key: bytes, name: str) -> None:
        salt = secrets.token_bytes(_SALT_BYTES)
        self._cipher = _cipher(key, salt)
        self._name = name.encode()
        self._number = 0
        self.digest = hashlib.sha256()
        self._file = os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
        )
        self._file.write(_MAGIC + salt)

    def write(self, segment: bytes, last: bool) -> None:  # noqa: FBT001 - the two come as a pair
        nonce = _nonce(self._number, last=last)
        self._file.write(self._cipher.encrypt(nonce, segment, self._name))
        self.digest.update(segment)
        self._number += 1

    def finish(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        # What a full disk did not take is lost on purpose: the file is removed.
        with suppress(OSError):
            self._file.close()


class _Opened(io.RawIOBase):
    """The plain bytes of a sealed file, one segment in memory."""

    def __init__(self, file: BinaryIO, key: bytes, name: str) -> None:
        super().__init__()
        self._file = file
        head = file.read(_HEAD_BYTES)
        if len(head) != _HEAD_BYTES or not head.startswith(_MAGIC):
            raise Unavailable(DAMAGED)
        self._cipher = _cipher(key, head[len(_MAGIC) :])
        self._name = name.encode()
        self._left = os.fstat(file.fileno()).st_size - _HEAD_BYTES
        self._number = 0
        self._plain = memoryview(b"")
        self._next()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # io gives a memoryview, typeshed says any buffer
        if not self._plain and self._left:
            self._next()
        count = min(len(buffer), len(self._plain))
        buffer[:count] = self._plain[:count]
        self._plain = self._plain[count:]
        return count

    def close(self) -> None:
        self._file.close()
        super().close()

    def _next(self) -> None:
        sealed = self._file.read(min(self._left, SEGMENT_BYTES + _TAG_BYTES))
        self._left -= len(sealed)
        nonce = _nonce(self._number, last=not self._left)
        try:
            plain = self._cipher.decrypt(nonce, sealed, self._name)
        except InvalidTag:
            raise Unavailable(DAMAGED) from None
        self._number += 1
        self._plain = memoryview(plain)


async def _segments(
    chunks: AsyncIterable[bytes],
) -> AsyncIterator[tuple[bytes, bool]]:
    """Segments of full length, and a last one, possibly empty, that is marked."""
    pending = bytearray()
    async for chunk in chunks:
        pending += chunk
        while len(pending) > SEGMENT_BYTES:
            yield bytes(pending[:SEGMENT_BYTES]), False
            del pending[:SEGMENT_BYTES]
    yield bytes(pending), True


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    derived = HKDF(SHA256(), KEY_BYTES, salt, b"fintrack blob").derive(key)
    return AESGCM(derived)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


async def _on_disk(do: Callable[[*Ts], T], *arguments: *Ts) -> T:
    """Runs ``do`` in a thread; what the disk refuses is said to the person."""
    try:
        return await asyncio.to_thread(do, *arguments)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise (Unavailable(DISK_FULL) if full else Unavailable()) from error
