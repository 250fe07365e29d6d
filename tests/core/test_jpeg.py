"""A JPEG is known by its passes, whatever lies around them."""

import io

import pytest
from PIL import Image

from fintrack.core.jpeg import has_more_scans

SCAN = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
END = b"\xff\xd9"
MANY = 99
SCANS = 6
"""Of a grey picture that is drawn progressively."""


def jpeg(side: int = 60, *, progressive: bool = True) -> bytes:
    out = io.BytesIO()
    image = Image.effect_noise((side, side), 90)
    image.save(out, "JPEG", progressive=progressive, restart_marker_blocks=3)
    return out.getvalue()


def with_more_scans(data: bytes, scans: int) -> bytes:
    """The picture, its last pass said ``scans`` times more."""
    body = data.removesuffix(END)
    return body + body[body.rindex(b"\xff\xda") :] * scans + END


def segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(data) + 2).to_bytes(2, "big") + data


@pytest.mark.parametrize(
    ("data", "scans"), [(jpeg(), SCANS), (jpeg(progressive=False), 1)]
)
def test_each_pass_counts(data: bytes, scans: int) -> None:
    assert not has_more_scans(data, scans)
    assert has_more_scans(data, scans - 1)
    assert has_more_scans(with_more_scans(data, MANY), scans + MANY - 1)
    assert not has_more_scans(with_more_scans(data, MANY), scans + MANY)


@pytest.mark.parametrize(
    "between",
    [b"", b"\xff" * 5, b"\xff\x00", b"\xff\xd0", b"rubbish", segment(0xFE, b"words")],
    ids=["nothing", "filling", "stuffed", "restart", "rubbish", "comment"],
)
def test_passes_are_seen_behind_what_a_decoder_skips(between: bytes) -> None:
    assert has_more_scans(b"\xff\xd8" + (between + SCAN) * MANY, MANY - 1)


def test_what_lies_in_a_segment_or_behind_the_end_is_no_pass() -> None:
    data = jpeg(progressive=False)
    inside = segment(0xE1, b"Exif\0\0" + SCAN * MANY + END)
    whole = data[:2] + inside + data[2:] + SCAN * MANY
    assert not has_more_scans(whole, 1)
    assert has_more_scans(whole, 0)


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xda", b"RIFF" + SCAN * 9]
)
def test_torn_and_other_files_have_none_or_one(data: bytes) -> None:
    assert not has_more_scans(data, 1)
