"""The audit chain: what each row's hash is made of, and what a signed head says."""

import hashlib
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

BEFORE_THE_FIRST = bytes(32)
HEAD_LABEL = "audit head"

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FIXED = struct.Struct(">qqq32s")
_HEAD = struct.Struct(">qq32s")


@dataclass(frozen=True, slots=True)
class Shipment:
    """What one row of the chain is about; ``source_id`` is its id in MainDB."""

    source: str
    source_id: int
    at: datetime
    payload: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tip:
    """The last row of a chain; position 0 is an empty one."""

    position: int = 0
    hash: bytes = BEFORE_THE_FIRST


def microseconds(at: datetime) -> int:
    """Whole microseconds since 2000, as PostgreSQL keeps an instant."""
    return (at - _EPOCH) // _MICROSECOND


def link(tip: Tip, shipment: Shipment) -> Tip:
    """The tip after one more row.

    Everything before the source has a fixed length and the source ends with a zero
    byte, so that no two rows are written alike. ``services/trail/verifying.py`` has the
    same bytes made by PostgreSQL.
    """
    position = tip.position + 1
    micros = microseconds(shipment.at)
    fixed = _FIXED.pack(position, shipment.source_id, micros, tip.hash)
    row = b"".join((fixed, shipment.source.encode(), b"\0", shipment.payload))
    return Tip(position, hashlib.sha256(row).digest())


def head_message(tip: Tip, at: datetime) -> bytes:
    """What a signed head signs: where the chain stood at an instant."""
    return b"fintrack audit head\0" + _HEAD.pack(
        tip.position, microseconds(at), tip.hash
    )


def former_key_message(public_key: bytes, position: int, at: datetime) -> bytes:
    """What the next key signs: whose heads are good, and up to which row."""
    return b"fintrack former key\0" + _HEAD.pack(position, microseconds(at), public_key)
