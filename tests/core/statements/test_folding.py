"""Headers and marks are compared without accents, case and punctuation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.statements.folding import fold


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Açıklama", "aciklama"),
        ("İşlem Tarihi", "islem tarihi"),
        ("IŞIK", "isik"),
        ("Größe", "grosse"),
        ("#Kwota (zł)", "kwota zl"),
        ("Zahlungsempfänger*in", "zahlungsempfanger in"),
        ("  Débit   euros ", "debit euros"),
        ("+", "+"),
        ("", ""),
    ],
)
def test_word_is_brought_to_its_plain_form(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
