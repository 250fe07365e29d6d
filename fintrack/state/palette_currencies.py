"""What search and jump says of currencies: an amount in another one, and pages."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from fintrack.core import routes
from fintrack.core.conversion_text import ConversionText, read_conversion
from fintrack.core.currency_search import search_currencies
from fintrack.core.errors import InvalidInput
from fintrack.core.formatting import counted_currency, currency_name
from fintrack.core.text import message_id
from fintrack.services.commands import Snapshot
from fintrack.services.rates.currencies import Conversion, convert_money
from fintrack.state.amounts import Reader
from fintrack.state.conversions import number_of, rate_text, result_of
from fintrack.state.forms import errors_by_field, number_style, read_money
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
    if asked.unknown:
        return [_no_currency(asked.unknown, reader)]
    target = asked.target or reader.base_currency
    if target == asked.source and not asked.target:
        return []
    asked = replace(asked, amount=_with_mark(asked.amount, reader))
    try:
        money = read_money(asked.amount, asked.source, reader.language)
    except InvalidInput as error:
        return [_refused(error, asked, target, reader)]
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
        if one.is_everyday or not is_short
    ][:MOST]


def _with_mark(amount: str, reader: Reader) -> str:
    """With the decimal mark of the reader: 1,5 can be nothing but one and a half.

    What may also be a thousand (1,500) stays as it is.
    """
    mark = number_style(reader.language).decimal
    found = re.fullmatch(r"(-?[0-9]+)[.,]([0-9]{1,2}|[0-9]{4,})", amount)
    return f"{found[1]}{mark}{found[2]}" if found else amount


def _no_currency(typed: str, reader: Reader) -> FoundRow:
    message = message_id("There is no currency with the code {code}.")
    name = reader.say(message, code=typed.upper())
    return FoundRow("palette-conversion", name, routes.CURRENCIES, glyph="coins")


def _refused(
    error: InvalidInput, asked: ConversionText, target: str, reader: Reader
) -> FoundRow:
    """What is wrong with the amount; the converter shows it at its field."""
    return FoundRow(
        id="palette-conversion",
        name=" ".join(errors_by_field(error, reader.language).values()),
        href=routes.converting(asked.amount, asked.source, target),
        glyph="arrow-left-right",
    )


def _conversion(
    found: Conversion, asked: ConversionText, target: str, reader: Reader
) -> FoundRow:
    result = result_of(found)
    amount = _counted(found.money.decimal, asked.source, reader)
    if result is None:
        currency = counted_currency(target, 0, reader.language)
        name = reader.say("{amount} in {currency}", amount=amount, currency=currency)
    else:
        name = f"{amount} = {_counted(result, target, reader)}"
    return FoundRow(
        id="palette-conversion",
        name=name,
        href=routes.converting(asked.amount, asked.source, target),
        detail=rate_text(found.rate, reader),
        glyph="arrow-left-right",
    )


def _counted(value: Decimal, code: str, reader: Reader) -> str:
    """100.00 US dollars."""
    # With all its decimals, as CLDR asks how many are seen: 1 dollar, 1.00 dollars.
    name = counted_currency(code, value, reader.language)
    return f"{number_of(value, reader)} {name}"
