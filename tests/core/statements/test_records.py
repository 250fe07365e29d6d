"""Lines and records stay within their limits."""

from io import BytesIO

import pytest

from fintrack.core.errors import InvalidInput, TooLarge, UnsupportedType
from fintrack.core.statements.encoding import opener_of
from fintrack.core.statements.records import Limits, read_lines, read_records


def test_quoted_cells_hold_separators_quotes_and_line_ends() -> None:
    lines = ['1;"a;b";"say ""x"""\r\n', "\r\n", '2;"two\n', 'lines";c\n']
    assert list(read_records(lines, ";", '"')) == [
        ["1", "a;b", 'say "x"'],
        [],
        ["2", "two\nlines", "c"],
    ]


def test_file_without_quotation_marks_keeps_them() -> None:
    assert list(read_records(['5" disk;1\n', '"x;2\n'], ";", "")) == [
        ['5" disk', "1"],
        ['"x', "2"],
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_known(end: str) -> None:
    lines = read_lines(opener_of(f"a;b{end}c;d{end}".encode()), "utf-8-sig")
    assert list(read_records(lines, ";", '"')) == [["a", "b"], ["c", "d"]]


def test_open_quotation_mark_does_not_swallow_the_file() -> None:
    with pytest.raises(InvalidInput, match="row 2 a quotation mark"):
        list(read_records(["a;b\n", '"x;1\n', *["y;2\n"] * 100], ";", '"'))


def test_long_line_is_refused() -> None:
    with pytest.raises(InvalidInput, match="Line 2 is longer than 10"):
        list(read_lines(opener_of(b"a\n" + b"x" * 11), "utf-8", Limits(line_length=10)))


def test_many_columns_are_refused() -> None:
    with pytest.raises(InvalidInput, match="Row 1 has more than 3 columns"):
        list(read_records([";;;\n"], ";", '"', Limits(columns=3)))


def test_many_rows_are_refused() -> None:
    with pytest.raises(TooLarge, match="more than 2 rows"):
        list(read_records(["a\n"] * 3, ";", '"', Limits(rows=2)))


def test_zero_byte_is_refused() -> None:
    with pytest.raises(UnsupportedType):
        list(read_lines(opener_of(b"a\0\n"), "utf-8"))


def test_file_is_closed_when_the_reader_stops_early() -> None:
    file = BytesIO(b"a\nb\n")
    lines = read_lines(lambda: file, "utf-8")
    next(lines)
    lines.close()
    assert file.closed
