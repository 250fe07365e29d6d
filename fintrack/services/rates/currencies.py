"""What people ask about currencies: the list, one of them, a conversion."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from fintrack.core.actor import LedgerRole
from fintrack.core.currency import Currency, all_currencies, find_currency
from fintrack.core.errors import InvalidInput, NotFound
from fintrack.core.exchange import UnknownRate, convert
from fintrack.core.fixed_rates import root_of
from fintrack.core.money import Money
from fintrack.services.commands import Work, question
from fintrack.services.rates.lookup import (
    Found,
    Known,
    RateView,
    rates_of,
    said_of,
    speaks_of,
)
from fintrack.services.rates.reader_day import check_day

Sides = tuple[RateView | UnknownRate, ...]
"""A pair on the day before and on the day."""


@dataclass(frozen=True, slots=True)
class CurrencyRow:
    """A currency, what one of it is worth in the base, and how that moved in a day.

    ``change`` is a ratio: 0.01 is one percent more; None where it is unknown. Beside a
    rate that was set in the ledger ``said`` is what sources say, whose change it is
    then; where they say nothing it leads from one own rate to the next.
    """

    currency: Currency
    rate: RateView | UnknownRate
    change: Decimal | None
    said: RateView | None = None


@dataclass(frozen=True, slots=True)
class CurrencyList:
    """All currencies by their codes; ``fresh`` of them have a rate of that very day.

    What a law has fixed to another is counted with that one alone.

    The base in itself is not counted. ``newest`` is the day of the newest rate.
    Where something was set in the ledger, what sources say beside it is counted.
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


@question("currency.list", ledger=LedgerRole.VIEWER)
async def list_currencies(work: Work, base: str, on: date) -> CurrencyList:
    """Every currency of the catalogue with what one of it is worth in the base.

    Raises:
        InvalidInput: there is no such base, or the day is still to come.
    """
    rows = await read_rows(work, [one.code for one in all_currencies()], base, on)
    said = [row.said or row.rate for row in rows]
    days = [
        rate.seen_on
        for rate in said
        if isinstance(rate, RateView)
        and rate.seen_on
        and not rate.is_own
        and not _is_fixed(rate.rate.base, on)
    ]
    fresh = sum(day >= _day_of_rates(work, on) for day in days)
    return CurrencyList(base, on, rows, fresh, max(days, default=None))


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
    await check_day(work, on)
    before = _day_of_rates(work, on) - timedelta(1)
    pairs = [(code, base) for code in codes]
    rates = await rates_of(work, pairs, [before, on])
    said = await _said_beside(work, rates)
    rows = zip(found, rates[on], rates[before], strict=True)
    return tuple(_row(one, now, then, said.get(one.code)) for one, now, then in rows)


@question("currency.latest", ledger=LedgerRole.VIEWER)
async def list_latest(work: Work, base: str, on: date) -> tuple[RateView, ...]:
    """One ``base`` in every currency of which a rate is known on a day, by code.

    Raises:
        InvalidInput: there is no such base, or the day is still to come.
    """
    find_currency(base)
    await check_day(work, on)
    pairs = [(base, one.code) for one in all_currencies() if one.code != base]
    found = (await rates_of(work, pairs, [on]))[on]
    return tuple(view for view in found if isinstance(view, RateView))


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
    (found,) = await convert_to_each(work, money, (to,), on)
    return found


@question("currency.convert_to_each", ledger=LedgerRole.VIEWER)
async def convert_to_each(
    work: Work, money: Money, targets: Sequence[str], on: date
) -> tuple[Conversion, ...]:
    """An amount in each of several currencies, in their order.

    Raises:
        InvalidInput: there is no such currency, or the day is still to come.
    """
    for code in targets:
        find_currency(code)
    await check_day(work, on)
    pairs = [(money.currency, code) for code in targets]
    rates = (await rates_of(work, pairs, [on]))[on]
    return tuple(
        Conversion(
            money,
            None if isinstance(rate, UnknownRate) else convert(money, rate.rate),
            rate,
        )
        for rate in rates
    )


async def _said_beside(work: Work, rates: Found) -> dict[str, Sides]:
    """What sources say of those that were set in the ledger on either day, by base."""
    own = {
        (view.rate.base, view.rate.quote)
        for views in rates.values()
        for view in views
        if isinstance(view, RateView) and view.is_own
    }
    if not own:
        return {}
    pairs = sorted(own)
    said = await said_of(work, pairs, [*rates])
    by_pair = zip(*said.values(), strict=True)
    return {base: both for (base, _), both in zip(pairs, by_pair, strict=True)}


def _row(
    currency: Currency,
    now: RateView | UnknownRate,
    then: RateView | UnknownRate,
    said: Sides | None,
) -> CurrencyRow:
    if said is None:
        return CurrencyRow(currency, now, _change(now, then))
    before, today = said
    if isinstance(today, UnknownRate) or not speaks_of(today.seen_on, today.rate.on):
        return CurrencyRow(currency, now, _change(now, then))
    is_own = isinstance(now, RateView) and now.is_own
    return CurrencyRow(currency, now, _change(today, before), today if is_own else None)


def _change(
    now: RateView | UnknownRate, then: RateView | UnknownRate
) -> Decimal | None:
    """By how much a rate moved in a day.

    What somebody paid at a kiosk against what a bank quotes is no movement.
    """
    if isinstance(now, UnknownRate) or isinstance(then, UnknownRate):
        return None
    if now.known is Known.CARRIED or now.is_own is not then.is_own:
        return None
    has_spoken = then.seen_on is None or speaks_of(then.seen_on, then.rate.on)
    return now.rate.value / then.rate.value - 1 if has_spoken else None


def _is_fixed(code: str, on: date) -> bool:
    return root_of(code, on).code != code


def _day_of_rates(work: Work, on: date) -> date:
    """East of Greenwich it is already tomorrow while the day of UTC goes on."""
    return min(on, work.now.date())
