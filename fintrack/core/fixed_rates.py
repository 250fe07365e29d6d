"""Rates that a law fixed for ever: national money in euros, old money in new.

``data/fixed_rates.csv`` names the law of each. From its day on 1 ``successor`` is
``factor`` of the old money, whatever a market still says; before it the market speaks.
"""

import csv
from collections.abc import Iterable
from datetime import date
from decimal import Context, Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

_DATA = Path(__file__).with_name("data") / "fixed_rates.csv"
_CONTEXT = Context(prec=28)


class Fixed(NamedTuple):
    """From ``since`` on 1 ``successor`` is ``factor`` of ``code``."""

    code: str
    successor: str
    factor: Decimal
    since: date


class Root(NamedTuple):
    """1 ``code`` is ``factor`` of the currency that was asked for."""

    code: str
    factor: Decimal


def root_of(code: str, on: date) -> Root:
    """What a currency is fixed to on a day, at the end of all steps: BGL, BGN, EUR.

    What is not fixed is its own root.
    """
    root, known = Root(code, Decimal(1)), fixed_rates()
    while (found := known.get(root.code)) and found.since <= on:
        factor = _CONTEXT.multiply(root.factor, found.factor)
        root = Root(found.successor, factor)
    return root


def fixed_rate(base: str, quote: str, on: date) -> Decimal | None:
    """1 ``base`` in ``quote`` by law, to 28 digits; None where a market says it."""
    known = fixed_rates()
    if base not in known and quote not in known:
        return None
    over, of = root_of(base, on), root_of(quote, on)
    if over.code != of.code:
        return None
    return _CONTEXT.divide(of.factor, over.factor)


def in_fixed(value: Decimal, factor: Decimal) -> Decimal:
    """What buys ``value`` of a root, in the money that is fixed to it."""
    return _CONTEXT.multiply(value, factor)


def with_successors(codes: Iterable[str]) -> set[str]:
    """The codes, and all that they may be fixed to."""
    known, found, rest = fixed_rates(), {*codes}, {*codes}
    while rest := {known[code].successor for code in rest & known.keys()}:
        found |= rest
    return found


@cache
def fixed_rates() -> dict[str, Fixed]:
    """All of them, by the code of the old money."""
    with _DATA.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {
            code: Fixed(code, successor, Decimal(factor), date.fromisoformat(since))
            for code, successor, factor, since, _ in rows
        }
