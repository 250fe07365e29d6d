"""Whether a file is written in a code page of East Asia, where two bytes are one letter.

Nearly any bytes can be read as such pairs, so two things are asked of them: the pairs
are letters that people use every day, which each code page keeps in one block, and
they stand beside each other. In a European file the letters beyond ASCII stand alone.
"""

import codecs
from collections.abc import Callable
from typing import NamedTuple


class _Page(NamedTuple):
    name: str
    common: Callable[[int, int], bool]


# The block of Hangul lies within that of the common Chinese letters: the narrower first.
_PAGES = (
    _Page("cp949", lambda lead, trail: 0xB0 <= lead <= 0xC8 and trail >= 0xA1),
    _Page("gb18030", lambda lead, trail: 0xB0 <= lead <= 0xD7 and trail >= 0xA1),
    _Page("cp932", lambda lead, _: 0x82 <= lead <= 0x83 or 0x88 <= lead <= 0x97),
)
MIN_PAIRS = 4
# Punctuation, rare letters and the names of people lie outside of the common block.
_ENOUGH = 3 / 4


def find_double_byte(head: bytes) -> str | None:
    """The name of the code page, or None where the bytes are something else."""
    return next((page.name for page in _PAGES if _fits(head, page)), None)


def _fits(head: bytes, page: _Page) -> bool:
    try:
        # The sample may end between the two bytes of a letter.
        text = codecs.getincrementaldecoder(page.name)().decode(head)
    except UnicodeDecodeError:
        return False
    pairs = common = 0
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        letter = char.encode(page.name) if char.isalpha() and char > "\x7f" else b""
        if len(letter) > 1:
            pairs += 1
            beside = max(before, after) > "\x7f"
            common += beside and page.common(letter[0], letter[1])
    return pairs >= MIN_PAIRS and common >= _ENOUGH * pairs
