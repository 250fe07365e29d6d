"""Each byte of a backup counts, and so does its end."""

import io

import pytest

from fintrack.core.errors import Conflict, InvalidInput
from fintrack.services.backups.sealing import (
    HEAD_BYTES,
    SEGMENT_BYTES,
    TAG_BYTES,
    Opener,
    Sealer,
)
from fintrack.services.master_key import KEY_BYTES, MasterKey

KEY, OTHER = MasterKey(b"k" * KEY_BYTES), MasterKey(b"o" * KEY_BYTES)
WHOLE = SEGMENT_BYTES + TAG_BYTES
PLAIN = b"salary 4200.00\n" * (2 * SEGMENT_BYTES // 15)


def seal(plain: bytes, piece: int = 70_000) -> bytes:
    file = io.BytesIO()
    sealer = Sealer(file, KEY)
    for start in range(0, len(plain), piece):
        sealer.write(plain[start : start + piece])
    sealer.finish()
    return file.getvalue()


def opened(sealed: bytes, key: MasterKey = KEY) -> bytes:
    return Opener(io.BytesIO(sealed), key).read(len(sealed))


@pytest.fixture(scope="module")
def sealed() -> bytes:
    """Two full segments less a few bytes: the second one is the last."""
    return seal(PLAIN)


@pytest.mark.parametrize("size", [0, 1, SEGMENT_BYTES, SEGMENT_BYTES + 1])
def test_what_is_sealed_is_opened_again(size: int) -> None:
    plain = (PLAIN + PLAIN)[:size]
    assert opened(seal(plain)) == plain
    assert opened(seal(plain, piece=3 * SEGMENT_BYTES)) == plain


def test_nothing_is_readable_and_no_two_are_alike(sealed: bytes) -> None:
    assert b"salary" not in sealed
    assert seal(b"x")[HEAD_BYTES:] != seal(b"x")[HEAD_BYTES:]


@pytest.mark.parametrize(
    ("place", "says"),
    [
        (0, "no backup"),
        (10, "another master key"),
        (HEAD_BYTES - 1, "piece 1 was changed"),
        (HEAD_BYTES, "piece 1 was changed"),
        (HEAD_BYTES + WHOLE - 1, "piece 1 was changed"),
        (HEAD_BYTES + WHOLE, "its end"),
        (-1, "its end"),
    ],
)
def test_flipped_bit_is_found(sealed: bytes, place: int, says: str) -> None:
    changed = bytearray(sealed)
    changed[place] ^= 1
    with pytest.raises((InvalidInput, Conflict), match=says):
        opened(bytes(changed))


@pytest.mark.parametrize("left", [-1, HEAD_BYTES + WHOLE, HEAD_BYTES + 9, HEAD_BYTES])
def test_cut_off_end_is_found(sealed: bytes, left: int) -> None:
    with pytest.raises(InvalidInput, match="its end is cut off"):
        opened(sealed[:left])


def test_head_alone_is_no_backup(sealed: bytes) -> None:
    with pytest.raises(InvalidInput, match="no backup"):
        opened(sealed[: HEAD_BYTES - 1])


def test_segments_cannot_change_places() -> None:
    sealed = seal(PLAIN + PLAIN)
    head, body = sealed[:HEAD_BYTES], sealed[HEAD_BYTES:]
    moved = body[WHOLE : 2 * WHOLE] + body[:WHOLE] + body[2 * WHOLE :]
    with pytest.raises(InvalidInput, match="piece 1 was changed"):
        opened(head + moved)


def test_what_follows_the_end_is_found(sealed: bytes) -> None:
    with pytest.raises(InvalidInput, match="damaged"):
        opened(sealed + sealed[-100:])


def test_segment_of_another_backup_does_not_fit(sealed: bytes) -> None:
    other = seal(PLAIN)
    mixed = sealed[: HEAD_BYTES + WHOLE] + other[HEAD_BYTES + WHOLE :]
    with pytest.raises(InvalidInput, match="its end"):
        opened(mixed)


def test_other_key_is_told_before_anything_is_read(sealed: bytes) -> None:
    with pytest.raises(Conflict, match="recovery sheet"):
        Opener(io.BytesIO(sealed), OTHER)
