"""Cuts OFX into tags with their text, SGML and XML alike, in pieces of the file.

SGML of OFX closes only aggregates: the text of an element ends where the next tag
begins. XML is the same with closing tags that may be passed over.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

from fintrack.core.errors import InvalidInput

DTD = "This file defines entities of its own, which no bank needs. It is not read."
LONG_TEXT = "A text in this file is longer than {most} characters."
MAX_TEXT = 65_536

_CDATA = "<![CDATA["
_TAG = re.compile(r"<!\[CDATA\[(.*?)\]\]>([^<]*)|<([^<>]*)>([^<]*)", re.DOTALL)


class Tag(NamedTuple):
    """A tag by its name in capitals, without text where it closes.

    The text of a CDATA section comes as a tag without a name.
    """

    name: str
    text: str
    closes: bool


def read_tags(pieces: Iterable[str]) -> Iterator[Tag]:
    """Every tag in its order; what stands before the first one is passed over.

    Raises InvalidInput for a document type and for a text without end.
    """
    rest = ""
    for piece in pieces:
        rest += piece
        whole = _whole(rest)
        yield from _tags(rest[:whole])
        rest = rest[whole:]
        if len(rest) > MAX_TEXT:
            raise InvalidInput(LONG_TEXT, field="file", most=MAX_TEXT)
    yield from _tags(rest)


def _whole(text: str) -> int:
    """Up to where every tag has its end and its text in this piece."""
    end = text.rfind("<")
    section = text.rfind(_CDATA)
    closed = text.find("]]>", section)
    # What looks like a tag may stand inside of a section.
    if section >= 0 and not section < closed < end:
        end = section
    return max(end, 0)


def _tags(text: str) -> Iterator[Tag]:
    for match in _TAG.finditer(text):
        section, behind, name, value = match.groups()
        if name is None:
            yield Tag("", section + behind, closes=False)
        elif name.startswith("!") and not name.startswith("!--"):
            raise InvalidInput(DTD, field="file")
        elif name.startswith("/"):
            yield Tag(name[1:].strip().upper(), "", closes=True)
        elif not name.startswith(("?", "!")):
            plain = unescape(value) if "&" in value else value
            bare = name.split(None, 1)[0] if name.strip() else ""
            yield Tag(bare.rstrip("/").upper(), plain.strip(), closes=False)
