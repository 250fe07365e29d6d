"""Words that people type: which of them can be kept and shown."""

from typing import Final

# Without these many names cannot be written: Persian parts its words with the one,
# scripts of India and families of emoji join their signs with the other.
JOINERS: Final = frozenset("\u200c\u200d")


def is_showable(words: str) -> bool:
    """Whether every character can be seen, but for blanks and joiners.

    Marks that turn the direction of what follows are not: on a line with others they
    would turn those too.
    """
    return all(letter.isprintable() or letter in JOINERS for letter in words)


def is_kept(words: str) -> bool:
    """Whether a database can keep the words: no NUL, no half of a surrogate pair."""
    return not any(
        letter == "\x00" or "\ud800" <= letter <= "\udfff" for letter in words
    )
