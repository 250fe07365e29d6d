"""What may be attached to a transaction: a photo or a PDF, known by its content."""

from dataclasses import dataclass
from typing import Final

from fintrack.core.errors import InvalidInput, UnsupportedType
from fintrack.core.filename import MAX_FILENAME, clean_filename
from fintrack.core.picture import BROKEN, HEIC, draw_whole, is_heic
from fintrack.core.text import message_id

MAX_COUNT: Final = 20
"""Attachments of one transaction."""
FIELD: Final = "file"
HEAD_BYTES: Final = 12
"""So much of a file tells its kind."""
PDF: Final = "application/pdf"
NOT_TAKEN = message_id("Please choose a photo (JPEG, PNG or WebP) or a PDF.")
BROKEN_PDF = message_id("This PDF is damaged or was cut off.")
# ISO 32000-1, note 18 of annex H: readers look for it in the last 1024 bytes.
_END_OF_PDF: Final = b"%%EOF"
_PDF_TAIL: Final = 1024


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file; the first extension is given to names that have none of them."""

    media_type: str
    head: bytes
    extensions: tuple[str, ...]
    # What stands from the ninth byte on, where the first ones are those of a family.
    inner: bytes = b""

    def begins(self, head: bytes) -> bool:
        """Whether a file that begins like this is of the kind."""
        return head.startswith(self.head) and head[8:].startswith(self.inner)


KINDS: Final = (
    Kind("image/jpeg", b"\xff\xd8\xff", (".jpg", ".jpeg", ".jpe", ".jfif")),
    Kind("image/png", b"\x89PNG\r\n\x1a\n", (".png",)),
    Kind("image/webp", b"RIFF", (".webp",), inner=b"WEBP"),
    Kind(PDF, b"%PDF-", (".pdf",)),
)


def find_kind(head: bytes) -> Kind:
    """The kind of a file by its first ``HEAD_BYTES``; its name says nothing.

    Raises:
        UnsupportedType: on the field ``file``: it is none of ours.
    """
    for kind in KINDS:
        if kind.begins(head):
            return kind
    raise UnsupportedType(HEIC if is_heic(head) else NOT_TAKEN, field=FIELD)


def name_for(filename: str, kind: Kind) -> str:
    """A name to show and to save under, which ends as its kind does.

    A photo that is called ``photo.html`` would run as a page where it is opened.
    """
    name = clean_filename(filename, "attachment")
    if name.lower().endswith(kind.extensions):
        return name
    ending = kind.extensions[0]
    return name[: MAX_FILENAME - len(ending)] + ending


def small_copy(data: bytes, kind: Kind) -> bytes:
    """A thumbnail as WebP without metadata; empty for a PDF, which is only looked over.

    It takes a while: have it drawn by ``services.drawing``.

    Raises:
        InvalidInput: on the field ``file``: it breaks off or has too many pixels.
    """
    if kind.media_type != PDF:
        try:
            return draw_whole(data)
        except UnsupportedType:
            raise InvalidInput(BROKEN, field=FIELD) from None
    if _END_OF_PDF not in data[-_PDF_TAIL:]:
        raise InvalidInput(BROKEN_PDF, field=FIELD)
    return b""
