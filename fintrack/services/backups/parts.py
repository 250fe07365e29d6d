"""The parts of a backup, one after the other in its plain stream.

A part comes in pieces, each after its number and its length; a piece of no bytes ends
it. Nobody needs to know how long a part will be before it is written.
"""

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from fintrack.core.errors import InvalidInput
from fintrack.services.backups.sealing import NO_BACKUP, SEGMENT_BYTES

ABOUT, LOG, FILES, MAIN, CONTENTS = "about", "log", "files", "main", "contents"
# MainDB comes last: whoever finds people in a restored one finds the rest too.
PARTS = (ABOUT, LOG, FILES, MAIN, CONTENTS)
PIECE_BYTES = SEGMENT_BYTES

_PIECE = struct.Struct(">BI")


class Sink(Protocol):
    """Where plain bytes go."""

    def write(self, plain: bytes, /) -> object:
        """Takes all of them."""
        ...


class Source(Protocol):
    """Where plain bytes come from."""

    def read(self, size: int, /) -> bytes:
        """Exactly ``size`` bytes, or fewer at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Measure:
    """How many plain bytes a part has, and their SHA-256 in hexadecimal digits."""

    size: int
    sha256: str


class PartWriter:
    """Writes one part; ``close`` ends it."""

    def __init__(self, sink: Sink, name: str) -> None:
        self._sink = sink
        self._number = PARTS.index(name)
        self._digest = hashlib.sha256()
        self._size = 0

    def write(self, plain: bytes) -> int:
        """Adds bytes; how many they were, as a file says it."""
        for start in range(0, len(plain), PIECE_BYTES):
            piece = plain[start : start + PIECE_BYTES]
            self._sink.write(_PIECE.pack(self._number, len(piece)) + piece)
        self._digest.update(plain)
        self._size += len(plain)
        return len(plain)

    def tell(self) -> int:
        """How many bytes it has so far."""
        return self._size

    def close(self) -> Measure:
        """Ends the part."""
        self._sink.write(_PIECE.pack(self._number, 0))
        return Measure(self._size, self._digest.hexdigest())


class PartReader:
    """One part as a stream that ends where the part does."""

    def __init__(self, source: Source, name: str) -> None:
        self.name = name
        self._source = source
        self._digest = hashlib.sha256()
        self._size = 0
        self._left = 0
        self._is_done = False

    def read(self, size: int = PIECE_BYTES) -> bytes:
        """Up to ``size`` bytes; none at the end.

        Raises:
            InvalidInput: the stream is no backup's, or is damaged.
        """
        if not self._left and not self._is_done:
            self._left = _read_length(self._source, self.name)
            self._is_done = not self._left
        found = self._source.read(min(size, self._left))
        self._left -= len(found)
        self._size += len(found)
        self._digest.update(found)
        return found

    def rest(self) -> bytes:
        """All that is left; for parts that are short."""
        return b"".join(iter(self.read, b""))

    def drain(self) -> Measure:
        """Reads what is left; the measure of the whole part."""
        while self.read():
            pass
        return Measure(self._size, self._digest.hexdigest())


def read_parts(source: Source) -> Iterator[PartReader]:
    """All parts in their order; what is not read of one is passed over."""
    for name in PARTS:
        part = PartReader(source, name)
        yield part
        part.drain()


def _read_length(source: Source, name: str) -> int:
    head = source.read(_PIECE.size)
    number, length = _PIECE.unpack(head) if len(head) == _PIECE.size else (-1, 0)
    if number != PARTS.index(name) or length > PIECE_BYTES:
        raise InvalidInput(NO_BACKUP)
    return int(length)
