"""Sheets of an XLSX file as records of text, within limits.

openpyxl reads them one row after another. A formula gives the value that was stored
with it; nothing is computed. The file is unpacked once beforehand, to be counted and
looked through, because a small ZIP can hold any amount of data.
"""

import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from lzma import LZMAError
from typing import Any, TypeVar
from zipfile import BadZipFile, ZipFile, ZipInfo

import openpyxl

from fintrack.core.errors import InvalidInput, TooLarge, UnsupportedType
from fintrack.core.statements.encoding import Opener
from fintrack.core.statements.ofx_tags import DTD
from fintrack.core.statements.records import MANY_COLUMNS, MANY_ROWS, Limits
from fintrack.core.statements.storable import part_name, storable
from fintrack.core.text import message_id

T = TypeVar("T")

BROKEN = message_id("This Excel file is damaged and cannot be read.")
NO_BOOK = message_id("This is a ZIP file and no Excel file. Please unpack it first.")
TOO_LARGE = message_id("Unpacked, this file has more than {most} MB.")
LONG_CELL = message_id("A cell in row {row} is longer than {most} characters.")
MAX_UNPACKED = 128 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_SHEETS = 100
CHUNK_BYTES = 256 * 1024
MARK_BYTES = 32
MIB = 1024 * 1024
# Excel itself keeps 15 digits; the rest of a stored number is noise.
DIGITS = ".15g"
# What the libraries of packing raise for damaged data, and for packings they lack.
_DAMAGE = (
    OSError, ValueError, RuntimeError, EOFError, LookupError, zlib.error,
    LZMAError,
)  # fmt: skip
_DTD_MARKS = [mark for m in ("<!DOCTYPE", "<!ENTITY") for mark in (
    m.encode(), m.encode("utf-16-le"), m.encode("utf-16-be"))]  # fmt: skip


class Workbook:
    """An XLSX file that was found sound; ``sheets`` are the names of its tables."""

    def __init__(self, open_file: Opener) -> None:
        """Raises UnsupportedType for what is no whole ZIP file or no workbook.

        Raises InvalidInput for damage inside of it, TooLarge beyond the limits.
        """
        with closing(open_file()) as file:
            data = BytesIO(file.read())
        _look_through(data)
        self._book = _guarded(lambda: openpyxl.load_workbook(
            data, read_only=True, data_only=True, keep_links=False))  # fmt: skip
        self._sheets = {
            part_name(s.title): s for s in self._book.worksheets[:MAX_SHEETS]
        }
        self.sheets = list(self._sheets)

    def values(self, sheet: str, limits: Limits | None = None) -> Iterator[list[Any]]:
        """The cells of each row as they are stored, empty ones behind the last cut."""
        bounds = limits or Limits()
        table = self._sheets[sheet]
        # What the file says of its size need not be so.
        _guarded(table.reset_dimensions)
        rows = table.iter_rows(values_only=True)
        number = 0
        while (row := _guarded(lambda: next(rows, None))) is not None:
            number += 1
            if number > bounds.rows:
                raise TooLarge(MANY_ROWS, field="file", most=bounds.rows)
            cells = list(row)
            while cells and cells[-1] is None:
                cells.pop()
            if len(cells) > bounds.columns:
                raise InvalidInput(
                    MANY_COLUMNS, field="file", row=number, most=bounds.columns
                )
            yield cells

    def records(
        self, sheet: str, decimal: str, limits: Limits | None = None
    ) -> Iterator[list[str]]:
        """The cells of each row as text, numbers with ``decimal`` as their mark."""
        for number, cells in enumerate(self.values(sheet, limits), start=1):
            texts = [as_text(cell, decimal) for cell in cells]
            most = (limits or Limits()).line_length
            if sum(map(len, texts)) > most:
                raise InvalidInput(LONG_CELL, field="file", row=number, most=most)
            yield texts


def as_text(value: Any, decimal: str) -> str:  # noqa: ANN401 - whatever a cell holds
    """A cell as a bank would write it into CSV; days as 2026-01-31."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "is_integer"):
        number = Decimal(format(value, DIGITS))
        return f"{number:f}".replace(".", decimal)
    return "" if value is None else storable(" ".join(str(value).split()))


def _look_through(data: BytesIO) -> None:
    """Unpacks everything once: how much it is, and that it defines no entities."""
    try:
        with ZipFile(data) as packed:
            members = packed.infolist()
            _check_size(sum(member.file_size for member in members), len(members))
            if "[Content_Types].xml" not in packed.namelist():
                raise UnsupportedType(NO_BOOK, field="file")
            size = 0
            for member in members:
                for chunk in _unpacked(packed, member):
                    size += len(chunk)
                    _check_size(size, len(members))
    except BadZipFile as error:
        raise UnsupportedType(BROKEN, field="file") from error
    except _DAMAGE as error:
        raise InvalidInput(BROKEN, field="file") from error


def _check_size(size: int, members: int) -> None:
    if size > MAX_UNPACKED or members > MAX_MEMBERS:
        raise TooLarge(TOO_LARGE, field="file", most=MAX_UNPACKED // MIB)


def _unpacked(packed: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    """The pieces of a member; refuses XML with a document type."""
    is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    before = b""
    with packed.open(member) as file:
        while chunk := file.read(CHUNK_BYTES):
            if is_xml and any(mark in before + chunk for mark in _DTD_MARKS):
                raise InvalidInput(DTD, field="file")
            before = chunk[-MARK_BYTES:]
            yield chunk


def _guarded(read: Callable[[], T]) -> T:
    """What the library gives; whatever it stumbles on is a damaged file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return read()
    except MemoryError:
        raise
    except Exception as error:
        raise InvalidInput(BROKEN, field="file") from error
