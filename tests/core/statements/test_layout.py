"""The table is found between what stands above and below it."""

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.statements.layout import find_layout


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in text.splitlines()]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separator_is_the_one_that_shows_transactions(separator: str) -> None:
    text = 'Date~Text~Amount\n01/02/2026~"a, b; c"~"1,50"\n03/02/2026~"d, e"~"2,50"'
    layout = find_layout(_lines(text.replace("~", separator)))
    assert (layout.separator, layout.columns, layout.skip_rows) == (separator, 3, 1)


def test_preamble_with_dates_and_amounts_is_not_the_table() -> None:
    text = "Saldo;01.01.2026;5,00\n\nDatum;Text;Betrag\n02.01.2026;a;1,00\n"
    layout = find_layout(_lines(text))
    assert (layout.skip_rows, layout.header) == (3, ("Datum", "Text", "Betrag"))


def test_file_without_header_starts_at_its_first_row() -> None:
    layout = find_layout(_lines("02.01.2026;a;1,00\n03.01.2026;b;2,00"))
    assert (layout.skip_rows, layout.header, len(layout.rows)) == (0, (), 2)


def test_header_of_unknown_words_is_the_row_above() -> None:
    layout = find_layout(_lines("Foo;Bar;Baz\n02.01.2026;a;1,00"))
    assert layout.header == ("Foo", "Bar", "Baz")


def test_quotation_mark_that_never_closes_is_taken_as_a_letter() -> None:
    layout = find_layout(_lines('02.01.2026;"5 inch;1,00\n' * 60))
    assert (layout.quote, len(layout.rows)) == ("", 60)


@pytest.mark.parametrize("text", ["hello", "one\ntwo\nthree", ""])
def test_text_without_columns_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="No columns"):
        find_layout(_lines(text))
