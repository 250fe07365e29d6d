"""``/api/v1/net-worth``, and what curves and periods look like."""

from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import Field

from fintrack.api.identity import Caller, SignedIn
from fintrack.api.money import MoneyShown
from fintrack.api.routes import PERSON, Routes
from fintrack.api.shapes import Day, View
from fintrack.core.clock import day_in_zone
from fintrack.core.period import Period, month_of, parse_period
from fintrack.services import database
from fintrack.services.commands import ask
from fintrack.services.dashboard.curves import MAX_POINTS, net_worth_series

routes = Routes()

Points = Annotated[int, Query(ge=2, le=MAX_POINTS)]
PeriodText = Annotated[
    str,
    Query(
        max_length=40,
        description=(
            "2026, 2026-Q4, 2026-11, 2026-11-18 or 2026-11-01..2026-11-18; a month "
            "begins on the day that your settings say"
        ),
    ),
]


class PointShown(View):
    """What was there at the end of a day."""

    on: Day
    balance: MoneyShown


class CurveShown(View):
    """The points of one currency, oldest first."""

    currency: str
    points: list[PointShown]


class LeftOutShown(View):
    """A currency that is not in every point of the curve.

    ``counted_from`` is the day of the first point from which on it is in all of them;
    null where it is not even in the last.
    """

    currency: str
    counted_from: Day | None


class WorthSeriesShown(View):
    """Net worth: all in the base currency, and each currency apart.

    ``unconverted`` are the currencies that lack a rate on a day on which they were
    there; ``together`` is without them then. ``left_out`` says until when: where one
    begins to be counted, the curve jumps and nothing was gained.
    """

    together: CurveShown
    unconverted: list[str]
    left_out: list[LeftOutShown]
    curves: list[CurveShown]


class PeriodShown(View):
    """A span of days; ``last_day`` is inside."""

    text: str
    first_day: Annotated[Day, Field(validation_alias="start")]
    last_day: Day


@routes.declare("GET", "/v1/net-worth", access=PERSON, verb=net_worth_series)
async def get_net_worth(
    caller: SignedIn, period: PeriodText = "", points: Points = MAX_POINTS
) -> WorthSeriesShown:
    """Gives net worth over a period, each point at the rate of its own day."""
    series = await ask(
        caller.actor,
        net_worth_series,
        period=chosen_period(period, caller),
        points=points,
    )
    return WorthSeriesShown.model_validate(series)


def chosen_period(text: str, caller: Caller) -> Period:
    """The period of an address, or the caller's present month.

    Months begin on the day on which the caller's months begin.

    Raises:
        InvalidInput: it is none (field ``period``).
    """
    month_start = caller.view.month_starts_on
    if text:
        return parse_period(text, month_start=month_start)
    return month_of(today_of(caller), month_start=month_start)


def today_of(caller: Caller) -> date:
    """The day it is where the caller lives."""
    return day_in_zone(database.current().clock(), caller.view.time_zone)
