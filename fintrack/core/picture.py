"""A person's picture: whatever came is drawn anew as a small square.

Nothing of the file itself is kept: what a camera wrote beside the picture (place,
time, owner) and what somebody hid in it stays behind.
"""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from fintrack.core.errors import FinTrackError, InvalidInput, UnsupportedType
from fintrack.core.text import message_id

# Found out by their content; the name of a file says nothing.
FORMATS = ("JPEG", "PNG", "WEBP")
MEDIA_TYPE = "image/webp"
SIDE = 256
MAX_BYTES = 10 * 1024 * 1024
# What the camera of a telephone makes; drawn in full, it takes 200 MB for a moment.
MAX_PIXELS = 50_000_000
QUALITY = 85
FIELD = "file"
TOO_MANY_PIXELS = message_id(
    "This picture is too large: it has more than 50 million pixels."
)
BROKEN = message_id("This picture is damaged or cannot be read.")
NO_PICTURE = message_id("Please choose a picture: a JPEG, PNG or WebP file.")


def draw_small(data: bytes) -> bytes:
    """The middle of a picture as a WebP of 256 by 256 pixels, the right way up.

    It takes a while: call it in a thread.

    Raises:
        UnsupportedType: it is no JPEG, PNG or WebP.
        InvalidInput: it has too many pixels, or breaks off.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _check_size(image)
            # A JPEG is unpacked at a fraction of its size.
            image.draft("RGB", (2 * SIDE, 2 * SIDE))
            return _encode(image)
    except FinTrackError:
        raise
    except UnidentifiedImageError:
        raise UnsupportedType(NO_PICTURE, field=FIELD) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise InvalidInput(TOO_MANY_PIXELS, field=FIELD) from None
    except Exception as error:  # a decoder stumbles over damage in ways of all kinds
        raise InvalidInput(BROKEN, field=FIELD) from error


def _check_size(image: Image.Image) -> None:
    """By the head of the file, before anything is unpacked."""
    if image.width * image.height > MAX_PIXELS:
        raise InvalidInput(TOO_MANY_PIXELS, field=FIELD)


def _encode(image: Image.Image) -> bytes:
    plain = image if image.mode in ("L", "RGB", "RGBA") else image.convert("RGBA")
    # Turned when it is small already: the middle stays the middle.
    upright = ImageOps.exif_transpose(ImageOps.fit(plain, (SIDE, SIDE)))
    # A new image: the one that was read carries its metadata along.
    clean = Image.new("RGBA", (SIDE, SIDE))
    clean.paste(upright.convert("RGBA"))
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=QUALITY, method=6)
    return out.getvalue()
