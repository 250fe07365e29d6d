"""``/api/v1/currencies``: the catalogue, rates with their sources, and conversions."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import Field, model_validator

from fintrack.api.curves import today_of
from fintrack.api.identity import SignedIn
from fintrack.api.money import AmountText, AnyCase, MoneyShown
from fintrack.api.routes import PERSON, Routes
from fintrack.api.shapes import Day, PlainNumber, View
from fintrack.core.amount_text import parse_plain
from fintrack.core.currency import find_currency
from fintrack.core.money import Money
from fintrack.core.rate_spans import hours_of, span_of
from fintrack.services.commands import ask
from fintrack.services.rates.course import compare_courses, read_course
from fintrack.services.rates.currencies import (
    convert_money,
    find_row,
    list_currencies,
    list_latest,
)
from fintrack.services.rates.lookup import Known, RateView
from fintrack.services.rates.pairs import read_pair

PLACE = "/v1/currencies"
MAX_COMPARED = 4
routes = Routes()

SpanName = Annotated[
    str, Query(max_length=4, description="1D, 1W, 1M, 3M, YTD, 1Y, 5Y or MAX")
]
CodeInPath = Annotated[AnyCase, Path()]
OnDay = Annotated[Day | None, Query(description="Today where you live, unless said")]
Base = Annotated[AnyCase | None, Query(description="Your own, unless said")]


class RateShown(View):
    """1 ``base`` in ``quote`` on a day: ``value`` is null where nobody knows it.

    ``known`` is direct, derived from two rates, carried forward from before, or fixed
    by a law for ever, which no source says;
    ``derived`` holds for a carried one too, ``own`` for one that was set in the books.
    ``sources`` and ``seen_at`` say who said it and when it was last seen so.
    """

    base: str
    quote: str
    on: Day
    value: PlainNumber | None = None
    known: Literal["direct", "derived", "carried", "fixed", "unknown"] = "unknown"
    derived: bool = False
    own: bool = False
    sources: list[str] = Field(default_factory=list)
    seen_at: datetime | None = None

    @model_validator(mode="before")
    @classmethod
    def _of_view(cls, value: Any) -> Any:  # noqa: ANN401 - whatever is validated
        if not isinstance(value, RateView):
            return value
        rate = value.rate
        return {
            "base": rate.base,
            "quote": rate.quote,
            "on": rate.on,
            "value": rate.value,
            "known": Known(value.known).value,
            "derived": value.is_derived,
            "own": value.is_own,
            "sources": [source.value for source in value.sources],
            "seen_at": value.seen_at,
            "at": value.at,
        }


class CurrencyShown(View):
    """A currency of the catalogue."""

    code: str
    name: str
    kind: str
    exponent: int


class CurrencyRowShown(View):
    """A currency with its rate; ``change`` is a ratio to the day before, or null.

    It is null where the rate is carried forward: nobody knows how it moved that day.
    How it moved last, and up to when, the pair says (``/{base}/to/{quote}``). Beside an
    own rate it is the change of ``said``, what the sources say; where that is null, it
    leads from one own rate to the next.
    """

    currency: CurrencyShown
    rate: RateShown
    change: PlainNumber | None
    said: RateShown | None


class CurrencyListShown(View):
    """The catalogue in one base; ``fresh`` of its currencies have a rate of the day."""

    base: str
    on: Day
    fresh: int
    newest: Day | None
    items: Annotated[list[CurrencyRowShown], Field(validation_alias="rows")]


class LatestShown(View):
    """What one of the base buys, as far as it is known."""

    base: str
    on: Day
    items: list[RateShown]


class ConversionShown(View):
    """An amount in another currency; null where no rate is known."""

    money: MoneyShown
    result: MoneyShown | None
    rate: RateShown


class PointShown(RateShown):
    """The rate of a day, or with ``at`` of that instant (UTC) of your day."""

    at: datetime | None = None


class CourseShown(View):
    """The rate at the end of each day of a period on which it is known.

    Of 1D and 1W one point for each hour, where a source says more than one a day. Of
    many years every ``step``-th day, with those of the lowest and the highest; low,
    high and average are of all days.
    """

    base: str
    quote: str
    low: PlainNumber | None
    high: PlainNumber | None
    average: PlainNumber | None
    step: int
    items: Annotated[list[PointShown], Field(validation_alias="points")]


class MoveShown(View):
    """How far a rate moved in a span up to the day ``until``; null if unknown.

    ``ratio`` is a part of what it was: 0.01 is one percent more.
    """

    span: str
    since: Day
    value: PlainNumber | None
    ratio: PlainNumber | None


class PairShown(View):
    """A pair: its rate, since when it is known, and how far it moved.

    The moves lead up to ``until``, the day on which the rate was last seen.
    Of an own rate the moves are those of ``said``, what the sources say; where that is
    null they lead from one own rate to the next.
    """

    rate: RateShown
    said: RateShown | None
    known_since: Day | None
    until: Day | None
    moves: list[MoveShown]


class ComparedShown(CourseShown):
    """One beside others: from ``since`` to ``until`` it is known in the period.

    Low, high and average are of all days on which all of them are known.
    """

    since: Day | None
    until: Day | None


class ComparisonShown(View):
    """Several currencies on the same days, from the first that all have in common."""

    items: list[ComparedShown]


@routes.declare("GET", PLACE, access=PERSON, verb=list_currencies)
async def get_currencies(
    caller: SignedIn, base: Base = None, on: OnDay = None
) -> CurrencyListShown:
    """Lists every currency with what one of it is worth in the base."""
    asked = (base or caller.view.base_currency, on or today_of(caller))
    found = await ask(caller.actor, list_currencies, *asked)
    return CurrencyListShown.model_validate(found)


@routes.declare("GET", PLACE + "/convert", access=PERSON, verb=convert_money)
async def get_conversion(
    caller: SignedIn,
    source: Annotated[AnyCase, Query(alias="from")],
    to: Annotated[AnyCase, Query()],
    amount: Annotated[AmountText, Query()],
    on: OnDay = None,
) -> ConversionShown:
    """Converts an amount at the rate of a day."""
    find_currency(source, field="from")
    find_currency(to, field="to")
    money = Money.from_decimal(parse_plain(amount), source)
    found = await ask(caller.actor, convert_money, money, to, on or today_of(caller))
    return ConversionShown.model_validate(found)


@routes.declare("GET", PLACE + "/compare", access=PERSON, verb=compare_courses)
async def get_comparison(
    caller: SignedIn,
    codes: Annotated[list[AnyCase], Query(min_length=1, max_length=MAX_COMPARED)],
    base: Base = None,
    period: SpanName = "1M",
) -> ComparisonShown:
    """Gives what one of each currency was worth in the base, day by day."""
    span = span_of(period, today_of(caller))
    quote = base or caller.view.base_currency
    found = await ask(caller.actor, compare_courses, tuple(codes), quote, span)
    return ComparisonShown(items=[ComparedShown.model_validate(one) for one in found])


@routes.declare("GET", PLACE + "/latest/{base}", access=PERSON, verb=list_latest)
async def get_latest(
    base: CodeInPath, caller: SignedIn, on: OnDay = None
) -> LatestShown:
    """Lists what one of the base buys in each currency with a known rate."""
    day: date = on or today_of(caller)
    found = await ask(caller.actor, list_latest, base, day)
    items = [RateShown.model_validate(view) for view in found]
    return LatestShown(base=base, on=day, items=items)


@routes.declare("GET", PLACE + "/{code}", access=PERSON, verb=find_row)
async def get_currency(
    code: CodeInPath, caller: SignedIn, base: Base = None, on: OnDay = None
) -> CurrencyRowShown:
    """Gives one currency and what one of it is worth in the base."""
    find_currency(code)
    asked = (code, base or caller.view.base_currency, on or today_of(caller))
    return CurrencyRowShown.model_validate(await ask(caller.actor, find_row, *asked))


@routes.declare("GET", PLACE + "/{base}/to/{quote}", access=PERSON, verb=read_pair)
async def get_pair(
    base: CodeInPath, quote: CodeInPath, caller: SignedIn, on: OnDay = None
) -> PairShown:
    """Gives the rate of a pair, and how far it moved over each span of a chart."""
    day: date = on or today_of(caller)
    return PairShown.model_validate(
        await ask(caller.actor, read_pair, base, quote, day)
    )


@routes.declare(
    "GET", PLACE + "/{base}/history/{quote}", access=PERSON, verb=read_course
)
async def get_history(
    base: CodeInPath,
    quote: CodeInPath,
    caller: SignedIn,
    period: SpanName = "1M",
    on: OnDay = None,
) -> CourseShown:
    """Gives the rate of a pair day by day, of a short period hour by hour.

    The period ends on a day, today if none is given. Days of which nobody spoke for a
    month are left out.
    """
    span = span_of(period, on or today_of(caller))
    found = await ask(caller.actor, read_course, base, quote, span, hours_of(period))
    return CourseShown.model_validate(found.without_echoes)
