"""Lines of a CSV file that a spreadsheet opens without running what is in them."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# Source: OWASP, CSV Injection. A number may begin with a sign: it is no formula.
_STARTS_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)
_NUMBER = re.compile(r"[+\-]?\d[\d.,'’ \u00a0]*")


def csv_lines(records: Iterable[Sequence[str]]) -> str:
    """The records as text, cells guarded, lines ended as RFC 4180 wants."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([guarded(cell) for cell in record] for record in records)
    return text.getvalue()


def guarded(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would run."""
    if cell.lstrip(" ").startswith(_STARTS_FORMULA) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
