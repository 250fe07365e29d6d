"""Cuts OFX into tags with their text, SGML and XML alike, in pieces of the file.

SGML of OFX closes only aggregates: the text of an element ends where the next tag
begins. XML is the same with closing tags that may be passed over.
"""

from collections.abc import Callable, Iterable, Iterator
from html import unescape
from itertools import repeat

from fintrack.core.errors import InvalidInput
from fintrack.core.text import message_id

DTD = message_id(
    "This file defines entities of its own, which no bank needs. It is not read."
)
LONG_TEXT = message_id("A text in this file is longer than {most} characters.")
MAX_TEXT = 65_536
# A hostile file may make up any number of them.
MAX_NAMES, MAX_NAME = 1_000, 40

# The name in capitals and the text behind it. What closes has a stroke before its name.
# The text of a CDATA section comes without a name. No class: a file has a million tags.
Tag = tuple[str, str]

_CDATA = "<![CDATA["


def read_tags(
    pieces: Iterable[str], is_wanted: Callable[[str], bool] = bool
) -> Iterator[Tag]:
    """Every wanted tag in its order, with all CDATA sections.

    What stands before the first tag is passed over. Raises InvalidInput for a document
    type and for a text without end.
    """
    rest = ""
    names = _Names(is_wanted)
    for piece in pieces:
        rest += piece
        whole = _whole(rest)
        yield from _tags(rest[:whole], names)
        rest = rest[whole:]
        if len(rest) > MAX_TEXT:
            raise InvalidInput(LONG_TEXT, field="file", most=MAX_TEXT)
    yield from _tags(rest, names)


class _Names(dict[str, str]):
    """The names of tags as they are written; empty for what is not wanted."""

    def __init__(self, is_wanted: Callable[[str], bool]) -> None:
        super().__init__()
        self._is_wanted = is_wanted

    def __missing__(self, written: str) -> str:
        name = _read_name(written)
        known = name if self._is_wanted(name) else ""
        if len(self) < MAX_NAMES and len(written) < MAX_NAME:
            self[written] = known
        return known


def _whole(text: str) -> int:
    """Up to where every tag has its end and its text in this piece."""
    end = text.rfind("<")
    section = text.rfind(_CDATA)
    closed = text.find("]]>", section)
    # What looks like a tag may stand inside of a section.
    if section >= 0 and not section < closed < end:
        end = section
    return max(end, 0)


def _tags(text: str, names: _Names) -> list[Tag]:
    """The tags of whole text; a CDATA section is cut out first, as it may hold some.

    Lists, and each name looked at once: a file has a million tags.
    """
    found: list[Tag] = []
    rest = text
    while (start := rest.find(_CDATA)) >= 0:
        found += _plain_tags(rest[:start], names)
        section, _, rest = rest[start + len(_CDATA) :].partition("]]>")
        behind, mark, rest = rest.partition("<")
        rest = mark + rest
        found.append(("", section + behind))
    return found + _plain_tags(rest, names)


def _plain_tags(text: str, names: _Names) -> list[Tag]:
    cut = map(str.partition, text.split("<")[1:], repeat(">"))
    return [
        (name, (unescape(text) if "&" in text else text).strip())
        for written, mark, text in cut
        if mark and (name := names[written])
    ]


def _read_name(name: str) -> str:
    """The name in capitals, behind a stroke where it closes; empty for no element."""
    if name.startswith("!") and not name.startswith("!--"):
        raise InvalidInput(DTD, field="file")
    if name.startswith(("?", "!")) or not name.strip():
        return ""
    bare = name.removeprefix("/").split(None, 1)
    plain = bare[0].rstrip("/").upper() if bare else ""
    return f"/{plain}" if name.startswith("/") else plain
