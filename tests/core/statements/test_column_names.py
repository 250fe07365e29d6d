"""The table of names holds only what a folded header can be."""

from fintrack.core.statements.column_names import (
    CURRENCY_WORDS,
    FOREIGN_WORDS,
    HEADER_WORDS,
    WHOLE_HEADERS,
)
from fintrack.core.statements.folding import fold


def test_every_name_is_written_as_headers_are_folded() -> None:
    names = [*WHOLE_HEADERS, *HEADER_WORDS, *FOREIGN_WORDS, *CURRENCY_WORDS]
    assert [name for name in names if fold(name) != name or not name] == []
