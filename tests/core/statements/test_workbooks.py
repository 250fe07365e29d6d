"""Sheets are read within limits, and what is no sound workbook is refused."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from fintrack.core.errors import InvalidInput, TooLarge, UnsupportedType
from fintrack.core.statements import workbooks
from fintrack.core.statements.encoding import opener_of
from fintrack.core.statements.records import Limits
from fintrack.core.statements.workbooks import Workbook, as_text

MOMENT = datetime(2026, 2, 3, 9, 30)  # noqa: DTZ001 - cells have no zone


def book_of(*rows: list[Any], title: str = "Sheet") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return out.getvalue()


def _records(data: bytes, limits: Limits | None = None) -> Iterator[list[str]]:
    book = Workbook(opener_of(data))
    return book.records(book.sheets[0], ".", limits)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (" two\nlines ", "two lines"),
        (7, "7"),
        (0.1 + 0.2, "0.3"),
        (1e21, "1000000000000000000000"),
        (MOMENT, "2026-02-03"),
        (date(2026, 2, 3), "2026-02-03"),
        ("#DIV/0!", "#DIV/0!"),
    ],
)
def test_cell_is_written_as_a_bank_would(value: Any, text: str) -> None:
    assert as_text(value, ".") == text


def test_decimal_mark_is_the_one_that_is_asked_for() -> None:
    assert as_text(-1234.5, ",") == "-1234,5"


def test_formula_gives_what_was_stored_and_is_not_computed() -> None:
    data = book_of(["a", "=1+1"])
    assert list(_records(data)) == [["a"]]
    inside = ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")
    stored = re.sub(rb"<v ?/>|<v></v>", b"<v>42</v>", inside)
    found = with_member(data, "xl/worksheets/sheet1.xml", stored)
    assert list(_records(found)) == [["a", "42"]]


def test_bomb_is_refused_by_what_it_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = with_member(book_of(["a"]), "xl/bomb.xml", b"0" * 3_000_000)
    assert len(bomb) < 20_000
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 1_000_000)
    with pytest.raises(TooLarge, match="Unpacked"):
        Workbook(opener_of(bomb))


def test_bomb_that_lies_about_its_size_is_refused() -> None:
    bomb = with_member(book_of(["a"]), "xl/bomb.xml", b"0" * 3_000_000)
    lie = bomb.replace((3_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lie != bomb
    with pytest.raises(UnsupportedType, match="damaged"):
        Workbook(opener_of(lie))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_entities_in_a_sheet_are_refused(encoding: str) -> None:
    content = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode(encoding)
    data = with_member(book_of(["a"]), "xl/worksheets/sheet1.xml", content)
    with pytest.raises(InvalidInput, match="entities of its own"):
        Workbook(opener_of(data))


def test_torn_and_damaged_files_are_refused() -> None:
    data = book_of(["a", 1])
    for torn in (data[: len(data) // 2], data[:-30], b"PK\x03\x04"):
        with pytest.raises(UnsupportedType, match="damaged"):
            Workbook(opener_of(torn))
    broken = with_member(
        data, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"
    )
    with pytest.raises(InvalidInput, match="damaged"):
        list(_records(broken))


def test_other_zip_is_no_workbook() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr("statement.csv", "a,b")
    with pytest.raises(UnsupportedType, match="no Excel file"):
        Workbook(opener_of(out.getvalue()))


def test_rows_columns_and_cells_beyond_the_limits_are_refused() -> None:
    data = book_of(["a" * 50, "b"], ["c"])
    with pytest.raises(TooLarge, match="more than 1 rows"):
        list(_records(data, Limits(rows=1)))
    with pytest.raises(InvalidInput, match="more than 1 columns"):
        list(_records(data, Limits(columns=1)))
    with pytest.raises(InvalidInput, match="longer than 20"):
        list(_records(data, Limits(line_length=20)))
