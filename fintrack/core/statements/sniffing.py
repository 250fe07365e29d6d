"""A first proposal of how a statement is to be read, with what is uncertain in it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import NamedTuple

from fintrack.core.amount_text import COMMA, POINT, NumberStyle, parse_money_text
from fintrack.core.errors import InvalidInput, Problem
from fintrack.core.statements.card_sides import (
    purchases_are_positive,
    sides_are_unclear,
)
from fintrack.core.statements.cells import looks_like_amount
from fintrack.core.statements.column_names import Role
from fintrack.core.statements.columns import (
    MONEY_ROLES,
    currency_of_header,
    find_roles,
    names_side,
)
from fintrack.core.statements.dates import (
    DateOrder,
    OrderFound,
    find_order,
    looks_like_date,
)
from fintrack.core.statements.encoding import (
    EncodingFound,
    Opener,
    find_encoding,
    opener_of,
)
from fintrack.core.statements.layout import Layout, find_layout, is_transaction
from fintrack.core.statements.mapping import Mapping
from fintrack.core.statements.parts import Part
from fintrack.core.statements.place_names import PlaceName
from fintrack.core.statements.records import Limits, read_lines, read_records

SAMPLE_LINES = 300
MAX_DISTINCT_DATES = 50_000
AMBIGUOUS_DATES = Problem(
    "Day and month cannot be told apart in this file.", "date_order"
)
GUESSED_SIDES = Problem(
    "Which column is money in and which is money out is a guess.", "debit"
)
UNCLEAR_SIDES = Problem(
    "Most amounts have no minus. For purchases, set the sign to “Plus is out”.",
    "flip_sign",
)
AMBIGUOUS_NUMBERS = Problem(
    "Decimal and thousands marks cannot be told apart in this file.", "number_style"
)


_OTHER_MARK = {".": ",", ",": "."}


class Sniffed(NamedTuple):
    """The proposal; ``notes`` name what a person should look at first.

    ``parts`` are the accounts or sheets that the file holds, and ``places`` some of
    those that the rows of the one that is read name.
    """

    mapping: Mapping
    notes: tuple[Problem, ...]
    parts: tuple[Part, ...] = ()
    places: tuple[PlaceName, ...] = ()


def sniff(data: bytes | Opener, limits: Limits | None = None) -> Sniffed:
    """Looks at the file from its start, at all of it only where the start is unclear.

    Raises UnsupportedType for what is no text, InvalidInput where no columns are seen.
    """
    open_file = opener_of(data)
    encoding = find_encoding(open_file)
    lines = read_lines(open_file, encoding.name, limits)
    layout = find_layout(list(islice(lines, SAMPLE_LINES)), limits)
    lines.close()
    rows = [row for row in layout.rows if is_transaction(row)] or layout.rows
    roles = find_roles(layout.header, rows, layout.columns)
    order = _order(open_file, encoding.name, layout, roles, limits)
    style, unclear = guess_style(_cells(rows, roles, MONEY_ROLES), layout.separator)
    mapping = propose(layout, roles, order.order, style)
    mapping = replace(mapping, encoding=encoding.name)
    notes = [*broken_characters(encoding)]
    notes += doubts(mapping, rows, order, unclear=unclear)
    return Sniffed(mapping, tuple(notes))


def propose(
    layout: Layout, roles: tuple[Role, ...], order: DateOrder, style: NumberStyle
) -> Mapping:
    """The mapping for columns that were found, in UTF-8."""
    rows = [row for row in layout.rows if is_transaction(row)] or layout.rows
    money = list(_cells(rows, roles, MONEY_ROLES))
    return Mapping(
        encoding="utf-8-sig",
        separator=layout.separator,
        quote=layout.quote,
        skip_rows=layout.skip_rows,
        header=layout.header,
        roles=roles,
        date_order=order,
        number_style=style,
        flip_sign=purchases_are_positive(layout.header, roles, rows),
        currency=_currency(layout.header, roles, money, style),
    )


def doubts(
    mapping: Mapping, rows: Sequence[list[str]], order: OrderFound, *, unclear: bool
) -> Iterable[Problem]:
    """What a person should look at in the columns that were found."""
    if order.ambiguous:
        yield AMBIGUOUS_DATES
    if unclear:
        yield AMBIGUOUS_NUMBERS
    if Role.DEBIT in mapping.roles and not any(map(names_side, mapping.header)):
        yield GUESSED_SIDES
    for role, message in mapping.problems():
        yield Problem(message, role)
    if not mapping.flip_sign and sides_are_unclear(mapping.roles, rows):
        yield UNCLEAR_SIDES


def guess_style(texts: Iterable[str], separator: str) -> tuple[NumberStyle, bool]:
    """The number style most amounts show, and whether they leave it open.

    A last mark with one or two digits behind it is decimal; three digits say nothing
    unless another mark stands before them, or other amounts have no mark at all: banks
    write decimals everywhere or nowhere.
    """
    votes: Counter[str] = Counter()
    open_marks = ""
    bare = False
    for text in texts:
        marks = [char for char in text if char in ".,"]
        tail = len(
            [c for c in text.rpartition(marks[-1])[2] if c.isdigit()] if marks else ""
        )
        if marks and (tail in (1, 2) or len(set(marks)) > 1):
            votes[marks[-1]] += 1
        elif len(marks) > 1:
            votes[_OTHER_MARK[marks[0]]] += 1
        elif marks:
            open_marks += marks[0]
        else:
            bare = True
    if not votes and bare and len(set(open_marks)) == 1:
        votes[_OTHER_MARK[open_marks[0]]] += 1
    if votes:
        return (COMMA if votes[","] > votes["."] else POINT), False
    return (COMMA if separator == ";" else POINT), bool(open_marks)


def broken_characters(encoding: EncodingFound) -> Iterable[Problem]:
    """One finding where the encoding does not fit the whole file."""
    if encoding.broken:
        values = (
            ("count", str(encoding.broken)),
            ("line", str(encoding.first_broken_line)),
        )
        yield Problem(
            "{count} characters could not be read, the first in line {line}.",
            "encoding",
            values,
        )


def _order(
    open_file: Opener,
    encoding: str,
    layout: Layout,
    roles: Sequence[Role],
    limits: Limits | None,
) -> OrderFound:
    """From the sample; from all rows where the sample fits two orders."""
    if Role.DATE not in roles:
        return find_order(())
    index = roles.index(Role.DATE)
    found = find_order(distinct_dates(layout.rows, index))
    if not found.ambiguous:
        return found
    lines = read_lines(open_file, encoding, limits)
    records = read_records(lines, layout.separator, layout.quote, limits)
    return find_order(distinct_dates(records, index))


def distinct_dates(rows: Iterable[Sequence[str]], index: int) -> set[str]:
    """The distinct dates of a column, up to a bound that no statement reaches."""
    found: set[str] = set()
    for row in rows:
        text = row[index] if index < len(row) else ""
        if text not in found and len(found) < MAX_DISTINCT_DATES:
            found.update([text] if looks_like_date(text) else [])
    return found


def _cells(
    rows: Iterable[Sequence[str]], roles: Sequence[Role], wanted: Sequence[Role]
) -> Iterable[str]:
    places = [index for index, role in enumerate(roles) if role in wanted]
    cells = chain.from_iterable(
        [row[index].strip() for index in places if index < len(row)] for row in rows
    )
    return filter(looks_like_amount, cells)


def _currency(
    header: Sequence[str],
    roles: Sequence[Role],
    money: Sequence[str],
    style: NumberStyle,
) -> str:
    """From the name of an amount column, or from most amounts themselves."""
    for name, role in zip(header, roles, strict=False):
        if role in MONEY_ROLES and currency_of_header(name):
            return currency_of_header(name)
    named = Counter(_marked(text, style) for text in money)
    named.pop("", None)
    return max(named, key=lambda code: named[code], default="")


def _marked(text: str, style: NumberStyle) -> str:
    try:
        return parse_money_text(text, style=style).currency
    except InvalidInput:
        return ""
