"""Any file of a bank: sniffed and read by the reader of its format."""

from collections.abc import Iterator
from collections.abc import Mapping as ReadOnly

from fintrack.core.statements.camt import parse_camt
from fintrack.core.statements.encoding import (
    EncodingFound,
    Opener,
    find_encoding,
    opener_of,
)
from fintrack.core.statements.entries import Item, read_entries
from fintrack.core.statements.entry_sniffing import sniff_entries
from fintrack.core.statements.formats import Format, find_format
from fintrack.core.statements.mapping import Mapping
from fintrack.core.statements.mt940 import parse_mt940
from fintrack.core.statements.ofx import parse_ofx, skim_ofx
from fintrack.core.statements.own_json import parse_json
from fintrack.core.statements.qif import parse_qif
from fintrack.core.statements.reader import read_statement, understand
from fintrack.core.statements.records import Limits
from fintrack.core.statements.rows import Row, StatedBalance
from fintrack.core.statements.sniffing import Sniffed, sniff
from fintrack.core.statements.workbook_sniffing import sniff_workbook
from fintrack.core.statements.workbooks import Workbook

# Their encoding is named inside, or is UTF-8 by the standard.
_SELF_NAMED = (Format.CAMT, Format.JSON)


def sniff_file(
    data: bytes | Opener, part: str = "", limits: Limits | None = None
) -> Sniffed:
    """How a file is to be read; ``part`` is the account or sheet that is wanted.

    Raises UnsupportedType for a kind of file that is not read, InvalidInput for one
    that is damaged or holds nothing, TooLarge for one beyond the limits.
    """
    open_file = opener_of(data)
    kind = find_format(open_file)
    if kind is Format.CSV:
        return sniff(open_file, limits)
    if kind is Format.XLSX:
        return sniff_workbook(Workbook(open_file), part, limits)
    encoding = EncodingFound("utf-8-sig")
    if kind not in _SELF_NAMED:
        encoding = find_encoding(open_file)
    items = _skim(open_file, kind, encoding.name)
    return sniff_entries(items, kind, encoding, part)


def read_file(
    data: bytes | Opener,
    mapping: Mapping,
    exponents: ReadOnly[str, int],
    limits: Limits | None = None,
) -> Iterator[Row | StatedBalance]:
    """The rows of the mapping's part in their order, and the balances that it states.

    Raises InvalidInput for a mapping without date or amount and for a file that breaks
    the limits.
    """
    open_file = opener_of(data)
    if mapping.format is Format.CSV:
        return read_statement(open_file, mapping, exponents, limits)
    if mapping.format is Format.XLSX:
        decimal = mapping.number_style.decimal
        records = Workbook(open_file).records(mapping.part, decimal, limits)
        return understand(records, mapping, exponents)
    items = _items(open_file, mapping.format, mapping.encoding)
    return read_entries(items, mapping, exponents, limits)


def _skim(open_file: Opener, kind: Format, encoding: str) -> Iterator[Item]:
    """The items as far as a first look needs them."""
    if kind is Format.OFX:
        return skim_ofx(open_file, encoding)
    return _items(open_file, kind, encoding)


def _items(open_file: Opener, kind: Format, encoding: str) -> Iterator[Item]:
    if kind is Format.CAMT:
        return parse_camt(open_file)
    if kind is Format.JSON:
        return parse_json(open_file)
    parse = {Format.OFX: parse_ofx, Format.QIF: parse_qif, Format.MT940: parse_mt940}
    return parse[kind](open_file, encoding)
