"""Chosen elements of an XML file one after another, within limits, without a DTD.

The parser of the standard library: it follows no reference outside the file, and what
makes XML dangerous begins with a document type, which is refused as soon as it begins.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from xml.parsers import expat

from fintrack.core.errors import InvalidInput
from fintrack.core.statements.encoding import Opener
from fintrack.core.statements.ofx_tags import DTD
from fintrack.core.text import message_id

TOO_DEEP = message_id("The elements of this file are nested more than {most} deep.")
LARGE_ELEMENT = message_id("One element of this file is larger than {most} characters.")
CHUNK_BYTES = 64 * 1024
MAX_DEPTH = 64
# A booking of 10,000 salaries in one is some 5 million characters.
MAX_CHARACTERS = 16_000_000


@dataclass(slots=True)
class Element:
    """An element by its name without namespace; ``text`` is what it holds itself."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def all(self, name: str) -> list["Element"]:
        """The children of this name."""
        return [child for child in self.children if child.name == name]

    def find(self, *path: str) -> "Element | None":
        """The first element below, by the names on the way to it."""
        here = self
        for name in path:
            found = here.all(name)
            if not found:
                return None
            here = found[0]
        return here

    def words(self, *path: str) -> str:
        """The text of the first element below, empty where there is none."""
        found = self.find(*path)
        return found.text.strip() if found else ""

    def leaves(self) -> Iterator[tuple[str, str]]:
        """Names and texts of all elements that hold text, in their order."""
        if self.text.strip():
            yield self.name, self.text.strip()
        for child in self.children:
            yield from child.leaves()


class BrokenXml(Exception):
    """The file is no XML from ``line`` on, or ends there."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def read_elements(open_file: Opener, wanted: frozenset[str]) -> Iterator[Element]:
    """Each element of a wanted name with all it holds, as soon as it is closed.

    Raises BrokenXml behind the last whole element of a damaged file, InvalidInput for a
    document type and for elements beyond the limits.
    """
    builder = _Builder(wanted)
    parser = expat.ParserCreate()
    parser.buffer_text, parser.buffer_size = True, CHUNK_BYTES
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with closing(open_file()) as file:
        chunk = b" "
        while chunk:
            chunk = file.read(CHUNK_BYTES)
            line = _feed(parser, chunk)
            yield from builder.take()
            if line:
                raise BrokenXml(line)


def _feed(parser: expat.XMLParserType, chunk: bytes) -> int:
    """The line where the file is broken, 0 where it is sound so far."""
    try:
        parser.Parse(chunk, not chunk)
    except (expat.ExpatError, ValueError, LookupError):
        # The last two are encodings that the parser does not know.
        return parser.CurrentLineNumber
    return 0


def _refuse_doctype(*_: object) -> None:
    raise InvalidInput(DTD, field="file")


class _Builder:
    """The elements that are open; only wanted ones are kept."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted
        self._depth = 0
        self._open: list[Element] = []
        self._characters = 0
        self._done: list[Element] = []

    def take(self) -> list[Element]:
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise InvalidInput(TOO_DEEP, field="file", most=MAX_DEPTH)
        local = name.rpartition(":")[2]
        if not self._open and local not in self._wanted:
            return
        element = Element(local, attributes)
        if self._open:
            self._open[-1].children.append(element)
        self._open.append(element)
        self._grow(len(name) + sum(map(len, attributes.values())))

    def characters(self, text: str) -> None:
        if self._open:
            self._open[-1].text += text
            self._grow(len(text))

    def end(self, _: str) -> None:
        self._depth -= 1
        if self._open:
            element = self._open.pop()
            if not self._open:
                self._done.append(element)
                self._characters = 0

    def _grow(self, characters: int) -> None:
        self._characters += characters
        if self._characters > MAX_CHARACTERS:
            raise InvalidInput(LARGE_ELEMENT, field="file", most=MAX_CHARACTERS)
