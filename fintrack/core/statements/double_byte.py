"""Whether a file is in a code page of East Asia, where two bytes are one letter.

Nearly any bytes can be read as such pairs, so two things are asked of them: the pairs
are letters that people use every day, which each code page keeps in one block, and
they stand beside each other. In a European file the letters beyond ASCII stand alone.
"""

import codecs

# The blocks of everyday letters as ranges of pairs: first bytes, least second byte. The
# Hangul lie within the block of the common Chinese letters: the narrower comes first.
_COMMON = {
    "cp949": ((b"\xb0", b"\xc8", b"\xa1"),),
    "gb18030": ((b"\xb0", b"\xd7", b"\xa1"),),
    "cp932": ((b"\x82", b"\x83", b"\x40"), (b"\x88", b"\x97", b"\x40")),
}
MIN_PAIRS = 4
# Punctuation, rare letters and the names of people lie outside of the common block.
_ENOUGH = 3 / 4


def find_double_byte(head: bytes) -> str | None:
    """The name of the code page, or None where the bytes are something else."""
    return next((page for page in _COMMON if _fits(head, page)), None)


def _fits(head: bytes, page: str) -> bool:
    try:
        # The sample may end between the two bytes of a letter.
        text = codecs.getincrementaldecoder(page)().decode(head)
    except UnicodeDecodeError:
        return False
    pairs = common = 0
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        letter = char.encode(page) if char.isalpha() and char > "\x7f" else b""
        if len(letter) > 1:
            pairs += 1
            beside = max(before, after) > "\x7f"
            common += beside and _is_common(letter, page)
    return pairs >= MIN_PAIRS and common >= _ENOUGH * pairs


def _is_common(letter: bytes, page: str) -> bool:
    return any(
        first <= letter[:1] <= last and letter[1:] >= least
        for first, last, least in _COMMON[page]
    )
