"""The balances of the next days of all accounts together, in one currency."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fintrack.core.actor import LedgerRole
from fintrack.core.currency import find_currency
from fintrack.core.money import Money
from fintrack.services.commands import Work, question
from fintrack.services.dashboard.curves import Point
from fintrack.services.ledger.days import ledger_today
from fintrack.services.rates.dated import DatedRates, read_dated
from fintrack.services.recurring.forecasting import AccountForecast, read_forecasts


@dataclass(frozen=True, slots=True)
class ForecastTotal:
    """All open accounts today and on each of the next 90 days, debts taken off.

    Every day is at the rates of today: nobody knows those to come. ``unconverted`` is
    what no rate brings into that currency, by currency, as of the last day; it is in
    no point. There are no points where nothing comes again, or nothing can be added.
    """

    points: tuple[Point, ...] = ()
    lowest: Point | None = None
    unconverted: tuple[Money, ...] = ()


@question("recurring.forecast_total", ledger=LedgerRole.VIEWER)
async def forecast_total(work: Work, to: str) -> ForecastTotal:
    """The sum of what ``forecast_balances`` tells and of what stays as now, in ``to``.

    Raises:
        InvalidInput: there is no such currency.
    """
    find_currency(to)
    today = await ledger_today(work)
    found = await read_forecasts(work, today)
    if not found:
        return ForecastTotal()
    wanted = {(one.lowest.balance.currency, today) for one in found}
    return add_up(found, await read_dated(work, to, wanted), today)


def add_up(
    found: Sequence[AccountForecast], rates: DatedRates, today: date
) -> ForecastTotal:
    """The sum of forecasts of the same days; each day is rounded once."""
    days = [
        rates.total((money, today) for money in _by_currency(points))
        for points in zip(*(one.points for one in found), strict=True)
    ]
    rest = tuple(one for one in days[-1].unconverted if one.minor)
    currencies = {one.lowest.balance.currency for one in found}
    if not any(rates.is_known(currency, today) for currency in currencies):
        return ForecastTotal(unconverted=rest)
    points = tuple(
        Point(point.on, total.money)
        for point, total in zip(found[0].points, days, strict=True)
    )
    return ForecastTotal(
        points=points,
        lowest=min(points, key=lambda point: point.balance.minor),
        unconverted=rest,
    )


def _by_currency(points: Sequence[Point]) -> list[Money]:
    """One rate is asked for a currency of a day, not for each of its accounts."""
    sums: Counter[str] = Counter()
    for point in points:
        sums[point.balance.currency] += point.balance.minor
    return [Money(minor, currency) for currency, minor in sums.items()]
