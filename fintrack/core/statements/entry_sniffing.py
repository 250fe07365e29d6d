"""How a file of a bank's own format is to be read, and which accounts it holds."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from fintrack.core.amount_text import COMMA, POINT, NumberStyle
from fintrack.core.errors import InvalidInput, TooLarge
from fintrack.core.statements.dates import DateOrder, OrderFound, find_order
from fintrack.core.statements.encoding import EncodingFound
from fintrack.core.statements.entries import Aside, Entry, Item
from fintrack.core.statements.formats import Format
from fintrack.core.statements.mapping import Mapping
from fintrack.core.statements.parts import Part, chosen_part
from fintrack.core.statements.place_names import PlaceName
from fintrack.core.statements.sniffing import (
    AMBIGUOUS_DATES,
    AMBIGUOUS_NUMBERS,
    MAX_DISTINCT_DATES,
    Sniffed,
    broken_characters,
    guess_style,
)
from fintrack.core.text import message_id

NOTHING = message_id("This file holds no transactions.")
MANY_ACCOUNTS = message_id("This file holds more than {most} accounts.")
MAX_PARTS = 200
SAMPLE_AMOUNTS = 1_000
MAX_PLACES = 500
# Only QIF leaves open how days and amounts are written.
_STYLES = {Format.MT940: COMMA}


class _Seen(NamedTuple):
    """What the items of a file show."""

    parts: list[Part]
    days: set[str]
    amounts: list[str]
    places: dict[str, dict[PlaceName, None]]


def sniff_entries(
    items: Iterable[Item], kind: Format, encoding: EncodingFound, part: str = ""
) -> Sniffed:
    """A proposal for one account of the file: ``part``, or the one with most rows.

    Raises InvalidInput for a file without any record, TooLarge for too many accounts.
    """
    seen = _see(items)
    chosen = chosen_part(seen.parts, part)
    if chosen is None:
        raise InvalidInput(NOTHING, field="file")
    order, style, unclear = OrderFound(DateOrder.YMD, ambiguous=False), POINT, False
    if kind is Format.QIF:
        order = find_order(seen.days)
        style, unclear = guess_style(seen.amounts, "")
    mapping = _mapping(kind, encoding.name, chosen, order, _STYLES.get(kind, style))
    notes = list(broken_characters(encoding))
    notes += [AMBIGUOUS_DATES] if order.ambiguous else []
    notes += [AMBIGUOUS_NUMBERS] if unclear else []
    return Sniffed(
        mapping, tuple(notes), tuple(seen.parts), (*seen.places[chosen.name],)
    )


def _mapping(
    kind: Format, encoding: str, part: Part, order: OrderFound, style: NumberStyle
) -> Mapping:
    return Mapping(
        encoding=encoding,
        separator="",
        quote="",
        skip_rows=0,
        header=(),
        roles=(),
        date_order=order.order,
        number_style=style,
        currency=part.currency,
        format=kind,
        part=part.name,
    )


def _see(items: Iterable[Item]) -> _Seen:
    seen = _Seen([], set(), [], defaultdict(dict))
    currencies: dict[str, str] = {}
    rows: Counter[str] = Counter()
    for item in items:
        if not item.part:
            continue
        if item.part not in currencies:
            if len(currencies) == MAX_PARTS:
                raise TooLarge(MANY_ACCOUNTS, field="file", most=MAX_PARTS)
            currencies[item.part] = ""
        if isinstance(item, Aside):
            continue
        if not currencies[item.part]:
            currencies[item.part] = item.currency.strip().upper()
        if isinstance(item, Entry):
            rows[item.part] += 1
            _sample(item, seen)
    seen.parts.extend(Part(name, code, rows[name]) for name, code in currencies.items())
    return seen


def _sample(entry: Entry, seen: _Seen) -> None:
    if len(seen.days) < MAX_DISTINCT_DATES:
        seen.days.add(entry.day)
    if len(seen.amounts) < SAMPLE_AMOUNTS:
        seen.amounts.append(entry.amount)
    places = seen.places[entry.part]
    if entry.places and len(places) < MAX_PLACES:
        places |= dict.fromkeys(name for name, _ in entry.places if name.names)
