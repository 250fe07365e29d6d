"""Text that the books can keep, whatever a file holds.

JSON can name characters that no text in UTF-8 has: halves of pairs, and the zero that
PostgreSQL refuses.
"""

from fintrack.core.statements.encoding import REPLACEMENT

NAMELESS = "–"
MAX_NAME = 200


def storable(text: str) -> str:
    """The text with U+FFFD for what cannot be kept."""
    sound = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return sound.replace("\0", REPLACEMENT)


def part_name(text: str) -> str:
    """The name of an account or a sheet, a dash where it has none."""
    name = "".join(filter(str.isprintable, storable(text)))
    return " ".join(name.split())[:MAX_NAME] or NAMELESS
