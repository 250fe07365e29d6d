"""A cell shows what it is by its form."""

import pytest

from fintrack.core.statements.cells import (
    has_decimals,
    is_negative,
    is_wording,
    looks_like_amount,
)


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "-1.234,56",
        "4 984,01 PLN",
        "€12.50",
        "(3,00)",
        "12,50-",
        ".5",
        "7 S",
        "2 500,00 kr",
    ],
)
def test_amount_is_seen(text: str) -> None:
    assert looks_like_amount(text)


@pytest.mark.parametrize(
    "text", ["", "EUR", "01.02.2026", "2026-01-31", "abc 12", "12 apples", "1" * 16]
)
def test_other_cells_are_no_amounts(text: str) -> None:
    assert not looks_like_amount(text)


def test_decimals_are_one_or_two_digits_behind_the_last_mark() -> None:
    assert has_decimals("1.234,5 €")
    assert not has_decimals("1.234")


@pytest.mark.parametrize("text", ["-1", "€ -1", "1,00-", "(1)", "−1", "EUR -5"])
def test_minus_is_seen_wherever_it_stands(text: str) -> None:
    assert is_negative(text)
    assert not is_negative("1,00")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bäckerei Süß", True), ("7-Eleven", True), ("", False), ("12,50", False),
        ("NL00 ASNB 9999 9999 99", False), ("'462235******0069", False),
        ("12 May 2026", False),
    ],
)  # fmt: skip
def test_words_are_neither_accounts_nor_dates(text: str, *, words: bool) -> None:
    assert is_wording(text) is words
