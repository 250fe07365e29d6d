"""From the bytes of a file to its records, streaming and within limits."""

import csv
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from io import TextIOWrapper

from fintrack.core.errors import InvalidInput, TooLarge, UnsupportedType
from fintrack.core.statements.encoding import Opener
from fintrack.core.text import message_id

LONG_LINE = message_id("Line {line} is longer than {most} characters.")
MANY_COLUMNS = message_id("Row {row} has more than {most} columns.")
MANY_ROWS = message_id("This file has more than {most} rows.")
OPEN_QUOTE = message_id("In row {row} a quotation mark is opened and never closed.")
NOT_TEXT = message_id("This file is not a text file.")
# One record over so many lines is a quotation mark that was never closed.
MAX_LINES_OF_RECORD = 50


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read before it is refused."""

    line_length: int = 65_536
    columns: int = 200
    rows: int = 1_000_000


def read_lines(
    open_file: Opener, encoding: str, limits: Limits | None = None
) -> Generator[str, None, None]:
    """The lines with their ends; what the encoding cannot read becomes U+FFFD.

    Raises InvalidInput for a line that is too long. The file is closed at the end,
    also when the caller stops early.
    """
    most = (limits or Limits()).line_length
    with TextIOWrapper(
        open_file(), encoding=encoding, errors="replace", newline=""
    ) as text:
        number = 0
        while line := text.readline(most + 1):
            number += 1
            if len(line) > most:
                raise InvalidInput(LONG_LINE, field="file", line=number, most=most)
            if "\0" in line:
                raise UnsupportedType(NOT_TEXT, field="file")
            yield line


def read_records(
    lines: Iterable[str], separator: str, quote: str, limits: Limits | None = None
) -> Iterator[list[str]]:
    """The cells of each record; an empty line gives an empty list.

    ``quote`` is empty where the file knows no quotation marks.
    """
    bounds = limits or Limits()
    reader = csv.reader(
        lines,
        delimiter=separator,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
    )
    row = line = 0
    try:
        for cells in reader:
            row += 1
            if reader.line_num - line > MAX_LINES_OF_RECORD:
                raise InvalidInput(OPEN_QUOTE, field="file", row=row)
            line = reader.line_num
            if len(cells) > bounds.columns:
                _refuse_columns(row, bounds.columns)
            if row > bounds.rows:
                raise TooLarge(MANY_ROWS, field="file", most=bounds.rows)
            yield cells
    except csv.Error as error:
        raise InvalidInput(OPEN_QUOTE, field="file", row=row + 1) from error


def _refuse_columns(row: int, most: int) -> None:
    raise InvalidInput(MANY_COLUMNS, field="file", row=row, most=most)
