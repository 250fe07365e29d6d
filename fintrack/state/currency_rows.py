"""Currencies as rows, in the words of one reader."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from fintrack.core import routes
from fintrack.core.clock import day_in_zone
from fintrack.core.currency import Currency
from fintrack.core.exchange import UnknownRate
from fintrack.core.formatting import (
    country_name,
    currency_name,
    currency_symbol,
)
from fintrack.core.rate_runs import Source
from fintrack.core.rate_text import format_rate, signed_percent, way_of
from fintrack.core.text import message_id
from fintrack.services.rates.currencies import CurrencyRow as Row
from fintrack.services.rates.lookup import Known, RateView
from fintrack.state.amounts import Reader

# All but the bank have names of their own, the same in every language.
SOURCES = {
    Source.EUROPE: message_id("European Central Bank"),
    Source.CURRENCY_FREAKS: "CurrencyFreaks",
    Source.COIN_PAPRIKA: "CoinPaprika",
    Source.CURRENCY_API: "currency-api",
}
# How a rate came about: of two others, or from an earlier day.
IN_FULL = (
    message_id("worked out from two rates"),
    message_id("the last one that is known"),
)
IN_BRIEF = message_id("derived"), message_id("carried forward")
MAX_COUNTRIES = 3
MAX_BADGE = 5
SIZES = {4: "mid", 5: "long"}


class Seen(Protocol):
    """What was seen at an instant (UTC), or set in the ledger for a day."""

    @property
    def seen_at(self) -> datetime | None:
        """When, if somebody needed to."""
        ...

    @property
    def is_own(self) -> bool:
        """Whether it was set; then ``seen_at`` is the begin of that day."""
        ...


@dataclass(frozen=True)
class Badge:
    """A sign or a code as it fits a round badge; ``size`` is empty, mid or long."""

    text: str = ""
    size: str = ""


NO_BADGE = Badge()


@dataclass(frozen=True)
class CurrencyRow:
    """One currency; ``rate`` is what one of it is worth, or the word for unknown.

    ``badge`` is its symbol or code, ``moved`` the change since the day before with its
    ``way`` (up, down or empty), ``note`` how old a rate is and how it came about,
    ``source`` who said it and when.
    """

    code: str
    badge: Badge
    name: str
    detail: str
    rate: str
    moved: str
    way: str
    note: str
    source: str
    href: str
    is_followed: bool
    star: str


def currency_rows(
    rows: Iterable[Row], base: str, followed: Collection[str], reader: Reader
) -> list[CurrencyRow]:
    """The currencies in their order."""
    return [
        _currency_row(row, base, reader, is_followed=row.currency.code in followed)
        for row in rows
    ]


def _currency_row(
    row: Row, base: str, reader: Reader, *, is_followed: bool
) -> CurrencyRow:
    currency, change = row.currency, _change(row)
    return CurrencyRow(
        code=currency.code,
        badge=badge_of(currency, reader.language),
        name=currency_name(currency.code, reader.language),
        detail=_detail(currency, reader),
        rate=_rate(row, base, reader),
        moved="" if change is None else signed_percent(change, reader.language),
        way="" if change is None else way_of(change),
        note=_note(row, reader),
        source=_source(row, reader),
        href=routes.currency(currency.code, **{"in": base}),
        is_followed=is_followed,
        star=_star(currency, reader),
    )


def rate_said(
    rate: RateView | UnknownRate,
    reader: Reader,
    *,
    with_time: bool = False,
    briefly: bool = False,
) -> str:
    """Who said a rate and when, or that nobody did."""
    if isinstance(rate, UnknownRate):
        return reader.say("No rate is known for this day.")
    if rate.known is Known.FIXED:
        return reader.say("Fixed by law")
    if rate.seen_at is None:
        return ""
    parts = [_who_and_when(rate, reader, with_time=with_time)]
    derived, carried = IN_BRIEF if briefly else IN_FULL
    if rate.is_derived:
        parts.append(reader.say(derived))
    if rate.known is Known.CARRIED:
        parts.append(reader.say(carried))
    return " · ".join(parts)


def _who_and_when(rate: RateView, reader: Reader, *, with_time: bool) -> str:
    seen_on = seen_day(rate, reader)
    if rate.seen_at is None or seen_on is None:
        return ""
    if rate.is_own:
        who, day = reader.say("Your own rate"), reader.day(seen_on)
    else:
        who = ", ".join(reader.say(SOURCES[source]) for source in rate.sources)
        day = reader.moment(rate.seen_at) if with_time else reader.day(seen_on)
    return reader.say("{source}, {day}", source=who, day=day)


def seen_day(rate: Seen, reader: Reader) -> date | None:
    """The day on the reader's clock; an own rate was set for a day as such."""
    if rate.seen_at is None:
        return None
    zone = "UTC" if rate.is_own else reader.time_zone
    return day_in_zone(rate.seen_at, zone)


