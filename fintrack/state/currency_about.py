"""One currency in words: what it is, where, until when, and its moves."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fintrack.core import routes
from fintrack.core.currency import Currency
from fintrack.core.currency_kinds import KIND_WORDS
from fintrack.core.formatting import (
    currency_name,
    format_day,
    format_number,
    format_percent,
)
from fintrack.core.rate_text import (
    format_move,
    format_rate,
    signed_percent,
    way_of,
)
from fintrack.core.text import message_id
from fintrack.services.rates.course import Course
from fintrack.services.rates.lookup import Known, RateView
from fintrack.services.rates.pairs import Move, PairView
from fintrack.state.amounts import Reader
from fintrack.state.currency_rows import countries

MOVES = (
    ("1D", message_id("Day")),
    ("1W", message_id("Week")),
    ("1M", message_id("Month")),
    ("1Y", message_id("Year")),
)
MAX_COUNTRIES = 12


@dataclass(frozen=True)
class MoveRow:
    """How far a rate moved: percent, value below it; ``way`` is up, down or empty."""

    name: str = ""
    percent: str = ""
    value: str = ""
    way: str = ""


NO_MOVE = MoveRow()


@dataclass(frozen=True)
class AboutRow:
    """One fact; with ``href`` its value is a link."""

    name: str
    value: str
    href: str = ""


@dataclass(frozen=True)
class RangeBar:
    """Where the rate stands between the lowest and highest of the period.

    ``mark`` is a CSS length; ``words`` say the same.
    """

    low: str = ""
    high: str = ""
    mark: str = ""
    words: str = ""


@dataclass(frozen=True)
class ComparedRow:
    """A currency beside the others; ``leave`` says how it goes, if it may."""

    code: str
    name: str
    leave: str


def compared_row(code: str, reader: Reader, *, may_leave: bool) -> ComparedRow:
    """One of those that are compared."""
    name = currency_name(code, reader.language)
    leave = reader.say("Remove {name}", name=name) if may_leave else ""
    return ComparedRow(code, name, leave)


def kind_word(currency: Currency, reader: Reader) -> str:
    """Money, Historic money, Metal, Cryptocurrency."""
    if currency.is_historic:
        return reader.say("Historic money")
    return reader.say(KIND_WORDS[currency.kind])


def ending(currency: Currency, reader: Reader) -> str:
    """Until when it was money, and what came then; empty for what is in use."""
    if currency.until is None:
        return ""
    year = currency.until.year
    if not currency.successor:
        return reader.say("Money until {year}.", year=year)
    name = currency_name(currency.successor, reader.language)
    return reader.say("Money until {year}, then {name}.", year=year, name=name)


def about_rows(
    currency: Currency, known_since: date | None, reader: Reader
) -> list[AboutRow]:
    """What is known of it; what is not known has no row."""
    language, successor = reader.language, currency.successor
    smallest = Decimal(1).scaleb(-currency.exponent)
    unit = format_number(smallest, language, decimals=currency.exponent)
    rows = (
        (message_id("Code"), currency.code),
        (message_id("Kind"), kind_word(currency, reader)),
        (message_id("Smallest unit"), f"{unit}\u00a0{currency.code}"),
        (message_id("Since"), _day(currency.since, language)),
        (message_id("Until"), _day(currency.until, language)),
        (
            message_id("Replaced by"),
            currency_name(successor, language) if successor else "",
            routes.currency(successor),
        ),
        (message_id("Countries"), countries(currency, reader, MAX_COUNTRIES)),
        (message_id("Rates known since"), _day(known_since, language)),
    )
    return [AboutRow(reader.say(name), *value) for name, *value in rows if value[0]]


def is_fixed(view: PairView) -> bool:
    """Whether a law holds the rate, so that it does not move."""
    return isinstance(view.rate, RateView) and view.rate.known is Known.FIXED


def move_rows(view: PairView, reader: Reader) -> list[MoveRow]:
    """Day, week, month and year; what is unknown says so, what is fixed has none."""
    if is_fixed(view):
        return []
    found = {move.span: move for move in view.moves}
    return [
        move_row(found.get(span), reader, name=reader.say(name)) for span, name in MOVES
    ]


def move_row(move: Move | None, reader: Reader, *, name: str = "") -> MoveRow:
    """One move in words."""
    if move is None or move.start is None or move.end is None:
        return MoveRow(name, "\u2013", reader.say("unknown"))
    ratio = move.end / move.start - 1
    return MoveRow(
        name,
        signed_percent(ratio, reader.language),
        format_move(move.end - move.start, move.end, reader.language),
        way_of(ratio),
    )


def range_bar(course: Course, reader: Reader) -> RangeBar:
    """The place of the last rate of a course; nothing where it never moved."""
    low, high = course.low, course.high
    if low is None or high is None or low == high:
        return RangeBar()
    share = (course.points[-1].rate.value - low) / (high - low)
    return RangeBar(
        low=format_rate(low, reader.language),
        high=format_rate(high, reader.language),
        mark=f"{round(share * 100)}%",
        words=reader.say(
            "The last rate is {percent} of the way from the lowest to the highest.",
            percent=format_percent(share, reader.language),
        ),
    )


def _day(day: date | None, language: str) -> str:
    return format_day(day, language, "long") if day else ""
