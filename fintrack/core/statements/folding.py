"""Headers and marks of many languages brought to one plain form, to compare them."""

import re
import unicodedata
from functools import lru_cache

from fintrack.core import folding

# Headers and marks are short; what is longer must not fill the memory of the cache.
MAX_LENGTH = 200

_NOT_WORD = re.compile(r"(?:[^\w+\-]|_)+")


def fold(text: str) -> str:
    """Folded words without punctuation, parted by one space; keeps + and -.

    Looks at the first 200 characters only.
    """
    return _fold(text[:MAX_LENGTH])


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    # Folding takes the syllables of Hangul apart; NFC puts them together again.
    folded = unicodedata.normalize("NFC", folding.fold(text))
    return _NOT_WORD.sub(" ", folded).strip()
