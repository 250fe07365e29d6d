"""The kind of a file is known by how it begins."""

import pytest

from fintrack.core.errors import UnsupportedType
from fintrack.core.statements.encoding import opener_of
from fintrack.core.statements.formats import Format, find_format


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"Date,Amount\n", Format.CSV),
        (b"", Format.CSV),
        (b"PK\x03\x04rest", Format.XLSX),
        (b"\xef\xbb\xbf\r\nOFXHEADER:100\n<OFX>", Format.OFX),
        (b'<?xml version="1.0"?><?OFX OFXHEADER="200"?><OFX>', Format.OFX),
        (b"<ofx>", Format.OFX),
        ("!Type:Bank\n".encode("utf-16"), Format.QIF),
        (b"!account\nNa\n^\n", Format.QIF),
        (b'<?xml version="1.0"?><a:Document><a:BkToCstmrStmt>', Format.CAMT),
        (b"{1:F01X}{4:\n:20:A\n:25:B\n", Format.MT940),
        (b":20:A\n:25:B\n", Format.MT940),
        (b' {"format" : "fintrack/1"', Format.JSON),
    ],
)
def test_kind_is_found(data: bytes, kind: Format) -> None:
    assert find_format(opener_of(data)) is kind


@pytest.mark.parametrize("data", [b"<html>", b"<?xml?><gpx>", b'{"a": 1}'])
def test_other_programs_files_are_refused(data: bytes) -> None:
    with pytest.raises(UnsupportedType):
        find_format(opener_of(data))


def test_only_tables_have_columns() -> None:
    assert [kind for kind in Format if kind.has_columns] == ["csv", "xlsx"]
