"""What selects offer: values with their words, in the reader's language."""

from dataclasses import dataclass

from fintrack.core.currency import CurrencyKind, current_currencies
from fintrack.core.folding import fold
from fintrack.core.formatting import currency_name
from fintrack.state.amounts import Reader


@dataclass(frozen=True)
class Choice:
    """One option of a select."""

    value: str
    label: str


def money_choices(reader: Reader) -> list[Choice]:
    """The currencies that people count in, by code; no metals, funds and units."""
    return [
        Choice(one.code, f"{one.code} {currency_name(one.code, reader.language)}")
        for one in current_currencies()
        if one.kind in (CurrencyKind.MONEY, CurrencyKind.CRYPTO)
    ]


def currency_choices(reader: Reader) -> list[Choice]:
    """The currencies in use, the reader's own first, the others by name."""
    found = [
        Choice(one.code, f"{currency_name(one.code, reader.language)} ({one.code})")
        for one in current_currencies()
    ]
    return sorted(
        found, key=lambda one: (one.value != reader.base_currency, fold(one.label))
    )
