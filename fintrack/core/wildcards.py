"""Patterns of people: ``*`` stands for any text, ``?`` for one character.

A regular expression can run for years on forty characters, and Python's cannot be
stopped. Here the work is bounded by construction: each star takes the first place that
fits and never gives it back, which finds every match that a pattern of stars has.
"""

import re
from functools import lru_cache
from typing import Final

from fintrack.core.folding import fold

MAX_PATTERN: Final = 100


def matches_pattern(folded: str, pattern: str) -> bool:
    """Whether the whole of a folded text has the shape of ``pattern``.

    At most about as many comparisons as text times pattern has characters.
    """
    return _compiled(pattern).fullmatch(folded) is not None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    first, *others = (_literal(part) for part in fold(pattern).split("*"))
    if not others:
        return re.compile(first, re.DOTALL)
    *middle, last = others
    # Atomic groups: what one of them took is not tried again in another way.
    inner = "".join(f"(?>.*?{part})" for part in middle if part)
    return re.compile(f"{first}{inner}.*{last}", re.DOTALL)


def _literal(part: str) -> str:
    return "".join("." if sign == "?" else re.escape(sign) for sign in part)
