"""Names and words are compared folded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.folding import fold, has_words, search_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Çağrı  CAFÉ", "cagri cafe"),
        ("İSTANBUL", "istanbul"),
        ("ISPARTA", "isparta"),
        ("Straße", "strasse"),
        ("Łódź Ørsted Æther", "lodz orsted aether"),
        ("ΑΘΉΝΑ", "αθηνα"),
        (" \t ", ""),
    ],
)
def test_case_accents_and_blanks_do_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_search_words_are_distinct_and_in_order() -> None:
    assert search_words("Café Lux", "LUX & Bar", "") == "cafe lux bar"


def test_underscores_part_words() -> None:
    assert search_words("INV_2026", "_a__b_", "_") == "inv 2026 a b"


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_is_folded_as_text_with_an_accent_is(text: str) -> None:
    assert fold(f"{text}e") == fold(f"{text}é")


@pytest.mark.parametrize("typed", ["ca vi", "VİSA", "", " "])
def test_each_typed_word_begins_a_word(typed: str) -> None:
    assert has_words("Visa-Card", typed)


@pytest.mark.parametrize("typed", ["isa", "visa gold", "-", "_", "€"])
def test_a_typed_word_that_begins_none_is_missed(typed: str) -> None:
    assert not has_words("Visa-Card", typed)
