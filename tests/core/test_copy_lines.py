"""Values become lines that COPY reads back as they were."""

from datetime import date

from fintrack.core.copy_lines import copy_lines, escaped


def test_marks_of_the_format_are_escaped() -> None:
    assert escaped("a\tb\\N\r\n") == "a\\tb\\\\N\\r\\n"


def test_rows_are_lines_and_nothing_is_null() -> None:
    rows = [(1, None, "Café"), (2, date(2026, 2, 3), "\\N")]
    expected = "1\t\\N\tCafé\n2\t2026-02-03\t\\\\N\n"
    assert copy_lines(rows).decode() == expected
