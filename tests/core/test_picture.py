"""Whatever comes as a picture leaves as a small square, or is refused."""

import io
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from fintrack.core.errors import InvalidInput, UnsupportedType
from fintrack.core.picture import (
    BROKEN,
    MAX_SCANS,
    ORIENTATION,
    SIDE,
    TOO_MANY_PIXELS,
    TURNS,
    draw_small,
    draw_whole,
)
from tests.core.test_jpeg import SCANS, jpeg, with_more_scans

MAKE = 0x010F
ROTATE_90 = 6
RED, BLUE = (255, 0, 0), (0, 0, 255)


def picture(kind: str, size: tuple[int, int] = (600, 400), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


def photograph() -> bytes:
    """Red above blue, taken with the telephone on its side; it says who took it."""
    image = Image.new("RGB", (400, 400), RED)
    image.paste(BLUE, (0, 200, 400, 400))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = ROTATE_90, "Secret Camera"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"hidden words", quality=95)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG whose head promises this size; there is nothing behind it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return (
            len(data).to_bytes(4, "big")
            + checked
            + zlib.crc32(checked).to_bytes(4, "big")
        )

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    rows = chunk(b"IDAT", zlib.compress(b""))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + rows + chunk(b"IEND", b"")


def drawn(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(draw_small(data)))


@pytest.mark.parametrize(
    "data",
    [
        picture("JPEG"),
        picture("JPEG", mode="CMYK"),
        picture("JPEG", mode="L"),
        picture("PNG", (1, 3000)),
        picture("PNG", mode="P"),
        picture("PNG", mode="I;16"),
        picture("PNG", mode="1"),
        picture("WEBP", mode="RGBA"),
    ],
)
def test_pictures_of_all_kinds_become_a_small_square(data: bytes) -> None:
    small = drawn(data)
    assert (small.format, small.size) == ("WEBP", (SIDE, SIDE))


def test_picture_stands_upright_and_tells_nothing_of_where_it_came_from() -> None:
    data = photograph()
    assert b"Secret Camera" in data
    small = drawn(data)
    left, right = (small.convert("RGB").getpixel((x, 128)) for x in (20, 236))
    assert (_nearest(left), _nearest(right)) == (BLUE, RED)
    assert not small.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(small.info)
    assert b"Secret" not in draw_small(data)


def photo_saying(*tags: bytes, head: bytes = b"II*\0\x08\0\0\0") -> bytes:
    """A photo, wider than high, with these tags in what the camera wrote."""
    out = io.BytesIO()
    exif = head + struct.pack("<H", len(tags)) + b"".join(tags) + bytes(4)
    Image.new("RGB", (1000, 800)).save(out, "JPEG", exif=b"Exif\0\0" + exif)
    return out.getvalue()


TURNED = struct.pack("<HHII", ORIENTATION, 3, 1, ROTATE_90)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("data", "size"),
    [
        (photo_saying(TURNED), (384, 480)),
        (
            photo_saying(TURNED, struct.pack("<HHI", 0x011A, 2, 2) + b"ab\0\0"),
            (384, 480),
        ),
        (photo_saying(TURNED, struct.pack("<HHIi", 0x0100, 9, 1, -5)), (384, 480)),
        (photo_saying(struct.pack("<HHI", ORIENTATION, 2, 4) + b"up\0\0"), (480, 384)),
        (photo_saying(struct.pack("<HHII", ORIENTATION, 3, 1, 99)), (480, 384)),
        (photo_saying(struct.pack("<HHII", ORIENTATION, 10, 9, 99)), (480, 384)),
        (photo_saying(TURNED, head=b"rubbish "), (480, 384)),
        (photo_saying(TURNED, head=b"II*\0\xff\xff\xff\x7f"), (480, 384)),
    ],
    ids=["sound", "text", "negative", "words", "99", "torn", "rubbish", "far off"],
)
def test_photo_is_taken_whatever_the_camera_wrote(
    data: bytes, size: tuple[int, int]
) -> None:
    assert Image.open(io.BytesIO(draw_whole(data))).size == size


@pytest.mark.parametrize("turn", [0, *TURNS])
def test_photo_stands_upright_however_the_camera_was_held(turn: int) -> None:
    """As Pillow itself turns a whole one."""
    image = Image.new("RGB", (300, 200), RED)
    image.paste(BLUE, (0, 0, 100, 60))
    exif, out = Image.Exif(), io.BytesIO()
    exif[ORIENTATION] = turn
    image.save(out, "PNG", exif=exif)
    expected = ImageOps.exif_transpose(Image.open(out))
    small = Image.open(io.BytesIO(draw_whole(out.getvalue()))).convert("RGB")
    assert small.size == expected.size
    for place in ((9, 9), (small.width - 9, 9), (9, small.height - 9)):
        assert _nearest(small.getpixel(place)) == expected.getpixel(place)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize(
    ("size", "drawn_size"), [((20_000, 1), (480, 1)), ((3, 9_000), (1, 480))]
)
def test_very_long_picture_keeps_a_line(
    kind: str, size: tuple[int, int], drawn_size: tuple[int, int]
) -> None:
    small = Image.open(io.BytesIO(draw_whole(picture(kind, size))))
    assert small.size == drawn_size


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><body>picture.png</body></html>",
        b"GIF89a" + bytes(100),
        b"%PDF-1.7",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    ],
)
def test_what_is_no_picture_is_refused_by_its_content(data: bytes) -> None:
    with pytest.raises(UnsupportedType):
        draw_small(data)


def test_photo_in_heic_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnsupportedType, match="as JPEG"):
        draw_small(b"\x00\x00\x00\x18ftypheic" + bytes(200))


@pytest.mark.parametrize("side", [7_072, 9_500, 13_500, 100_000])
def test_picture_that_would_fill_the_memory_is_not_unpacked(side: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        draw_small(png_of(side, side))
    assert refused.value.problems[0].message == TOO_MANY_PIXELS


def test_photo_that_draws_itself_many_times_is_refused_before_it_is_unpacked() -> None:
    """Each further pass is a few bytes and walks over all pixels once more."""
    data = jpeg()
    assert drawn(with_more_scans(data, MAX_SCANS - SCANS)).size == (SIDE, SIDE)
    with pytest.raises(InvalidInput) as refused:
        draw_small(with_more_scans(data, MAX_SCANS - SCANS + 1))
    assert refused.value.problems[0].message == BROKEN


@pytest.mark.parametrize("make", [photograph, lambda: picture("PNG")])
def test_half_a_picture_is_refused(make: Callable[[], bytes]) -> None:
    data = make()
    with pytest.raises(InvalidInput) as refused:
        draw_small(data[: len(data) // 2])
    assert refused.value.problems[0].message == BROKEN


@given(st.integers(0, 2), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255))))
def test_damage_is_refused_or_survived(
    which: int, flips: list[tuple[float, int]]
) -> None:
    sources = (photograph(), picture("PNG", (40, 30)), picture("WEBP", (40, 30)))
    data = bytearray(sources[which])
    for place, value in flips:
        data[int(place * (len(data) - 1))] = value
    with suppress(InvalidInput, UnsupportedType):
        assert drawn(bytes(data)).size == (SIDE, SIDE)


def _nearest(colour: object) -> tuple[int, int, int]:
    assert isinstance(colour, tuple)
    return RED if colour[0] > colour[2] else BLUE
