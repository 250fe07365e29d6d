"""How a backup is encrypted: in segments, while it is written.

The file begins with its version, the fingerprint of the master key and a random salt.
The key is derived from the master key (HKDF, label "backups") and the salt, so that no
two backups share one. Then come segments of 1 MiB, each sealed with AES-256-GCM: its
nonce is its number, and number, whether it is the last, and the head of the file are
bound to it. So no segment can be changed, moved, cut off or brought from elsewhere.

Stored files are sealed alike (``sealed_files.py``), but never under another key than
the one in use. A backup outlives its key, and so it says which one it wants.
"""

import hmac
import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fintrack.core.errors import Conflict, InvalidInput
from fintrack.core.text import message_id
from fintrack.services.master_key import MasterKey

LABEL = "backups"
SEGMENT_BYTES = 1024 * 1024
TAG_BYTES = 16
NO_BACKUP = message_id("This is no backup, or one that this version cannot read.")
OTHER_KEY = message_id(
    "This backup was made with another master key. Take the recovery sheet of the key "
    "that was in use on that day."
)
DAMAGED = message_id("This backup is damaged: its piece {number} was changed.")
CUT_OFF = message_id("This backup is damaged: its end is cut off or was changed.")

# The number is that of the format and its algorithm.
_MAGIC = b"FTBACKUP1\n"
_FINGERPRINT_BYTES = _SALT_BYTES = 32
HEAD_BYTES = len(_MAGIC) + _FINGERPRINT_BYTES + _SALT_BYTES
_NONCE_BYTES = 12


class Sealer:
    """Takes plain bytes and writes sealed segments; ``finish`` marks the last one."""

    def __init__(self, file: BinaryIO, key: MasterKey) -> None:
        salt = secrets.token_bytes(_SALT_BYTES)
        self._head = _MAGIC + bytes.fromhex(key.fingerprint) + salt
        self._cipher = _cipher(key, salt)
        self._file = file
        self._pending = bytearray()
        self._number = 0
        file.write(self._head)

    def write(self, plain: bytes) -> None:
        """Seals what is full; the rest waits for more."""
        self._pending += plain
        # A full one may be the last: it is sealed once something follows it.
        while len(self._pending) > SEGMENT_BYTES:
            self._seal(bytes(self._pending[:SEGMENT_BYTES]), last=False)
            del self._pending[:SEGMENT_BYTES]

    def finish(self) -> None:
        """Seals what is left, possibly nothing, as the last segment."""
        self._seal(bytes(self._pending), last=True)

    def _seal(self, plain: bytes, *, last: bool) -> None:
        bound = _bound(self._head, self._number, last=last)
        self._file.write(self._cipher.encrypt(_nonce(self._number), plain, bound))
        self._number += 1


class Opener:
    """Gives the plain bytes of a backup again, each only after it is proved.

    That nothing was cut off is proved by the last segment, so whoever acts on what
    comes before must have read all of it once.

    Raises:
        InvalidInput: it is no backup.
        Conflict: it was made with another key.
    """

    def __init__(self, file: BinaryIO, key: MasterKey) -> None:
        self._head = file.read(HEAD_BYTES)
        if len(self._head) != HEAD_BYTES or not self._head.startswith(_MAGIC):
            raise InvalidInput(NO_BACKUP)
        fingerprint = self._head[len(_MAGIC) : -_SALT_BYTES]
        if not hmac.compare_digest(fingerprint, bytes.fromhex(key.fingerprint)):
            raise Conflict(OTHER_KEY)
        self._cipher = _cipher(key, self._head[-_SALT_BYTES:])
        self._file = file
        self._next = self._read_sealed()
        self._number = 0
        # A view: most reads are short, and the rest is not to be copied each time.
        self._plain = memoryview(b"")
        self._is_done = False

    def read(self, size: int) -> bytes:
        """Exactly ``size`` bytes, or fewer at the end.

        Raises:
            InvalidInput: a segment was changed, or the end is cut off.
        """
        found = bytes(self._plain[:size])
        self._plain = self._plain[size:]
        while len(found) < size and not self._is_done:
            more = memoryview(self._open())
            left = size - len(found)
            found += more[:left]
            self._plain = more[left:]
        return found

    def _open(self) -> bytes:
        sealed, self._next = self._next, self._read_sealed()
        last = not self._next
        bound = _bound(self._head, self._number, last=last)
        try:
            plain = self._cipher.decrypt(_nonce(self._number), sealed, bound)
        except InvalidTag:
            raise InvalidInput(
                CUT_OFF if last else DAMAGED, number=self._number + 1
            ) from None
        self._number += 1
        self._is_done = last
        return plain

    def _read_sealed(self) -> bytes:
        return self._file.read(SEGMENT_BYTES + TAG_BYTES)


def _cipher(key: MasterKey, salt: bytes) -> AESGCM:
    kdf = HKDF(SHA256(), length=32, salt=salt, info=b"fintrack backup")
    return AESGCM(kdf.derive(key.derive(LABEL)))


def _nonce(number: int) -> bytes:
    return number.to_bytes(_NONCE_BYTES, "big")


def _bound(head: bytes, number: int, *, last: bool) -> bytes:
    return head + number.to_bytes(8, "big") + bytes([last])
