"""What search and jump says of currencies: an amount in another one, and pages."""

from dataclasses import dataclass

from fintrack.core import routes
from fintrack.core.conversion_text import ConversionText, read_conversion
from fintrack.core.currency import find_currency
from fintrack.core.currency_search import search_currencies
from fintrack.core.errors import InvalidInput
from fintrack.core.exchange import UnknownRate
from fintrack.core.formatting import counted_currency, currency_name, format_number
from fintrack.core.money import Money
from fintrack.core.rate_text import format_rate
from fintrack.services.commands import Snapshot
from fintrack.services.rates.currencies import Conversion, convert_money
from fintrack.state.amounts import Reader
from fintrack.state.currency_rows import rate_said
from fintrack.state.forms import read_money
from fintrack.state.rows import NOTHING, Amount

MOST = 5
SHORTEST = 3


@dataclass(frozen=True)
class FoundRow:
    """One thing that was found, with its page; ``id`` is unique among the rows."""

    id: str
    name: str
    href: str
    detail: str = ""
    glyph: str = ""
    amount: Amount = NOTHING


async def conversion_rows(
    books: Snapshot, typed: str, reader: Reader
) -> list[FoundRow]:
    """The amount that was typed in another currency; nothing if none was."""
    asked = read_conversion(typed, reader.language)
    if asked is None:
        return []
    target = asked.target or reader.base_currency
    try:
        money = read_money(asked.amount, asked.source, reader.language)
    except InvalidInput:
        return []
    if target == asked.source:
        return []
    found = await books.ask(convert_money, money, target, reader.today)
    return [_conversion(found, asked, target, reader)]


def currency_places(typed: str, reader: Reader) -> list[FoundRow]:
    """The pages of currencies whose code, sign or name was typed.

    The many that nobody keeps books in stand back until three letters are there.
    """
    found = search_currencies(typed, reader.language, by_country=False)
    is_short = len(typed) < SHORTEST
    return [
        FoundRow(
            id=f"palette-currency-{one.code}",
            name=currency_name(one.code, reader.language),
            href=routes.currency(one.code),
            detail=one.code,
            glyph="coins",
        )
        for one in found
        if one.is_current or not is_short
    ][:MOST]


def _conversion(
    found: Conversion, asked: ConversionText, target: str, reader: Reader
) -> FoundRow:
    rate = found.rate
    if found.result is None or isinstance(rate, UnknownRate):
        name = reader.say(
            "{amount} in {currency}",
            amount=_counted(found.money, reader),
            currency=counted_currency(target, 0, reader.language),
        )
        detail = reader.say("No rate is known for this day.")
    else:
        name = f"{_counted(found.money, reader)} = {_counted(found.result, reader)}"
        value = format_rate(rate.rate.value, reader.language)
        said = f"1 {asked.source} = {value} {target}"
        detail = f"{said} · {rate_said(rate, reader)}"
    return FoundRow(
        id="palette-conversion",
        name=name,
        href=routes.converting(asked.amount, asked.source, target),
        detail=detail,
        glyph="arrow-left-right",
    )


def _counted(money: Money, reader: Reader) -> str:
    """100.00 US dollars."""
    decimals = find_currency(money.currency).exponent
    number = format_number(money.decimal, reader.language, decimals=decimals)
    # With all its decimals, as CLDR asks how many are seen: 1 dollar, 1.00 dollars.
    name = counted_currency(money.currency, money.decimal, reader.language)
    return f"{number} {name}"
