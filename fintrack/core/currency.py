"""Currencies as data: code, exponent, name and kind.

``data/iso4217.json`` holds the active codes of ISO 4217 (January 2026, Bulgaria in the
euro) with the exponents of the standard, which differ from the digits CLDR shows;
English names are those of CLDR. Added are bitcoin and ether, both kept at 8 decimals:
ether has 18, and a BIGINT would then hold nine of them. ISO gives metals no exponent;
they are kept to a millionth of a troy ounce, less than a cent of gold. ``XTS`` and
``XXX`` name no currency and are left out.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from fintrack.core.errors import InvalidInput

_DATA = Path(__file__).with_name("data") / "iso4217.json"


class CurrencyKind(StrEnum):
    """What stands behind a code."""

    MONEY = "money"
    FUND = "fund"
    UNIT = "unit"
    METAL = "metal"
    CRYPTO = "crypto"


@dataclass(frozen=True, slots=True)
class Currency:
    """One currency; 1 of it is ``10 ** exponent`` minor units.

    ``name`` is English; ``formatting.currency_name`` gives it in other languages.
    """

    code: str
    exponent: int
    name: str
    kind: CurrencyKind


def find_currency(code: str) -> Currency:
    """The currency with this code, in capitals.

    Raises:
        InvalidInput: There is none (field ``currency``).
    """
    found = _by_code().get(code)
    if found is None:
        raise InvalidInput(
            "There is no currency with the code {code}.", field="currency", code=code
        )
    return found


def all_currencies() -> tuple[Currency, ...]:
    """Every currency, in the order of the codes."""
    return tuple(_by_code().values())


@cache
def _by_code() -> dict[str, Currency]:
    rows = json.loads(_DATA.read_text(encoding="utf-8"))
    return {
        row["code"]: Currency(**{**row, "kind": CurrencyKind(row["kind"])})
        for row in rows
    }
