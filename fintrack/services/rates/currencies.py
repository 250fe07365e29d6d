"""What people ask about currencies: the list, a conversion, the course of a pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from decimal import Decimal

from sqlalchemy import text

from fintrack.core.actor import LedgerRole
from fintrack.core.currency import Currency, all_currencies, find_currency
from fintrack.core.errors import InvalidInput, NotFound
from fintrack.core.exchange import UnknownRate, convert
from fintrack.core.money import Money
from fintrack.core.period import Period
from fintrack.services.commands import Work, question
from fintrack.services.rates.lookup import (
    Legs,
    RateView,
    between,
    find_rate,
    legs_on,
)

MAX_DAYS = 366 * 100

_FIRST = text("SELECT min(valid_from) FROM rate_run WHERE code = ANY(:codes)")


@dataclass(frozen=True, slots=True)
class CurrencyRow:
    """A currency, what one of it is worth in the base, and how that moved in a day.

    ``change`` is a ratio: 0.01 is one percent more; None where it is unknown.
    """

    currency: Currency
    rate: RateView | UnknownRate
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class CurrencyList:
    """All currencies by their codes; ``fresh`` of them have a rate of that very day.

    The base in itself is not counted. ``newest`` is the day of the newest rate.
    """

    base: str
    on: date
    rows: tuple[CurrencyRow, ...]
    fresh: int
    newest: date | None


@dataclass(frozen=True, slots=True)
class Conversion:
    """An amount in another currency; ``result`` is None where no rate is known."""

    money: Money
    result: Money | None
    rate: RateView | UnknownRate


@dataclass(frozen=True, slots=True)
class Course:
    """One of ``base`` in ``quote`` for each day of a period on which it is known."""

    base: str
    quote: str
    points: tuple[RateView, ...]

    @property
    def low(self) -> Decimal | None:
        """The least value."""
        return min((point.rate.value for point in self.points), default=None)

    @property
    def high(self) -> Decimal | None:
        """The greatest value."""
        return max((point.rate.value for point in self.points), default=None)

    @property
    def average(self) -> Decimal | None:
        """The mean of the days, each of which counts as one."""
        values = [point.rate.value for point in self.points]
        return sum(values, Decimal(0)) / len(values) if values else None


@question("currency.list", ledger=LedgerRole.VIEWER)
async def list_currencies(work: Work, base: str, on: date) -> CurrencyList:
    """Every currency of the catalogue with what one of it is worth in the base.

    Raises:
        InvalidInput: there is no such base, or the day is still to come.
    """
    rows = await read_rows(work, [one.code for one in all_currencies()], base, on)
    days = [_seen_on(row.rate) for row in rows]
    newest = max((day for day in days if day is not None), default=None)
    return CurrencyList(base, on, rows, days.count(on), newest)


@question("currency.rows", ledger=LedgerRole.VIEWER)
async def read_rows(
    work: Work, codes: Sequence[str], base: str, on: date
) -> tuple[CurrencyRow, ...]:
    """Some currencies in the given order, with what one of each is worth in the base.

    Raises:
        InvalidInput: there is no such currency or base, or the day is still to come.
    """
    found = [find_currency(code) for code in codes]
    find_currency(base)
    _check_day(work, on)
    before = on - timedelta(1)
    legs = await legs_on(work, [base, *codes], [before, on])
    return tuple(_row(one, base, before, on, legs) for one in found)


@question("currency.latest", ledger=LedgerRole.VIEWER)
async def list_latest(work: Work, base: str, on: date) -> tuple[RateView, ...]:
    """One ``base`` in every currency of which a rate is known on a day, by code.

    Raises:
        InvalidInput: there is no such base, or the day is still to come.
    """
    find_currency(base)
    _check_day(work, on)
    codes = [one.code for one in all_currencies()]
    legs = (await legs_on(work, [base, *codes], [on]))[on]
    views = (between(legs, base, code, on) for code in codes if code != base)
    return tuple(view for view in views if isinstance(view, RateView))


@question("currency.find", ledger=LedgerRole.VIEWER)
async def find_row(work: Work, code: str, base: str, on: date) -> CurrencyRow:
    """One currency with what one of it is worth in the base.

    Raises:
        InvalidInput: there is no such base, or the day is still to come.
        NotFound: there is no such currency.
    """
    try:
        find_currency(code)
    except InvalidInput:
        raise NotFound from None
    (row,) = await read_rows(work, [code], base, on)
    return row


@question("currency.convert", ledger=LedgerRole.VIEWER)
async def convert_money(work: Work, money: Money, to: str, on: date) -> Conversion:
    """An amount in another currency, at the rate of a day.

    Raises:
        InvalidInput: there is no such currency, or the day is still to come.
    """
    find_currency(to)
    _check_day(work, on)
    found = await find_rate(work, money.currency, to, on)
    known = None if isinstance(found, UnknownRate) else convert(money, found.rate)
    return Conversion(money, known, found)


@question("currency.history", ledger=LedgerRole.VIEWER)
async def read_course(work: Work, base: str, quote: str, period: Period) -> Course:
    """The rate of a pair at the end of each day; days before the first are left out.

    Raises:
        InvalidInput: there is no such currency, or the period is longer than a century.
    """
    pair = (find_currency(base).code, find_currency(quote).code)
    if period.days > MAX_DAYS:
        raise InvalidInput("A period has a hundred years at most.", field="period")
    first = await work.session.scalar(_FIRST, {"codes": [*pair]})
    start = max(period.start, first.date() if first else period.end)
    stop = min(period.end, work.now.date() + timedelta(1))
    days = [start + timedelta(n) for n in range((stop - start).days)]
    legs = await legs_on(work, pair, days)
    found = (between(legs[day], *pair, day) for day in days)
    return Course(*pair, tuple(view for view in found if isinstance(view, RateView)))


def _row(
    currency: Currency, base: str, before: date, on: date, legs: dict[date, Legs]
) -> CurrencyRow:
    rate = between(legs[on], currency.code, base, on)
    earlier = between(legs[before], currency.code, base, before)
    change = None
    if isinstance(rate, RateView) and isinstance(earlier, RateView):
        change = rate.rate.value / earlier.rate.value - 1
    return CurrencyRow(currency, rate, change)


def _seen_on(rate: RateView | UnknownRate) -> date | None:
    """The day on which a source said so, at most the one that was asked for."""
    if isinstance(rate, UnknownRate) or rate.seen_at is None:
        return None
    return rate.seen_at.astimezone(UTC).date()


def _check_day(work: Work, on: date) -> None:
    # Somewhere it is already tomorrow.
    if on > work.now.date() + timedelta(1):
        raise InvalidInput("There are no rates of a day to come.", field="on")
