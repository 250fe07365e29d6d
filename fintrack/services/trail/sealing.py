"""What LogDB keeps of one change set or event: a clear head and sealed images.

A payload is one line of JSON and then the sealed parts. The line says what was done by
whom, with ids only, and for each part the number of its key and its length. A part
holds lines of JSON, compressed and encrypted; the images of an owner whose key was
destroyed are left out. ``form`` 1 says that the first byte of a part names its
algorithm; rows of before have no form and nothing but AES-256-GCM, and no row of the
chain is ever written anew.
"""

import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fintrack.core.encryption import AES_256_GCM
from fintrack.services.trail.keys import Key

MASK = "•••"
FORM = 1
# Fast, because images are small and similar; the better levels gain a tenth.
LEVEL = 1
# A second line of defence: tables already leave out the columns they name as secret.
SECRET_NAME = re.compile(
    r"(^|_)(password|passwd|secret|token|otp|totp|cookie|authorization|pin)(_|$)",
    re.IGNORECASE,
)
# Looked for in every row that is ever written: a search for words is twenty times
# cheaper than one expression for all of them.
_ROUGHLY = ("passw", "secret", "token", "otp", "cookie", "authorization", "pin")


@dataclass(frozen=True, slots=True)
class Part:
    """Images of one owner, sealed with the key of this number."""

    key_id: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """A payload read again; ``images`` holds what its keys still open."""

    head: dict[str, Any]
    images: list[Any]


def seal(name: str, number: int, key: Key, lines: Sequence[str]) -> Part:
    """Part ``number`` of ``name`` (``change_set 7``), which it is bound to."""
    plain = zlib.compress("\n".join(map(mask, lines)).encode(), LEVEL)
    return Part(key.id, key.encrypt(plain, f"{name} {number}"))


def compose(head: Mapping[str, Any], parts: Sequence[Part]) -> bytes:
    """A payload of its head and its parts, in the order of their numbers."""
    known = [[part.key_id, len(part.sealed)] for part in parts]
    told = {**head, "parts": known, "form": FORM}
    line = json.dumps(told, separators=(",", ":"))
    return b"".join((line.encode(), b"\n", *(part.sealed for part in parts)))


def read_head(payload: bytes) -> dict[str, Any]:
    """What is readable without any key."""
    head: dict[str, Any] = json.loads(payload.partition(b"\n")[0])
    return head


def unseal(name: str, payload: bytes, find_key: Callable[[int], Key | None]) -> Opened:
    """A payload with the images of every part whose key ``find_key`` still gives."""
    head = read_head(payload)
    images = [
        json.loads(line)
        for bound_to, key_id, sealed in _parts(name, head, payload)
        if (key := find_key(key_id)) is not None
        for line in zlib.decompress(key.decrypt(sealed, bound_to)).splitlines()
    ]
    return Opened(head, images)


def mask(line: str) -> str:
    """A line of JSON whose secrets, at any depth, are dots."""
    folded = line.casefold()
    if not any(word in folded for word in _ROUGHLY):
        return line
    return json.dumps(_mask(json.loads(line)), ensure_ascii=False)


def _mask(value: object) -> object:
    if isinstance(value, dict):
        return {
            name: MASK if SECRET_NAME.search(name) and inner else _mask(inner)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_mask(inner) for inner in value]
    return value


def _parts(
    name: str, head: Mapping[str, Any], payload: bytes
) -> Iterator[tuple[str, int, bytes]]:
    begin = payload.index(b"\n") + 1
    algorithm = b"" if head.get("form") else AES_256_GCM
    for number, (key_id, length) in enumerate(head["parts"]):
        yield f"{name} {number}", key_id, algorithm + payload[begin : begin + length]
        begin += length
