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


def may_begin(folded: str, pattern: str) -> bool:
    """Whether a longer text of the shape of ``pattern`` may begin with ``folded``."""
    first, *others = _parts(pattern)
    begins = _fits(folded[: len(first)], first[: len(folded)])
    return begins and (bool(others) or len(folded) < len(first))


def touches(folded: str, pattern: str) -> bool:
    """Whether a text that begins with ``folded`` may need it to have the shape.

    It does not where the pattern begins with a star and goes on behind ``folded``.
    """
    shape = _beginning(pattern)
    return shape is None or shape.search(folded) is not None


def _fits(text: str, signs: str) -> bool:
    return all(sign in ("?", letter) for letter, sign in zip(text, signs, strict=True))


@lru_cache(maxsize=1024)
def _parts(pattern: str) -> tuple[str, ...]:
    """What stands between the stars; folding it takes longer than comparing."""
    return tuple(fold(pattern).split("*"))


@lru_cache(maxsize=1024)
def _beginning(pattern: str) -> re.Pattern[str] | None:
    """What stands behind the first star, also where the text ends within it."""
    first, *others = fold(pattern).split("*")
    wanted = next(filter(None, others), "")
    if first or not wanted:
        return None
    *before, shape = map(_literal, wanted)
    for sign in reversed(before):
        shape = rf"{sign}(?:\Z|{shape})"
    return re.compile(shape, re.DOTALL)


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
