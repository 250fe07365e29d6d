"""Names and words as they are compared: casefolded, without accents.

The database's locale is never relied on; what is folded here is stored folded.
"""

import re
import unicodedata

# What joins words in the names of files and references parts them: INV_2026.
_WORDS = re.compile(r"[^\W_]+")
# Letters that Unicode does not decompose, as people type them without a compose key.
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})


def fold(text: str) -> str:
    """``text`` for comparison: "Çağrı  CAFÉ" gives "cagri cafe"."""
    if text.isascii():
        # Most of what banks write; the long way costs six times as much.
        return " ".join(text.lower().split())
    # Twice casefolded: decomposing "İ" leaves a letter and a dot that is then dropped.
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(bare.casefold().translate(_PLAIN).split())


def has_words(text: str, typed: str) -> bool:
    """Whether each typed word begins a word of ``text``: "ca vi" does in "Visa card".

    True when nothing was typed, and False for signs without a letter or digit; the
    search of transactions finds by the same rule.
    """
    there, asked = search_words(text).split(), search_words(typed).split()
    if not asked:
        return not typed.strip()
    return all(any(word.startswith(wanted) for word in there) for wanted in asked)


def search_words(*texts: str) -> str:
    """The distinct folded words of ``texts`` in order, parted by blanks."""
    return " ".join(dict.fromkeys(words_of(" ".join(texts))))


def words_of(text: str) -> list[str]:
    """The folded runs of letters and digits in ``text``."""
    return _WORDS.findall(fold(text))
