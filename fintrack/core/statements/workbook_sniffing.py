"""How an XLSX file is to be read: which of its sheets, and what its columns mean."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from fintrack.core.amount_text import POINT
from fintrack.core.errors import InvalidInput
from fintrack.core.statements.cells import looks_like_amount
from fintrack.core.statements.column_names import Role
from fintrack.core.statements.columns import MONEY_ROLES, find_roles
from fintrack.core.statements.dates import OrderFound, find_order
from fintrack.core.statements.formats import Format
from fintrack.core.statements.layout import (
    NO_COLUMNS,
    Layout,
    find_record_layout,
    is_transaction,
)
from fintrack.core.statements.parts import Part, chosen_part
from fintrack.core.statements.records import Limits
from fintrack.core.statements.sniffing import (
    SAMPLE_LINES,
    Sniffed,
    distinct_dates,
    doubts,
    guess_style,
    propose,
)
from fintrack.core.statements.workbooks import Workbook


class _Sheet(NamedTuple):
    part: Part
    layout: Layout


def sniff_workbook(
    book: Workbook, part: str = "", limits: Limits | None = None
) -> Sniffed:
    """A proposal for the sheet ``part``, or for the one that shows most transactions.

    Raises InvalidInput where no sheet shows columns, or the wanted one does not.
    """
    sheets = {sheet.part.name: sheet for sheet in _sheets(book, limits)}
    parts = tuple(sheet.part for sheet in sheets.values())
    chosen = chosen_part(parts, part)
    if chosen is None:
        raise InvalidInput(NO_COLUMNS, field="file")
    layout = sheets[chosen.name].layout
    rows = [row for row in layout.rows if is_transaction(row)] or layout.rows
    roles = find_roles(layout.header, rows, layout.columns)
    order = _order(book, chosen.name, layout, roles, limits)
    money = list(_written_amounts(book, chosen.name, layout.skip_rows, roles))
    style, unclear = guess_style(money, "") if money else (POINT, False)
    mapping = replace(
        propose(layout, roles, order.order, style),
        format=Format.XLSX,
        part=chosen.name,
    )
    return Sniffed(mapping, tuple(doubts(mapping, rows, order, unclear=unclear)), parts)


def _sheets(book: Workbook, limits: Limits | None) -> Iterator[_Sheet]:
    """The sheets that show columns; others are covers and charts."""
    for name in book.sheets:
        sample = list(islice(book.records(name, ".", limits), SAMPLE_LINES))
        try:
            layout = find_record_layout(sample)
        except InvalidInput:
            continue
        found = sum(map(is_transaction, layout.rows))
        yield _Sheet(Part(name, rows=found), layout)


def _order(
    book: Workbook,
    sheet: str,
    layout: Layout,
    roles: tuple[Role, ...],
    limits: Limits | None,
) -> OrderFound:
    """From the sample; from all rows where the sample fits two orders."""
    if Role.DATE not in roles:
        return find_order(())
    index = roles.index(Role.DATE)
    found = find_order(distinct_dates(layout.rows, index))
    if not found.ambiguous:
        return found
    return find_order(distinct_dates(book.records(sheet, ".", limits), index))


def _written_amounts(
    book: Workbook, sheet: str, skip: int, roles: tuple[Role, ...]
) -> Iterator[str]:
    """Amounts that were stored as words, which alone have a mark of their own."""
    places = [index for index, role in enumerate(roles) if role in MONEY_ROLES]
    for cells in islice(book.values(sheet), skip, skip + SAMPLE_LINES):
        for index in places:
            value = cells[index] if index < len(cells) else None
            if isinstance(value, str) and looks_like_amount(value):
                yield value.strip()
