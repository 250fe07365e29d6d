"""How a stored file is sealed: in segments, each of which is read by itself.

A file is cut into segments of 1 MiB, each sealed with AES-256-GCM under a key of its
own, derived from the store's key and a random salt. The nonce of a segment is its
number and whether it is the last, so that segments cannot be moved or cut off (the
STREAM construction); the blob's name is bound to each, so that files cannot be swapped.
"""

import hashlib
import io
import os
import secrets
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fintrack.core.errors import Unavailable
from fintrack.core.text import message_id

SEGMENT_BYTES = 1024 * 1024
KEY_BYTES = 32
DAMAGED = message_id("This stored file is damaged.")

# The number is that of the algorithm: another one gets another first line.
_MAGIC = b"FTBLOB1\n"
_SALT_BYTES = 32
_HEAD_BYTES = len(_MAGIC) + _SALT_BYTES
_TAG_BYTES = 16


class Sealer:
    """Writes the sealed segments of one new file; ``digest`` is of the plain ones."""

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
        """Seals one segment."""
        nonce = _nonce(self._number, last=last)
        self._file.write(self._cipher.encrypt(nonce, segment, self._name))
        self.digest.update(segment)
        self._number += 1

    def finish(self) -> None:
        """Takes all of it to the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Lets go of the file, finished or not."""
        # What a full disk did not take is lost on purpose: the file is removed.
        with suppress(OSError):
            self._file.close()


class Opened(io.RawIOBase):
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
        """It is there to be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # io gives a memoryview, typeshed says any buffer
        """Fills the buffer as far as the present segment goes."""
        if not self._plain and self._left:
            self._next()
        count = min(len(buffer), len(self._plain))
        buffer[:count] = self._plain[:count]
        self._plain = self._plain[count:]
        return count

    def close(self) -> None:
        """Closes the sealed file too."""
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


async def segments(
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
