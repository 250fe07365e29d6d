"""What is attached is known by its content, and its name does not lie."""

import io

import pytest
from PIL import Image

from fintrack.core.attachment import (
    BROKEN_PDF,
    HEAD_BYTES,
    KINDS,
    NOT_TAKEN,
    PDF,
    find_kind,
    name_for,
    small_copy,
)
from fintrack.core.errors import InvalidInput, UnsupportedType
from fintrack.core.filename import MAX_FILENAME
from fintrack.core.picture import BROKEN, THUMBNAIL_SIDE, TOO_MANY_PIXELS
from tests.core.test_picture import photograph, picture, png_of

JPEG, PNG, WEBP, PAPER = KINDS
BILL = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (picture("JPEG"), JPEG),
        (picture("PNG"), PNG),
        (picture("WEBP"), WEBP),
        (BILL, PAPER),
    ],
)
def test_kind_is_known_by_the_first_bytes(data: bytes, kind: object) -> None:
    assert find_kind(data[:HEAD_BYTES]) == kind


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00",
        b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"#!/bin/sh\nrm -rf /",
        b"PK\x03\x04 docx or zip",
        b"GIF89a" + bytes(20),
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
        b"\x00\x00\x00\x18ftypavif",
        b" %PDF-1.7 behind something else",
        b"\xff\xd8",
        b"x",
    ],
)
def test_everything_else_is_refused_with_what_is_taken(data: bytes) -> None:
    with pytest.raises(UnsupportedType) as refused:
        find_kind(data[:HEAD_BYTES])
    assert refused.value.problems[0].message == NOT_TAKEN
    assert refused.value.problems[0].field == "file"


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"hevc"])
def test_photo_in_heic_is_refused_with_what_to_do(brand: bytes) -> None:
    with pytest.raises(UnsupportedType, match="as JPEG") as refused:
        find_kind(b"\x00\x00\x00\x18ftyp" + brand)
    assert refused.value.problems[0].field == "file"


@pytest.mark.parametrize(
    ("given", "kind", "kept"),
    [
        ("Bill.PDF", PAPER, "Bill.PDF"),
        ("photo.jpeg", JPEG, "photo.jpeg"),
        ("photo", JPEG, "photo.jpg"),
        ("photo.html", JPEG, "photo.html.jpg"),
        ("setup.exe", PAPER, "setup.exe.pdf"),
        ("photo.png", JPEG, "photo.png.jpg"),
        ("", WEBP, "attachment.webp"),
        ("x" * 300 + ".png", PNG, "x" * (MAX_FILENAME - 4) + ".png"),
    ],
)
def test_name_ends_as_the_kind_of_the_file(given: str, kind: object, kept: str) -> None:
    assert isinstance(kind, type(PAPER))
    assert name_for(given, kind) == kept


@pytest.mark.parametrize(
    ("size", "drawn"), [((1200, 600), (480, 240)), ((30, 20), (30, 20))]
)
def test_thumbnail_is_all_of_the_picture_and_never_larger(
    size: tuple[int, int], drawn: tuple[int, int]
) -> None:
    small = Image.open(io.BytesIO(small_copy(picture("PNG", size), PNG)))
    assert (small.format, small.size) == ("WEBP", drawn)
    assert max(drawn) <= THUMBNAIL_SIDE


def test_thumbnail_stands_upright_and_tells_nothing_of_the_camera() -> None:
    tall = Image.new("RGB", (900, 300), "red")
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Secret Camera"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    tall.save(out, "JPEG", exif=exif)
    drawn = small_copy(out.getvalue(), JPEG)
    small = Image.open(io.BytesIO(drawn))
    assert small.size == (160, 480)
    assert not small.getexif()
    assert b"Secret" not in drawn


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (photograph()[:900], JPEG, BROKEN),
        (b"\xff\xd8\xff" + b"<script>alert(1)</script>" * 9, JPEG, BROKEN),
        (png_of(10_000, 10_000), PNG, TOO_MANY_PIXELS),
        (png_of(50_000, 50_000), PNG, TOO_MANY_PIXELS),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", WEBP, BROKEN),
        (BILL[:40], PAPER, BROKEN_PDF),
        (BILL + bytes(2000), PAPER, BROKEN_PDF),
    ],
    ids=["torn", "script", "100 MP", "bomb", "empty webp", "cut off", "tail"],
)
def test_damage_and_bombs_are_refused_in_a_sentence(
    data: bytes, kind: object, said: str
) -> None:
    assert isinstance(kind, type(PAPER))
    with pytest.raises(InvalidInput) as refused:
        small_copy(data, kind)
    assert refused.value.problems[0].message == said
    assert refused.value.problems[0].field == "file"


def test_pdf_is_not_drawn() -> None:
    assert PAPER.media_type == PDF
    assert small_copy(BILL, PAPER) == b""
