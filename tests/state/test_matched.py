"""A transfer that stands for the row of another bank says so."""

from fintrack.state.amounts import Reader
from fintrack.state.matched import matched_text


def test_rows_that_are_void_now_are_counted() -> None:
    reader = Reader()
    assert matched_text(0, reader) == ""
    assert matched_text(1, reader).startswith("1 row of the other account is")
    assert matched_text(2, reader).startswith("2 rows of the other account are")
    assert matched_text(2, Reader("tr")).startswith("Öteki hesabın 2 kaydı")
