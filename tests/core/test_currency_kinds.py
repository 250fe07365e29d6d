"""Each currency stands on one shelf, and its kind has words."""

import pytest

from fintrack.core.currency import CurrencyKind, all_currencies, find_currency
from fintrack.core.currency_kinds import (
    KIND_WORDS,
    KINDS,
    SHELF_WORDS,
    kind_words,
    shelf_of,
)


def test_each_kind_and_each_shelf_has_its_word() -> None:
    assert {*KIND_WORDS} == {*CurrencyKind}
    assert tuple(SHELF_WORDS) == KINDS
    assert {shelf_of(one) for one in all_currencies()} == {*KINDS}


@pytest.mark.parametrize(
    ("code", "language", "words"),
    [
        ("TRY", "en", {"Money", "Fiat money"}),
        ("TRY", "tr", {"Money", "Fiat money", "Para", "İtibari para"}),
        ("DEM", "tr", {"Historic", "Tarihî", "Historical", "Tarihsel"}),
        ("CHE", "en", {"Money", "Fund"}),
        ("XAU", "en", {"Metals", "Metal"}),
        ("BTC", "tr", {"Crypto", "Kripto", "Cryptocurrency", "Kripto para"}),
    ],
)
def test_kind_is_said_in_the_readers_language_and_in_english(
    code: str, language: str, words: set[str]
) -> None:
    assert {*kind_words(find_currency(code), language)} == words
