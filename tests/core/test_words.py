"""Words that people type: which of them can be kept and shown."""

import pytest

from fintrack.core.words import (
    is_kept,
    is_showable,
    is_visible,
    one_line,
    without_turns,
)


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


@pytest.mark.parametrize("words", ["a", "\u3164 a", "e\u0301", "👩", "李", "."])
def test_one_letter_is_something_to_see(words: str) -> None:
    assert is_visible(words)


@pytest.mark.parametrize(
    "words", ["", " ", "\u3164", "\u2800\uffa0", "\u200d", "\u0301", "\ufe0f"]
)
def test_fillers_joiners_and_lone_marks_are_nothing_to_see(words: str) -> None:
    assert not is_visible(words)


@pytest.mark.parametrize("words", ["a\x00b", "\ud800", "x\udfff"])
def test_what_no_database_keeps_is_told(words: str) -> None:
    assert not is_kept(words)


@pytest.mark.parametrize(
    "turn", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
def test_marks_that_turn_a_row_go(turn: str) -> None:
    assert without_turns(f"Ca{turn}fé\n{turn} x") == "Café\n x"
    assert one_line(f" {turn}Ca{turn}fé\n{turn} x") == "Café x"


@pytest.mark.parametrize(
    "words",
    ["مقهى الشرق", "בית קפה\u200f!", "می\u200cخرم", "A\u200e 1", "👨\u200d👩\u200d👧"],
)
def test_letters_from_right_to_left_stay_as_they_are(words: str) -> None:
    assert without_turns(words) == words
