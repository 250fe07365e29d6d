"""Which kind of file a statement is, known by how it begins and not by its name."""

import re
from contextlib import closing
from enum import StrEnum

from fintrack.core.errors import UnsupportedType
from fintrack.core.statements.encoding import Opener
from fintrack.core.text import message_id

OTHER_XML = message_id("This XML file is neither OFX nor CAMT.053.")
OTHER_JSON = message_id("This JSON file was not written by FinTrack.")
HEAD_BYTES = 64 * 1024

_ZIP = b"PK\x03\x04"
_OFX = re.compile(r"OFXHEADER\s*[:=]|<OFX>|<\?OFX", re.IGNORECASE)
_CAMT = re.compile(r"<(?:\w+:)?(?:BkToCstmrStmt|BkToCstmrAcctRpt)\b|camt\.05[23]")
_QIF = re.compile(r"!(?:Type|Account|Option|Clear)\b", re.IGNORECASE)
_MT940 = re.compile(r"^:(?:25|28C|60F|60M):", re.MULTILINE)
_OWN = re.compile(r'"format"\s*:\s*"fintrack/')


class Format(StrEnum):
    """The kinds of files that are read."""

    CSV = "csv"
    XLSX = "xlsx"
    OFX = "ofx"
    QIF = "qif"
    CAMT = "camt"
    MT940 = "mt940"
    JSON = "json"

    @property
    def has_columns(self) -> bool:
        """Whether a person can say what each column means."""
        return self in (Format.CSV, Format.XLSX)


def find_format(open_file: Opener) -> Format:
    """The kind of a file; what shows no other kind is taken for CSV.

    Raises UnsupportedType for XML and JSON of other programs.
    """
    with closing(open_file()) as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(_ZIP):
        return Format.XLSX
    # What tells the kinds apart is ASCII, also in UTF-16, without its zero bytes.
    text = (
        head.replace(b"\0", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe \r\n\t")
    )
    if text.startswith(("<", "OFXHEADER")):
        return _marked_up(text)
    if text.startswith("{") and not _MT940.search(text):
        if _OWN.search(text):
            return Format.JSON
        raise UnsupportedType(OTHER_JSON, field="file")
    if _QIF.match(text):
        return Format.QIF
    return Format.MT940 if _MT940.search(text) else Format.CSV


def _marked_up(text: str) -> Format:
    if _OFX.search(text):
        return Format.OFX
    if _CAMT.search(text):
        return Format.CAMT
    raise UnsupportedType(OTHER_XML, field="file")
