"""A curve of balances as chart points, formatted for one reader."""

from collections.abc import Sequence
from decimal import Decimal

from fintrack.core.currency import find_currency
from fintrack.core.formatting import (
    MINUS,
    compact_unit,
    format_day,
    format_number,
    money_parts,
)
from fintrack.core.formatting import format_money as say_money
from fintrack.core.money import Money
from fintrack.core.text import translate
from fintrack.services.dashboard.curves import Curve, Point
from fintrack.state.amounts import Reader
from fintrack.state.axes import decimals_of, round_values, short_day, spread
from fintrack.state.rows import LineChart

# What a curve may look back on, in days; 0 is all there is.
SPANS = {"1m": 30, "3m": 91, "6m": 182, "1y": 365, "all": 0}


def balance_chart(curve: Curve, reader: Reader) -> LineChart:
    """The points of ``curve`` with labels; nothing where it has none."""
    points = curve.points
    if not points:
        return LineChart()
    language = reader.language
    days = (points[-1].on - points[0].on).days
    labels = [format_day(point.on, language) for point in points]
    places = spread(len(points))
    ticks = round_values([point.balance.decimal for point in points])
    return LineChart(
        x=labels,
        y=[float(point.balance.decimal) for point in points],
        texts=[say_money(point.balance, language) for point in points],
        x_ticks=[labels[place] for place in places],
        x_tick_texts=[short_day(points[place].on, days, language) for place in places],
        y_ticks=[float(tick) for tick in ticks],
        y_tick_texts=[
            _short_money(tick, max(map(abs, ticks)), curve.currency, language)
            for tick in ticks
        ],
        summary=_summary(points, reader),
    )


def _summary(points: Sequence[Point], reader: Reader) -> str:
    return translate(
        "Balance from {first_day} to {last_day}: from {first} to {last}.",
        reader.language,
        first_day=format_day(points[0].on, reader.language),
        last_day=format_day(points[-1].on, reader.language),
        first=say_money(points[0].balance, reader.language),
        last=say_money(points[-1].balance, reader.language),
    )


def _short_money(
    value: Decimal, greatest: Decimal, currency: str, language: str
) -> str:
    """An axis label: thousands and above are cut to their letter, all alike."""
    unit, letter = compact_unit(greatest, language) if value else (Decimal(1), "")
    number = value / unit
    exponent = find_currency(currency).exponent
    decimals = min(decimals_of(number), 2 if letter else exponent)
    text = format_number(number, language, decimals=decimals)
    parts = money_parts(Money(0, currency), language)
    before = parts.symbol + parts.gap if parts.symbol_first else ""
    after = "" if parts.symbol_first else parts.gap + parts.symbol
    sign = text[: len(text) - len(text.lstrip(MINUS))]
    return f"{sign}{before}{text.lstrip(MINUS)}{letter}{after}"
