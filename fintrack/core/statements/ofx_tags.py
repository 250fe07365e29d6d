"""Cuts OFX into tags with their text, SGML and XML alike, in pieces of the file.

SGML of OFX closes only aggregates: the text of an element ends where the next tag
begins. XML is the same with closing tags that may be passed over.
"""

from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

from fintrack.core.errors import InvalidInput
from fintrack.core.text import message_id

DTD = message_id(
    "This file defines entities of its own, which no bank needs. It is not read."
)
LONG_TEXT = message_id("A text in this file is longer than {most} characters.")
MAX_TEXT = 65_536
# A hostile file may make up any number of them.
MAX_NAMES, MAX_NAME = 1_000, 40

_CDATA = "<![CDATA["


class Tag(NamedTuple):
    """A tag by its name in capitals, without text where it closes.

    The text of a CDATA section comes as a tag without a name.
    """

    name: str
    text: str = ""
    closes: bool = False


def read_tags(pieces: Iterable[str]) -> Iterator[Tag]:
    """Every tag in its order; what stands before the first one is passed over.

    Raises InvalidInput for a document type and for a text without end.
    """
    rest = ""
    names: dict[str, Tag] = {}
    for piece in pieces:
        rest += piece
        whole = _whole(rest)
        yield from _tags(rest[:whole], names)
        rest = rest[whole:]
        if len(rest) > MAX_TEXT:
            raise InvalidInput(LONG_TEXT, field="file", most=MAX_TEXT)
    yield from _tags(rest, names)


def _whole(text: str) -> int:
    """Up to where every tag has its end and its text in this piece."""
    end = text.rfind("<")
    section = text.rfind(_CDATA)
    closed = text.find("]]>", section)
    # What looks like a tag may stand inside of a section.
    if section >= 0 and not section < closed < end:
        end = section
    return max(end, 0)


def _tags(text: str, names: dict[str, Tag]) -> list[Tag]:
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
        found.append(Tag("", section + behind))
    return found + _plain_tags(rest, names)


def _plain_tags(text: str, names: dict[str, Tag]) -> list[Tag]:
    found: list[Tag] = []
    for piece in text.split("<")[1:]:
        name, mark, value = piece.partition(">")
        if not mark:
            continue
        known = names.get(name)
        if known is None:
            known = _read_name(name)
            if len(names) < MAX_NAMES and len(name) < MAX_NAME:
                names[name] = known
        if known.closes:
            found.append(known)
        elif known.name:
            plain = unescape(value) if "&" in value else value
            found.append(Tag(known.name, plain.strip()))
    return found


def _read_name(name: str) -> Tag:
    """The name in capitals and whether it closes; empty for what is no element."""
    if name.startswith("!") and not name.startswith("!--"):
        raise InvalidInput(DTD, field="file")
    if name.startswith(("?", "!")) or not name.strip():
        return Tag("")
    bare = name.removeprefix("/").split(None, 1)
    return Tag(bare[0].rstrip("/").upper() if bare else "", closes=name.startswith("/"))
