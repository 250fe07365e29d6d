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
        "\twords",
        "\rwords",
        " =1",
        "-",
        "\uff1d1",
    ],
)
def test_formula_gets_an_apostrophe(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("Bar;=1+1;x", "Bar;'=1+1;x"),
        ("Bar; \u00a0=1+1", "Bar;' \u00a0=1+1"),
        ('Bar;"=1+1";x', 'Bar;\'"=1+1";x'),
        ("a\t@SUM(A1)", "a\t'@SUM(A1)"),
        ("a\n-2+3\r\n+b", "a\n'-2+3\r\n'+b"),
        ("a;\uff1d1", "a;'\uff1d1"),
        ("a;=;=", "a;'=;'="),
        ("\t=1", "'\t'=1"),
        ("-5;=1", "'-5;'=1"),
    ],
)
def test_formula_within_a_cell_gets_an_apostrophe(cell: str, safe: str) -> None:
    assert guarded(cell) == safe


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@given(text=st.text(st.sampled_from("=+-@ab1;, \t\n\"'")))
def test_no_spreadsheet_finds_a_formula_wherever_it_ends_its_cells(
    separator: str, text: str
) -> None:
    line = csv_lines([["2026-03-05", text, "x"]])
    for row in csv.reader(io.StringIO(line, newline=""), delimiter=separator):
        for cell in row:
            assert not cell.lstrip(" ").startswith(("=", "@")), line


def test_every_cell_is_quoted() -> None:
    assert csv_lines([["a", "", "1"]]) == '"a","","1"\r\n'


@pytest.mark.parametrize(
    "cell",
    ["", "Lidl", "-12.50", "+1.234,56", "-1 000", "a=b", "a; b", "a;-5", "a, -b"],
)
def test_words_and_numbers_stay_as_they_are(cell: str) -> None:
    assert guarded(cell) == cell


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"))))
def test_what_is_written_is_read_again_guarded(record: list[str]) -> None:
    read = list(csv.reader(io.StringIO(csv_lines([record]), newline="")))
    assert read == [[guarded(cell) for cell in record]]
