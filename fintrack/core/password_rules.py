"""Which passwords are refused: short, long, leaked, or made of what everybody knows.

There are no rules of composition (NIST SP 800-63B-4, section 3.1.1.2).
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

from fintrack.core.errors import InvalidInput

MIN_LENGTH = 15
MIN_LENGTH_BESIDE_A_FACTOR = 12
MAX_LENGTH = 128
# What must be left of a password when every known word and run is taken out.
MIN_OWN = 4
MIN_WORD = 4
MIN_RUN = 4
COMMON = Path(__file__).parent / "data" / "common_passwords.txt"
# Whole passwords that leaked elsewhere, folded; ``data/README.md`` names the source.
BREACHED = Path(__file__).parent / "data" / "breached_passwords.txt"
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "azertyuiop",
    "qazwsxedcrfvtgbyhnujmikolp",
)


def normalise(password: str) -> str:
    """The form that is hashed: two ways to type one letter are one password."""
    return unicodedata.normalize("NFKC", password)


def check_password(
    password: str, *, known: Iterable[str] = (), has_second_factor: bool = False
) -> None:
    """Passes a good new password.

    Args:
        password: as it was typed.
        known: the person's e-mail and names, which others would try first.
        has_second_factor: then it may be shorter.

    Raises:
        InvalidInput: with what is wrong with it, on the field ``password``.
    """
    plain = normalise(password)
    shortest = MIN_LENGTH_BESIDE_A_FACTOR if has_second_factor else MIN_LENGTH
    if len(plain) < shortest:
        raise InvalidInput(
            "Use at least {count} characters. Three or four words are a good password.",
            field="password",
            count=shortest,
        )
    if len(plain) > MAX_LENGTH:
        raise InvalidInput(
            "Use at most {count} characters.", field="password", count=MAX_LENGTH
        )
    folded = plain.casefold()
    if folded in _breached():
        raise InvalidInput(
            "This password has leaked elsewhere, and others try it first. Use words "
            "that only you would put together.",
            field="password",
        )
    if not _is_own(folded, known):
        raise InvalidInput(
            "This is too easy to guess. Use words that only you would put together.",
            field="password",
        )


def _is_own(plain: str, known: Iterable[str]) -> bool:
    """Whether enough is left that is neither common, a run nor a repetition."""
    words = {*_common_words(), "fintrack"}
    for text in known:
        folded = text.casefold()
        words |= {folded, *re.split(r"[\W_]+", folded)}
    rest = plain
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= MIN_WORD:
            rest = rest.replace(word, " ")
    rest = re.sub(r"(.{1,6}?)\1{2,}", r"\1", _without_runs(rest))
    return len(set(re.sub(r"[\W_]", "", rest))) >= MIN_OWN


def _without_runs(text: str) -> str:
    """``text`` with runs along a keyboard row or an alphabet taken out."""
    kept: list[str] = []
    run = text[:1]
    for before, after in pairwise(text):
        if _follows(before, after):
            run += after
        else:
            kept.append(run if len(run) < MIN_RUN else " ")
            run = after
    kept.append(run if len(run) < MIN_RUN else " ")
    return "".join(kept)


def _follows(before: str, after: str) -> bool:
    pair = before + after
    return before == after or any(pair in row or pair in row[::-1] for row in ROWS)


@cache
def _common_words() -> frozenset[str]:
    return frozenset(COMMON.read_text(encoding="utf-8").split())


def _breached() -> list[str]:
    """Read at each check, within 3 ms: a process at rest keeps none of it."""
    return BREACHED.read_text(encoding="utf-8").splitlines()
