"""Currencies as data: the money of today and of yesterday, metals and crypto.

``data/currencies.csv`` says where it is from in the README beside it. The active codes
are those of ISO 4217 (January 2026, Bulgaria in the euro) with the exponents of the
standard, which differ from the digits CLDR shows. Codes that ended are those of CLDR.
No exponent is above 8: ether has 18 decimals, and a BIGINT would then hold nine of
them. Coins worth less than a cent have fewer, as people hold them by the billion: one
amount of any coin may be worth 100,000 US dollars (``core/money.py`` bounds it). ISO
gives metals no exponent; they are kept to a millionth of a troy ounce, less than a cent
of gold. ``XTS`` and ``XXX`` name no currency and are left out.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from fintrack.core.errors import InvalidInput

_DATA = Path(__file__).with_name("data") / "currencies.csv"
_EVERYDAY_CRYPTO = frozenset({"BTC", "ETH"})
# The genesis block of bitcoin: no coin is older.
_FIRST_COIN = date(2009, 1, 3)
# Nobody knows the very day; the euro and the WIR cooperative are not older.
_NOT_BEFORE = {"CHE": date(1999, 1, 1), "CHW": date(1934, 10, 16)}


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

    ``name`` is English; ``formatting.currency_name`` gives it in other languages, and
    ``formatting.currency_symbol`` its symbol. ``since`` and ``until`` are its first and
    last day as legal tender where it is at home, as far as CLDR knows them; only what
    is historic has an ``until``. ``successor`` is the code that replaced it, which may
    be historic too, or empty. ``territories`` are ISO 3166 codes of two letters, its
    home first: where it is tender, or was if it is historic. Crypto has neither.
    """

    code: str
    exponent: int
    name: str
    kind: CurrencyKind
    since: date | None = None
    until: date | None = None
    successor: str = ""
    territories: tuple[str, ...] = ()

    @property
    def first_on(self) -> date | None:
        """A day before which there surely was none of it, as far as one is known."""
        if self.kind is CurrencyKind.CRYPTO:
            return _FIRST_COIN
        return self.since or _NOT_BEFORE.get(self.code)

    @property
    def is_historic(self) -> bool:
        """Whether it has been replaced: DEM and TRL, but not the dollar."""
        return self.until is not None

    @property
    def is_everyday(self) -> bool:
        """Whether it is an active code of ISO 4217, bitcoin or ether."""
        known = self.kind is not CurrencyKind.CRYPTO or self.code in _EVERYDAY_CRYPTO
        return known and not self.is_historic


def find_currency(code: str, *, field: str = "currency") -> Currency:
    """The currency with this code, in capitals; historic ones and crypto are found.

    Raises:
        InvalidInput: There is none (under ``field``).
    """
    found = _by_code().get(code)
    if found is None:
        raise InvalidInput(
            "There is no currency with the code {code}.", field=field, code=code
        )
    return found


def find_current(code: str, *, field: str = "currency") -> Currency:
    """The currency with this code, for an account or whole books to be kept in.

    Raises:
        InvalidInput: There is none, or it is historic (under ``field``).
    """
    found = find_currency(code, field=field)
    if found.is_historic:
        raise InvalidInput("Books cannot be kept in {code}.", field=field, code=code)
    return found


def check_existed(codes: Iterable[str], on: date, *, field: str) -> None:
    """Whether all of these were there on a day; the youngest of them is named.

    Raises:
        InvalidInput: one did not exist yet (under ``field``), or there is no such code.
    """
    known = ((one.first_on, one.code) for one in map(find_currency, codes))
    first, code = max(((day, code) for day, code in known if day), default=(on, ""))
    if on < first:
        raise InvalidInput(
            "{code} did not exist before {day}.", field=field, code=code, day=first
        )


def all_currencies() -> tuple[Currency, ...]:
    """The whole catalogue, in the order of the codes."""
    return tuple(_by_code().values())


@cache
def everyday_currencies() -> tuple[Currency, ...]:
    """The active codes of ISO 4217, bitcoin and ether, in the order of the codes.

    A column of a statement that has no name is told by these, as ``SHOP``, ``ATM`` or
    ``CASH`` in it are seldom coins.
    """
    return tuple(one for one in _by_code().values() if one.is_everyday)


@cache
def _by_code() -> dict[str, Currency]:
    with _DATA.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {row[0]: _read(row) for row in rows}


def _read(row: list[str]) -> Currency:
    code, exponent, kind, name, since, until, successor, territories = row
    return Currency(
        code,
        int(exponent),
        name,
        CurrencyKind(kind),
        date.fromisoformat(since) if since else None,
        date.fromisoformat(until) if until else None,
        successor,
        tuple(territories.split()),
    )
