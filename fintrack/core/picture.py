"""Pictures that people send are drawn anew, small.

Nothing of the file itself is in them: what a camera wrote beside the picture (place,
time, owner) and what somebody hid in it stays behind.
"""

import io
import struct
from collections.abc import Callable

from PIL import Image, ImageOps, UnidentifiedImageError

from fintrack.core.errors import FinTrackError, InvalidInput, UnsupportedType
from fintrack.core.jpeg import has_more_scans
from fintrack.core.text import message_id

# Found out by their content; the name of a file says nothing.
FORMATS = ("JPEG", "PNG", "WEBP")
MEDIA_TYPE = "image/webp"
SIDE = 256
"""Of one's own picture, a square."""
THUMBNAIL_SIDE = 480
"""The longer one of a thumbnail."""
MAX_BYTES = 10 * 1024 * 1024
# What the camera of a telephone makes; drawn in full, it takes 200 MB for a moment.
MAX_PIXELS = 50_000_000
# Encoders write about ten.
MAX_SCANS = 64
QUALITY = 85
FIELD = "file"
# Source: Exif 2.32, 4.6.4: what turns a picture that says so the right way up.
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What Pillow raises where it cannot make sense of a tag.
_UNREADABLE = (SyntaxError, struct.error, LookupError, TypeError, ValueError, OSError)
TOO_MANY_PIXELS = message_id(
    "This picture is too large: it has more than 50 million pixels."
)
BROKEN = message_id("This picture is damaged or cannot be read.")
NO_PICTURE = message_id("Please choose a picture: a JPEG, PNG or WebP file.")
HEIC = message_id(
    "Photos in HEIC cannot be read here. Save or send the photo as JPEG; on an iPhone "
    "choose Settings, Camera, Formats, Most Compatible for new ones."
)
# Source: ISO/IEC 14496-12, 4.3, and the brands of ISO/IEC 23008-12, annex B.
_BOX = b"ftyp"
_HEIC_BRANDS = (
    *(b"heic", b"heix", b"heim", b"heis"),
    *(b"hevc", b"hevx", b"hevm", b"hevs"),
    *(b"mif1", b"msf1"),
)


def is_heic(head: bytes) -> bool:
    """Whether a file that begins like this is a photo as iPhones keep it."""
    return head[4:8] == _BOX and head[8:12] in _HEIC_BRANDS


def draw_small(data: bytes) -> bytes:
    """The middle of a picture as a WebP of 256 by 256 pixels, the right way up.

    It takes a while: have it drawn by ``services.drawing``.

    Raises:
        UnsupportedType: it is no JPEG, PNG or WebP.
        InvalidInput: it has too many pixels or passes, or breaks off.
    """
    return _draw(data, 2 * SIDE, _square)


def draw_whole(data: bytes) -> bytes:
    """All of a picture as a WebP of at most 480 by 480 pixels, the right way up.

    Otherwise as ``draw_small``.
    """
    return _draw(data, 2 * THUMBNAIL_SIDE, _fitted)


def _draw(
    data: bytes, side: int, shrink: Callable[[Image.Image], Image.Image]
) -> bytes:
    """A picture of ``side`` pixels at least is enough for ``shrink``."""
    if has_more_scans(data, MAX_SCANS):
        raise InvalidInput(BROKEN, field=FIELD)
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _check_size(image)
            # A JPEG is unpacked at a fraction of its size.
            image.draft("RGB", (side, side))
            return _encode(image, shrink)
    except FinTrackError:
        raise
    except UnidentifiedImageError:
        said = HEIC if is_heic(data) else NO_PICTURE
        raise UnsupportedType(said, field=FIELD) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise InvalidInput(TOO_MANY_PIXELS, field=FIELD) from None
    except Exception as error:  # a decoder stumbles over damage in ways of all kinds
        raise InvalidInput(BROKEN, field=FIELD) from error


def _check_size(image: Image.Image) -> None:
    """By the head of the file, before anything is unpacked."""
    if image.width * image.height > MAX_PIXELS:
        raise InvalidInput(TOO_MANY_PIXELS, field=FIELD)


def _encode(image: Image.Image, shrink: Callable[[Image.Image], Image.Image]) -> bytes:
    plain = image if image.mode in ("L", "RGB", "RGBA") else image.convert("RGBA")
    # Turned when it is small already: the middle stays the middle.
    upright = _turned(shrink(plain), image)
    # A new image: the one that was read carries its metadata along.
    clean = Image.new("RGBA", upright.size)
    clean.paste(upright.convert("RGBA"))
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=QUALITY, method=6)
    return out.getvalue()


def _turned(small: Image.Image, original: Image.Image) -> Image.Image:
    """The right way up, where the camera says which that is in a way to be read.

    ``ImageOps.exif_transpose`` writes all that the camera said anew, and stumbles over
    other words of it.
    """
    try:
        turn = TURNS.get(original.getexif().get(ORIENTATION, 0))
    except _UNREADABLE:
        turn = None
    return small if turn is None else small.transpose(turn)


def _square(image: Image.Image) -> Image.Image:
    return ImageOps.fit(image, (SIDE, SIDE))


def _fitted(image: Image.Image) -> Image.Image:
    """A picture that is small enough stays as it is."""
    longest = max(image.size)
    if longest <= THUMBNAIL_SIDE:
        return image
    # The short side of a very long picture does not vanish.
    width, height = (
        max(1, round(side * THUMBNAIL_SIDE / longest)) for side in image.size
    )
    return image.resize((width, height))