def sign_of(currency: Currency, language: str) -> str:
    """Its symbol, if it has a short one of its own."""
    symbol = currency_symbol(currency.code, language)
    return symbol if symbol != currency.code and len(symbol) <= len("CA$") else ""


def badge_of(currency: Currency, language: str) -> Badge:
    """Its sign, or its code, of which a long one is cut with an ellipsis."""
    text = sign_of(currency, language) or currency.code
    if len(text) > MAX_BADGE:
        text = text[: MAX_BADGE - 1] + "\N{HORIZONTAL ELLIPSIS}"
    return Badge(text, SIZES.get(len(text), ""))


def countries(currency: Currency, reader: Reader, most: int = MAX_COUNTRIES) -> str:
    """Its first countries, and how many more there are."""
    names = [country_name(c, reader.language) for c in currency.territories[:most]]
    more = len(currency.territories) - len(names)
    if more > 0:
        names.append(reader.say("{n} more", n=more))
    return ", ".join(names)


def _detail(currency: Currency, reader: Reader) -> str:
    parts = [currency.code, countries(currency, reader)]
    if currency.until is not None:
        parts.append(reader.say("until {year}", year=currency.until.year))
    if currency.successor:
        parts.append(reader.say("then {code}", code=currency.successor))
    return " · ".join(part for part in parts if part)


def _rate(row: Row, base: str, reader: Reader) -> str:
    if isinstance(row.rate, UnknownRate):
        return reader.say("unknown")
    return f"{format_rate(row.rate.rate.value, reader.language)}\u00a0{base}"


def _star(currency: Currency, reader: Reader) -> str:
    name = currency_name(currency.code, reader.language)
    return reader.say("Follow {name}", name=name)


def _change(row: Row) -> Decimal | None:
    """Since the day before; what is one by law or by itself has none."""
    rate = row.rate
    if isinstance(rate, UnknownRate) or rate.known is Known.FIXED or not rate.seen_on:
        return None
    return row.change


def _note(row: Row, reader: Reader) -> str:
    """How old a carried rate is, and whether nobody said it as such."""
    rate = row.rate
    if isinstance(rate, RateView) and rate.known is Known.FIXED:
        return reader.say("fixed by law")
    seen_on = None if isinstance(rate, UnknownRate) else seen_day(rate, reader)
    if isinstance(rate, UnknownRate) or seen_on is None:
        return ""
    days = (reader.today - seen_on).days if rate.known is Known.CARRIED else 0
    old = reader.count("{n} day old", "{n} days old", days) if days > 0 else ""
    derived = reader.say("derived") if rate.is_derived else ""
    own = reader.say("your own") if rate.is_own else ""
    if row.said and _change(row) is not None:
        own = reader.say("your own, the sources moved")
    return " · ".join(part for part in (old, derived, own) if part)


def _source(row: Row, reader: Reader) -> str:
    """Who said it and when; how it came about the note tells."""
    rate = row.rate
    if isinstance(rate, UnknownRate) or rate.known is Known.FIXED:
        return ""
    return _who_and_when(rate, reader, with_time=True)
