"""Words that people type: which of them can be kept and shown."""

from typing import Final
from unicodedata import category

# Without these many names cannot be written: Persian parts its words with the one,
# scripts of India and families of emoji join their signs with the other.
JOINERS: Final = frozenset("\u200c\u200d")

# Letters without a shape: the fillers of Korean, the empty cell of Braille.
_FILLERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")

# Embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX 9). They
# turn what follows until they are closed, and a copied half closes nothing. Letters say
# their own direction, and the marks beside single letters (U+200E, U+200F) turn none.
_TURNS: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def without_turns(words: str) -> str:
    """The words without the marks that turn the direction of what stands beside them.

    A payee with one would turn the rest of its row; phones put them around numbers.
    """
    return words if words.isascii() else words.translate(_TURNS)


def one_line(words: str) -> str:
    """The words on one line: without needless blanks and turning marks."""
    return " ".join(without_turns(words).split())


def is_showable(words: str) -> bool:
    """Whether every character can be seen, but for blanks and joiners.

    Marks that turn the direction of what follows are not: on a line with others they
    would turn those too.
    """
    return all(letter.isprintable() or letter in JOINERS for letter in words)


def is_visible(words: str) -> bool:
    """Whether there is something to see in the words, and be it one letter."""
    return any(
        not letter.isspace()
        and letter.isprintable()
        and letter not in _FILLERS
        and not category(letter).startswith("M")
        for letter in words
    )


def is_kept(words: str) -> bool:
    """Whether a database can keep the words: no NUL, no half of a surrogate pair."""
    return not any(
        letter == "\x00" or "\ud800" <= letter <= "\udfff" for letter in words
    )
