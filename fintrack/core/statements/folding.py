"""Words of many languages brought to one plain form, to compare them."""

import re
import unicodedata
from functools import lru_cache

_PLAIN = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d"}
)
_NOT_WORD = re.compile(r"[^0-9a-z\u0400-\u04ff+\-]+")


# Headers and marks are short; what is longer must not fill the memory of the cache.
MAX_LENGTH = 200


def fold(text: str) -> str:
    """Lower case, without accents, words parted by one space; keeps + and -.

    Looks at the first 200 characters only.
    """
    return _fold(text[:MAX_LENGTH])


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", bare).strip()
