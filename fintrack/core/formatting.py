"""Amounts, numbers and days as people of a language write them, by CLDR (Babel).

A locale is ``tr``, ``en-GB`` or ``en_GB``; one that CLDR does not know is English.
A minus is U+2212, which is as wide as a plus and never breaks from its number.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, dates, numbers

from fintrack.core.currency import find_currency
from fintrack.core.money import Money
from fintrack.core.text import translate

MINUS = "\u2212"
NO_BREAK_SPACE = "\u00a0"
MAX_SMALL_DECIMALS = 3
# Shorter numbers are written out.
FIRST_COMPACT = 10_000
# CLDR names no power of ten above.
MAX_COMPACT = 14

DayStyle = Literal["short", "medium", "long", "full", "day", "weekday", "month"]
_SKELETONS = {"day": "MMMd", "weekday": "MMMEd", "month": "yMMMM"}
# CLDR's narrow symbols, which Babel does not carry, as far as a sign means one currency
# only; they stand in where a locale would show the code.
_SIGNS = {
    "AMD": "֏",
    "AZN": "₼",
    "BDT": "৳",
    "CRC": "₡",
    "GEL": "₾",
    "GHS": "GH₵",
    "ILS": "₪",
    "INR": "₹",
    "KHR": "៛",
    "KRW": "₩",
    "KZT": "₸",
    "LAK": "₭",
    "MNT": "₮",
    "NGN": "₦",
    "PHP": "₱",
    "PYG": "₲",
    "RUB": "₽",
    "THB": "฿",
    "TRY": "₺",
    "UAH": "₴",
    "VND": "₫",
}


@dataclass(frozen=True, slots=True)
class MoneyParts:
    """An amount cut where a page changes the size of the type.

    ``minor`` is what is set smaller, its decimal separator included; it is empty when
    the currency has no decimals or more than three, which then stand in ``major``.
    ``gap`` stands between symbol and number: empty or a no-break space. The parts in
    the order sign, symbol and gap if first, major, minor, else gap and symbol are
    ``text``.
    """

    text: str
    sign: str
    symbol: str
    symbol_first: bool
    gap: str
    major: str
    minor: str


@dataclass(frozen=True, slots=True)
class _Shape:
    """What all amounts of a currency have in common in a locale."""

    decimals: int
    symbol: str
    symbol_first: bool
    gap: str
    group: str
    point: str


def format_money(money: Money, locale: str, *, plus: bool = False) -> str:
    """``−₺1.284,90``, with every decimal of the currency.

    ``plus`` gives amounts above zero their sign.
    """
    return money_parts(money, locale, plus=plus).text


def money_parts(money: Money, locale: str, *, plus: bool = False) -> MoneyParts:
    """The amount in parts; the sign always comes first."""
    shape = _shape(money.currency, locale)
    whole, rest = divmod(abs(money.minor), 10**shape.decimals)
    major = f"{whole:,}".replace(",", shape.group)
    minor = f"{shape.point}{rest:0{shape.decimals}}" if shape.decimals else ""
    number = major + minor
    if shape.decimals > MAX_SMALL_DECIMALS:
        major, minor = number, ""
    sign = _sign(money.minor, plus=plus)
    symbol, first, gap = shape.symbol, shape.symbol_first, shape.gap
    text = f"{sign}{symbol}{gap}{number}" if first else f"{sign}{number}{gap}{symbol}"
    return MoneyParts(text, sign, symbol, first, gap, major, minor)


def currency_symbol(code: str, locale: str) -> str:
    """The symbol of a currency in a language: €, US$, ₺; its code if it has none."""
    symbol = numbers.get_currency_symbol(code, _locale(locale))
    return _SIGNS.get(code, code) if symbol == code else symbol


def currency_name(code: str, locale: str) -> str:
    """The name of a currency in a language; English where CLDR has none."""
    name: str = _locale(locale).currencies.get(code, find_currency(code).name)
    return name


def counted_currency(code: str, count: int | Decimal, locale: str) -> str:
    """The name of a currency behind a number: 1 euro, 100 euros."""
    known = _locale(locale)
    name: str = numbers.get_currency_name(code, count, known)
    return currency_name(code, locale) if name == code else name


def country_name(code: str, locale: str) -> str:
    """The name of an ISO 3166 territory in a language; its code if CLDR has none."""
    name: str = _locale(locale).territories.get(code, code)
    return name


def format_number(value: Decimal | int, locale: str, *, decimals: int) -> str:
    """A grouped number with exactly ``decimals`` decimals, rounded half to even."""
    number = _decimal(Decimal(value), _locale(locale), decimals)
    return number.replace("-", MINUS)


def format_percent(ratio: Decimal, locale: str, *, decimals: int = 0) -> str:
    """A ratio in percent: 0.8 is 80%, in Turkish %80."""
    known = _locale(locale)
    places = f".{'0' * decimals}" if decimals else ""
    pattern = known.percent_formats[None].pattern.replace("#,##0", f"#,##0{places}")
    return numbers.format_percent(ratio, pattern, known).replace("-", MINUS)


def compact_unit(greatest: Decimal, locale: str) -> tuple[Decimal, str]:
    """What divides numbers up to ``greatest`` to be short, and the letter behind.

    Millions are ``(1000000, "M")``; ``(1, "")`` below ten thousand, and where the
    locale writes the number out.
    """
    if greatest < FIRST_COMPACT:
        return Decimal(1), ""
    forms = _locale(locale).compact_decimal_formats["short"]["other"]
    power = min(greatest.adjusted(), MAX_COMPACT) // 3 * 3
    letter = forms[f"1{'0' * power}"].pattern.lstrip("0").replace("'", "")
    return (Decimal(10) ** power, letter) if letter else (Decimal(1), "")


def decimal_separator(locale: str) -> str:
    """The character before the decimals: a point or a comma."""
    return numbers.get_decimal_symbol(_locale(locale))


@lru_cache(maxsize=4096)
def format_day(day: date, locale: str, style: DayStyle = "medium") -> str:
    """A day, in one of four lengths or with only a part of it.

    ``day`` leaves out the year (Nov 18), ``weekday`` too and names the day of the week
    (Wed, Nov 18), ``month`` leaves out the day (November 2026).
    """
    known = _locale(locale)
    if skeleton := _SKELETONS.get(style):
        text = dates.format_skeleton(skeleton, day, locale=known)
    else:
        text = dates.format_date(day, style, locale=known)
    return text


def format_instant(instant: datetime, zone: str, locale: str) -> str:
    """Day and time as the clocks in ``zone`` show them, with the zone's name."""
    known = _locale(locale)
    local = instant.astimezone(ZoneInfo(zone))
    return (
        f"{dates.format_date(local.date(), 'long', known)}, "
        f"{dates.format_time(local, 'short', None, known)} ({zone})"
    )


