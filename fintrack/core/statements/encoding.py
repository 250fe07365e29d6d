"""Which encoding a statement is written in; refuses what is not text.

A UTF-8 or UTF-16 file is known with certainty. The one-byte code pages are told apart
by the letters that they would yield: between ASCII letters a Polish file read as
Turkish shows signs where letters should be, and a Czech one read as Western European
letters that no single language has. A detector of all encodings was not taken:
on short ASCII-rich statements its answer changes with a single row.
"""

import codecs
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from fintrack.core.errors import InvalidInput, UnsupportedType
from fintrack.core.statements.double_byte import find_double_byte
from fintrack.core.text import message_id

Opener = Callable[[], BinaryIO]

ENCODINGS = (
    "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp1254", "cp1250",
    "cp1251", "cp1253", "cp1255", "cp932", "gb18030", "cp949", "iso8859-1", "iso8859-2",
    "iso8859-9", "iso8859-15",
)  # fmt: skip
SAMPLE_BYTES = 128 * 1024
CHUNK_BYTES = 1024 * 1024
REPLACEMENT = "\ufffd"
# So many sound characters must stand beside each broken one to call a file UTF-8.
SOUND_PER_BROKEN = 4

_BINARY = {
    b"PK\x03\x04": message_id("This is a ZIP file. Please unpack it first."),
    b"\xd0\xcf\x11\xe0": message_id(
        "This is an old Excel file. Please save it as XLSX or CSV."
    ),
    b"%PDF": message_id(
        "This is a PDF file. Please ask your bank for a CSV, OFX or CAMT file."
    ),
    b"\x89PNG": message_id("This is a picture. Please choose a CSV file."),
    b"\xff\xd8\xff": message_id("This is a picture. Please choose a CSV file."),
    b"GIF8": message_id("This is a picture. Please choose a CSV file."),
    b"\x1f\x8b": message_id("This file is compressed. Please unpack it first."),
    b"7z\xbc\xaf": message_id("This file is compressed. Please unpack it first."),
    b"Rar!": message_id("This file is compressed. Please unpack it first."),
}
_NOT_TEXT = message_id("This file is not a text file.")
_EMPTY = message_id("This file is empty.")
# The letters of each language that is written with the code page, most common first.
_ALPHABETS = {
    "cp1252": (
        "äöüß", "éèêëàâçîïôûùœæñ", "áéíóúñüªº", "àèéìòù", "áâãàçéêíóôõúü", "åäöøæé",
    ),
    "cp1254": ("çğıöşüİâîû",),
    "cp1250": (
        "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž",
        "ăâîşţ", "äöüß",
    ),
    "iso8859-2": (
        "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž",
    ),
    "cp1253": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώ",),
    "cp1255": ("".join(map(chr, range(0x5D0, 0x5EB))),),
    "cp1251": ("".join(map(chr, range(0x400, 0x460))),),
}  # fmt: skip
# From here on a script has no ASCII letters: its letters stand beside its own only.
_GREEK = "\u0370"
_SIGNS = "€£§°–—’“”„…«»·\u00a0²½®©¿¡"


@dataclass(frozen=True, slots=True)
class EncodingFound:
    """The encoding, and where the file breaks it (0 and 0: nowhere)."""

    name: str
    broken: int = 0
    first_broken_line: int = 0


def opener_of(data: bytes | Opener) -> Opener:
    """A function that opens the file from its start, each time anew."""
    return (lambda: BytesIO(data)) if isinstance(data, bytes) else data


def find_encoding(open_file: Opener) -> EncodingFound:
    """Reads the whole file once, in pieces.

    Raises UnsupportedType for a file that is not text, InvalidInput for an empty one.
    """
    with closing(open_file()) as file:
        head = file.read(SAMPLE_BYTES)
    if not head.strip():
        raise InvalidInput(_EMPTY, field="file")
    _refuse_binary(head)
    found = _unicode(open_file, head)
    if not found and (page := find_double_byte(head)):
        found = _checked(open_file, page)
    return found or _code_page(open_file, head)


def read_pieces(open_file: Opener, name: str) -> Iterator[str]:
    """The text in pieces; what the encoding cannot read becomes U+FFFD."""
    decoder = codecs.getincrementaldecoder(name)(errors="replace")
    with closing(open_file()) as file:
        while chunk := file.read(CHUNK_BYTES):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _refuse_binary(head: bytes) -> None:
    for magic, message in _BINARY.items():
        if head.startswith(magic):
            raise UnsupportedType(message, field="file")


def _unicode(open_file: Opener, head: bytes) -> EncodingFound | None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(open_file, "utf-16")
    if b"\0" in head:
        return _checked(open_file, _wide_order(head))
    found = _checked(open_file, "utf-8-sig")
    if not found.broken:
        return found
    text = head.decode("utf-8", errors="replace")
    sound = sum(char > "\x7f" and char != REPLACEMENT for char in text)
    broken = text.count(REPLACEMENT)
    if head.startswith(codecs.BOM_UTF8) or sound >= SOUND_PER_BROKEN * max(broken, 1):
        return found
    return None


def _wide_order(head: bytes) -> str:
    """UTF-16 without its mark: in a statement every second byte is mostly zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 2 // 3 and even < half // 10 + 1:
        return "utf-16-le"
    if even > half * 2 // 3 and odd < half // 10 + 1:
        return "utf-16-be"
    raise UnsupportedType(_NOT_TEXT, field="file")


def _checked(open_file: Opener, name: str) -> EncodingFound:
    """Counts what the encoding cannot read; refuses text with NUL inside."""
    broken = first = 0
    line = 1
    for text in read_pieces(open_file, name):
        if "\0" in text:
            raise UnsupportedType(_NOT_TEXT, field="file")
        here = text.count(REPLACEMENT)
        if here and not first:
            first = line + text[: text.index(REPLACEMENT)].count("\n")
        broken += here
        line += text.count("\n")
    return EncodingFound(name, broken, first)


def _code_page(open_file: Opener, head: bytes) -> EncodingFound:
    """The code page whose letters fit best; Western European wins a draw."""
    scores = {name: _score(head, name) for name in _ALPHABETS}
    return _checked(open_file, max(scores, key=lambda name: scores[name]))


def _score(head: bytes, name: str) -> int:
    """How well the text fits the one language of the code page that fits it best."""
    text = head.decode(name, errors="replace")
    strange = Counter(
        (before, char, after)
        for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False)
        if char > "\x7f"
    )
    alphabets = [frozenset(a + a.upper()) for a in _ALPHABETS[name]]
    known = frozenset[str]().union(*alphabets)
    return max(
        sum(count * _worth(*place, own, known) for place, count in strange.items())
        for own in alphabets
    )


def _worth(
    before: str, char: str, after: str, own: frozenset[str], known: frozenset[str]
) -> int:
    """A fitting letter in a word counts for the code page, a stranger against it.

    A letter of a neighbouring language counts a little; beside a digit, where signs of
    money stand, it counts against.
    """
    in_word = before.isalpha() or after.isalpha()
    if char in known:
        lone = char >= _GREEK and not {before, after} & known
        odd_case = char.isupper() and before.islower()
        beside_digit = before.isdecimal() or after.isdecimal()
        fits = 3 if char in own else 1
        result = -1 if lone or odd_case or beside_digit else fits
    elif char in _SIGNS:
        result = -1 if in_word else 1
    else:
        result = -3 if in_word else -1
    return result
