"""A conversion in the words of one reader, alike in the converter and the palette."""

from decimal import Decimal

from fintrack.core.exchange import Rate, UnknownRate
from fintrack.core.formatting import format_number
from fintrack.core.rate_text import format_rate
from fintrack.services.rates.currencies import Conversion
from fintrack.services.rates.lookup import RateView
from fintrack.state.amounts import Reader
from fintrack.state.currency_rows import rate_said

# Of a result that is less than half the smallest coin.
DIGITS = 2


def result_of(found: Conversion) -> Decimal | None:
    """The result with the decimals that are shown; None where no rate is known.

    They are those of its currency. What would be nothing in them, though it is not, has
    as many as say something: 100 TRL are 0.0001 TRY.
    """
    if found.result is None or isinstance(found.rate, UnknownRate):
        return None
    if found.result.minor or not found.money.minor:
        return found.result.decimal
    exact = found.money.decimal * found.rate.rate.value
    return round(exact, DIGITS - 1 - exact.adjusted()).normalize()


def number_of(value: Decimal, reader: Reader) -> str:
    """With all its decimals."""
    decimals = -int(value.as_tuple().exponent)
    return format_number(value, reader.language, decimals=decimals)


def rate_text(
    rate: RateView | UnknownRate, reader: Reader, *, briefly: bool = False
) -> str:
    """What one of the base is worth, and who said so and when."""
    said = rate_said(rate, reader, briefly=briefly)
    if isinstance(rate, UnknownRate):
        return said
    return " · ".join(filter(None, (pair_text(rate.rate, reader), said)))


def pair_text(rate: Rate, reader: Reader) -> str:
    """What one of the base is worth: 1 EUR = 1.0800 USD."""
    value = format_rate(rate.value, reader.language)
    return f"1 {rate.base} = {value} {rate.quote}"
