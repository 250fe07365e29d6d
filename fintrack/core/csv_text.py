"""Lines of a CSV file that a spreadsheet opens without running what is in them."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# Source: OWASP, CSV Injection. A number may begin with a sign: it is no formula.
_SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
_STARTS_FORMULA = (*_SIGNS, "\t", "\r", "\n")
_NUMBER = re.compile(r"[+\-]?\d[\d.,'’ \u00a0]*")
# Where commas are decimal, a spreadsheet ends cells at semicolons, whatever is quoted.
_CELL_WITHIN = re.compile(
    rf"(?<=[;\t\r\n])(?=[ \u00a0\"]*(?P<said>[{re.escape(_SIGNS)}][^;\t\r\n]*))"
)


def csv_lines(records: Iterable[Sequence[str]]) -> str:
    """The records as text, cells guarded and quoted, lines ended as RFC 4180 wants."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerows([guarded(cell) for cell in record] for record in records)
    return text.getvalue()


def guarded(cell: str) -> str:
    """The cell, with an apostrophe before whatever a spreadsheet would run.

    So also behind a semicolon, a tab or the end of a line within it: there another
    cell may begin.
    """
    if _NUMBER.fullmatch(cell):
        return cell
    within = _CELL_WITHIN.sub(_guard, cell)
    is_formula = within.lstrip(" ").startswith(_STARTS_FORMULA)
    return f"'{within}" if is_formula else within


def _guard(begun: re.Match[str]) -> str:
    return "" if _NUMBER.fullmatch(begun["said"]) else "'"
