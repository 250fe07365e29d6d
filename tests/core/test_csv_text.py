"""What a bank wrote into a cell is never run by a spreadsheet."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.csv_text import csv_lines, guarded


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+CMD|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "-",
        "\uff1d1",
    ],
)
def test_formula_gets_an_apostrophe(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Lidl", "-12.50", "+1.234,56", "-1 000", "a=b"])
def test_words_and_numbers_stay_as_they_are(cell: str) -> None:
    assert guarded(cell) == cell


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"))))
def test_what_is_written_is_read_again_guarded(record: list[str]) -> None:
    read = list(csv.reader(io.StringIO(csv_lines([record]), newline="")))
    assert read == [[guarded(cell) for cell in record]]