def relative_day(day: date, today: date, language: str) -> str:
    """Today, Yesterday, Tomorrow; else the day, with its year if that is another."""
    if day == today:
        text = translate("Today", language)
    elif day == today - timedelta(days=1):
        text = translate("Yesterday", language)
    elif day == today + timedelta(days=1):
        text = translate("Tomorrow", language)
    else:
        text = near_day(day, today, language)
    return text


def near_day(day: date, today: date, language: str) -> str:
    """The day inside a sentence, with its year if that is another."""
    width: DayStyle = "weekday" if day.year == today.year else "medium"
    return format_day(day, language, width)


def month_names(
    locale: str, *, short: bool = False, inside: bool = False
) -> tuple[str, ...]:
    """The twelve months, January first, as they stand alone or ``inside`` a date."""
    width: Literal["abbreviated", "wide"] = "abbreviated" if short else "wide"
    place: Literal["format", "stand-alone"] = "format" if inside else "stand-alone"
    names = dates.get_month_names(width, place, _locale(locale))
    return tuple(names[month] for month in range(1, 13))


def weekday_names(locale: str, *, short: bool = False) -> tuple[str, ...]:
    """The seven days of the week, Monday first, as they stand alone."""
    width: Literal["abbreviated", "wide"] = "abbreviated" if short else "wide"
    names = dates.get_day_names(width, "stand-alone", _locale(locale))
    return tuple(names[day] for day in range(7))


def is_day_first(locale: str) -> bool:
    """Whether the day stands before the month where a date is figures alone."""
    pattern: str = _locale(locale).date_formats["short"].pattern
    return pattern.index("d") < pattern.index("M")


@lru_cache(maxsize=64)
def _locale(locale: str) -> Locale:
    try:
        return Locale.parse(locale.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@lru_cache(maxsize=512)
def _shape(currency: str, locale: str) -> _Shape:
    """Read once: a page has a hundred amounts, and CLDR takes longer than they do."""
    known = _locale(locale)
    symbol = currency_symbol(currency, locale)
    pattern: str = known.currency_formats["standard"].pattern
    first = pattern.startswith("¤")
    return _Shape(
        decimals=find_currency(currency).exponent,
        symbol=symbol,
        symbol_first=first,
        gap=_gap(pattern, symbol[-1 if first else 0]),
        group=numbers.get_group_symbol(known),
        point=numbers.get_decimal_symbol(known),
    )


def _decimal(value: Decimal, locale: Locale, decimals: int) -> str:
    text: str = _pattern(decimals).apply(value, locale)
    return text


@lru_cache(maxsize=64)
def _pattern(decimals: int) -> numbers.NumberPattern:
    """Parsing a pattern takes longer than applying it."""
    places = f".{'0' * decimals}" if decimals else ""
    return numbers.parse_pattern(f"#,##0{places}")


def _sign(minor: int, *, plus: bool) -> str:
    if minor < 0:
        sign = MINUS
    elif minor > 0 and plus:
        sign = "+"
    else:
        sign = ""
    return sign


def _gap(pattern: str, neighbour: str) -> str:
    """A space where the locale has one, or where a letter would touch the number.

    CLDR's currency spacing, which Babel leaves out: CHF 5 but $5.
    """
    spaced = NO_BREAK_SPACE in pattern or neighbour.isalnum() or neighbour == "."
    return NO_BREAK_SPACE if spaced else ""
