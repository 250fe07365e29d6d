"""The month as a grid of weeks, and the curve of the next ninety days."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from fintrack.core.formatting import format_day, format_money, weekday_names
from fintrack.core.period import Period, week_of
from fintrack.core.text import message_id
from fintrack.services.dashboard.curves import Curve
from fintrack.services.recurring.coming import Coming
from fintrack.services.recurring.forecasting import AccountForecast
from fintrack.services.recurring.totalling import ForecastTotal
from fintrack.state.amounts import Reader
from fintrack.state.choices import Choice
from fintrack.state.curves import balance_chart
from fintrack.state.recurring_rows import date_amount
from fintrack.state.rows import Amount, LineChart, isolated

TOGETHER = "together"
OUTCOMES = {
    "coming": "",
    "proposed": message_id("waits"),
    "booked": message_id("booked"),
    "skipped": message_id("skipped"),
}
VOID = message_id("booked, void")


@dataclass(frozen=True)
class DateRow:
    """One date in its day; ``outcome`` is a word for the style, ``said`` for people."""

    item_id: str
    rule_on: str
    due_on: str
    name: str
    amount: Amount
    outcome: str
    said: str


@dataclass(frozen=True)
class DayCell:
    """One day of the grid; ``label`` is the whole day, for ears and for phones."""

    on: str
    number: str
    label: str
    is_today: bool = False
    is_outside: bool = False
    dates: list[DateRow] = field(default_factory=list)


def grid_of(month: Period, reader: Reader) -> Period:
    """The whole weeks that a month touches."""
    first = week_of(month.start, week_start=reader.week_start)
    last = week_of(month.last_day, week_start=reader.week_start)
    return Period(first.start, last.end)


def day_cells(month: Period, dates: Iterable[Coming], reader: Reader) -> list[DayCell]:
    """Each day of the grid with its dates, in order."""
    grid = grid_of(month, reader)
    by_day: dict[date, list[DateRow]] = defaultdict(list)
    for one in dates:
        by_day[one.due_on].append(_date_row(one, reader))
    days = (grid.start + timedelta(days=n) for n in range(grid.days))
    return [
        DayCell(
            on=day.isoformat(),
            number=str(day.day),
            label=format_day(day, reader.language, "weekday"),
            is_today=day == reader.today,
            is_outside=not month.start <= day < month.end,
            dates=by_day[day],
        )
        for day in days
    ]


def week_heads(reader: Reader) -> list[str]:
    """The days of the week as the reader's weeks begin, short."""
    names = weekday_names(reader.language, short=True)
    return [*names[reader.week_start :], *names[: reader.week_start]]


def forecast_choices(
    found: Sequence[AccountForecast], total: ForecastTotal, reader: Reader
) -> list[Choice]:
    """The accounts that have a forecast, those that run dry first, and all together."""
    ordered = sorted(found, key=lambda one: (one.dry_on is None, one.kind))
    choices = [Choice(str(one.account_id), one.name) for one in ordered]
    if choices and total.points:
        name = reader.say(
            message_id("All accounts, in {currency}"),
            currency=reader.base_currency,
        )
        choices.append(Choice(TOGETHER, name))
    return choices


def forecast_chart(one: AccountForecast | ForecastTotal, reader: Reader) -> LineChart:
    """The balance of each day; empty where there is none."""
    if one.lowest is None:
        return LineChart()
    currency = one.lowest.balance.currency
    return balance_chart(Curve(currency, one.points), reader)


def lowest_words(one: AccountForecast | ForecastTotal, reader: Reader) -> str:
    """The lowest balance and its day; of several currencies also at which rates."""
    if one.lowest is None:
        return ""
    said = reader.say(
        message_id("Lowest: {balance} on {day}."),
        balance=isolated(format_money(one.lowest.balance, reader.language)),
        day=reader.on_day(one.lowest.on),
    )
    if isinstance(one, AccountForecast):
        return said
    return f"{said} {reader.say(message_id('Each day at the rates of today.'))}"


def dry_words(one: AccountForecast, reader: Reader) -> str:
    """The warning before an account runs dry; empty where it does not.

    How low it stands on that day, and the lowest balance where that comes later.
    """
    dry = next((point for point in one.points if point.on == one.dry_on), None)
    if dry is None:
        return ""
    said = reader.say(
        message_id("{account} falls below zero on {day}: down to {balance}."),
        account=one.name,
        day=reader.on_day(dry.on),
        balance=isolated(format_money(dry.balance, reader.language)),
    )
    return said if one.lowest == dry else f"{said} {lowest_words(one, reader)}"


def _date_row(one: Coming, reader: Reader) -> DateRow:
    return DateRow(
        item_id=str(one.item_id),
        rule_on=one.rule_on.isoformat(),
        due_on=one.due_on.isoformat(),
        name=one.name,
        amount=date_amount(one, reader),
        outcome="skipped" if one.is_void else one.outcome,
        said=reader.say(VOID if one.is_void else OUTCOMES[one.outcome]),
    )
