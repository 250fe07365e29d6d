"""What comes in two weeks and what it leads to, for the dashboard."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from fintrack.core import routes
from fintrack.core.text import translate_plural
from fintrack.services.commands import Snapshot
from fintrack.services.recurring.coming import COMING, Calendar, Coming, show_calendar
from fintrack.services.recurring.forecasting import AccountForecast, forecast_balances
from fintrack.state.amounts import Reader
from fintrack.state.place_rows import PlaceRow
from fintrack.state.recurring_month import dry_words
from fintrack.state.recurring_rows import glyph_of, moved
from fintrack.state.rows import NeedRow

DAYS: Final = 14
MOST: Final = 6
MOST_WARNINGS: Final = 3


async def read_upcoming(
    books: Snapshot, reader: Reader
) -> tuple[list[PlaceRow], list[NeedRow]]:
    """The next dates, and what somebody should see to."""
    end = reader.today + timedelta(days=DAYS + 1)
    calendar = await books.ask(show_calendar, start=reader.today, end=end)
    forecasts = await books.ask(forecast_balances)
    coming = [one for one in calendar.dates if one.outcome == COMING]
    rows = [_row(one, reader) for one in coming[:MOST]]
    return rows, [*_waiting(calendar, reader), *_dry(forecasts, reader)]


def _row(one: Coming, reader: Reader) -> PlaceRow:
    return PlaceRow(
        name=one.name,
        detail=f"{reader.day(one.due_on)} · {one.account_name}",
        amount=moved(one.amount, one.other_kind, reader),
        href=routes.RECURRING,
        glyph=glyph_of(one.amount, one.other_kind),
    )


def _waiting(calendar: Calendar, reader: Reader) -> list[NeedRow]:
    n = len(calendar.waiting)
    text = translate_plural(
        "{n} recurring date waits for your yes.",
        "{n} recurring dates wait for your yes.",
        n,
        reader.language,
    )
    late = sum(bool(one.locks) for one in calendar.waiting)
    if late:
        text += " " + translate_plural(
            "{n} falls into a reconciled period.",
            "{n} fall into a reconciled period.",
            late,
            reader.language,
        )
    return [NeedRow(text, routes.RECURRING, "repeat")] if n else []


def _dry(forecasts: Iterable[AccountForecast], reader: Reader) -> list[NeedRow]:
    dry = sorted(
        (one for one in forecasts if one.dry_on is not None),
        key=lambda one: (one.dry_on, one.name),
    )
    return [
        NeedRow(dry_words(one, reader), routes.RECURRING, "bank")
        for one in dry[:MOST_WARNINGS]
    ]
