"""A star stands for any text, and no pattern takes long."""

import time
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.folding import fold
from fintrack.core.wildcards import MAX_PATTERN, matches_pattern

# So many characters has the longest text that a rule looks at.
LONGEST = 1_001
SECONDS = 0.5
WORDS = st.text("ab *?", max_size=12)


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("paypal *spotify", "PayPal*Spotify", True),
        ("rewe markt 12", "rewe*", True),
        ("rewe markt 12", "rewe", False),
        ("ref 4711", "ref ????", True),
        ("ref 47", "ref ????", False),
        ("ab", "ab*b", False),
        ("a.b", "a?b", True),
        ("axb", "a.b", False),
        ("cafe cinar", "CAFÉ Çınar", True),
    ],
)
def test_pattern_has_to_fit_the_whole_text(
    text: str, pattern: str, *, expected: bool
) -> None:
    assert matches_pattern(text, pattern) is expected


@given(WORDS, WORDS)
def test_nothing_is_missed_that_trying_every_way_would_find(
    text: str, pattern: str
) -> None:
    assert matches_pattern(fold(text), pattern) == fnmatchcase(
        fold(text), fold(pattern)
    )


@pytest.mark.parametrize("part", ["*a", "*?", "*a?", "a*a"])
def test_worst_pattern_on_the_longest_text_ends_at_once(part: str) -> None:
    pattern = (part * MAX_PATTERN)[: MAX_PATTERN - 1] + "b"
    began = time.perf_counter()
    assert not matches_pattern("a" * LONGEST, pattern)
    assert time.perf_counter() - began < SECONDS
