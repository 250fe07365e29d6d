"""A name of a file is shown and never used as a path."""

import pytest

from fintrack.core.filename import MAX_FILENAME, clean_filename


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Fiş Ağustos.pdf", "Fiş Ağustos.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Ada\\bill.pdf", "bill.pdf"),
        ("bill\x00\r\nSet-Cookie: a.pdf", "billSet-Cookie: a.pdf"),
        ("in\u202egpj.exe", "ingpj.exe"),
        ("\ud800.pdf", ".pdf"),
        ("", "paper"),
        ("\u200b/", "paper"),
        ("a" * 999, "a" * MAX_FILENAME),
    ],
)
def test_name_is_the_last_part_of_a_path_in_letters_that_show(
    given: str, kept: str
) -> None:
    assert clean_filename(given, "paper") == kept
