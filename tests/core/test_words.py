"""Words that people type: which of them can be kept and shown."""

import pytest

from fintrack.core.words import is_kept, is_showable


@pytest.mark.parametrize(
    "words", ["", "Ada", "می\u200cخرم", "👨\u200d👩\u200d👧", "İstanbul", "a b", "<b>"]
)
def test_words_of_any_script_can_be_shown(words: str) -> None:
    assert is_showable(words)
    assert is_kept(words)


@pytest.mark.parametrize(
    "words", ["a\x00", "a\nb", "\u202eabc", "a\u200f", "a\u200bb", "\ud800"]
)
def test_what_nobody_can_see_is_not_shown(words: str) -> None:
    assert not is_showable(words)


@pytest.mark.parametrize("words", ["a\x00b", "\ud800", "x\udfff"])
def test_what_no_database_keeps_is_told(words: str) -> None:
    assert not is_kept(words)
