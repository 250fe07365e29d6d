"""The course of pairs: the rate by day or hour, alone or several beside each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import text

from fintrack.core.actor import LedgerRole
from fintrack.core.currency import find_currency
from fintrack.core.errors import InvalidInput
from fintrack.core.exchange import UnknownRate
from fintrack.core.fixed_rates import fixed_rates, with_successors
from fintrack.core.period import Period
from fintrack.core.rate_runs import HUB
from fintrack.services.commands import Work, question
from fintrack.services.rates.hours import read_hours
from fintrack.services.rates.lookup import Known, RateView, rates_of

MAX_POINTS = 400
STILL_SPEAKS = timedelta(31)

_FIRST = text(
    "SELECT wanted.code, min(one.at) AS first "
    "FROM unnest(CAST(:codes AS text[])) wanted (code) CROSS JOIN rate_source s "
    "CROSS JOIN LATERAL (SELECT r.valid_from AS at FROM rate_run r "
    "WHERE (r.code, r.source) = (wanted.code, s.name) "
    "ORDER BY r.valid_from LIMIT 1) one GROUP BY wanted.code"
)


@dataclass(frozen=True, slots=True)
class Course:
    """One of ``base`` in ``quote`` on the days of a period on which it is known.

    Where it is by hours, each point says its instant, and one of each hour is there.
    Of a long period 400 days, ``step`` days apart, of which low, high and average are.
    """

    base: str
    quote: str
    points: tuple[RateView, ...]
    step: int = 1

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
        """The mean of the points, each of which counts as one."""
        values = [point.rate.value for point in self.points]
        return sum(values, Decimal(0)) / len(values) if values else None

    @property
    def is_hourly(self) -> bool:
        """Whether its points are hours of a day."""
        return any(point.at for point in self.points)

    @property
    def without_echoes(self) -> "Course":
        """The same without days of which nobody spoke for a month or a step."""
        return replace(self, points=tuple(filter(self.is_near, self.points)))

    def is_near(self, point: RateView) -> bool:
        """Whether what was said still speaks of the day."""
        on = point.seen_on or point.rate.on
        return on > point.rate.on - max(STILL_SPEAKS, timedelta(self.step))

    def is_said(self, point: RateView) -> bool:
        """Whether somebody said it within the step before, so that it is no echo."""
        if point.at:
            return point.known is not Known.CARRIED
        on = point.seen_on or point.rate.on
        return on > point.rate.on - timedelta(self.step)


@question("currency.history", ledger=LedgerRole.VIEWER)
async def read_course(
    work: Work,
    base: str,
    quote: str,
    period: Period,
    hours: timedelta | None = None,
) -> Course:
    """The rate of a pair at the end of its days; those before the first are left out.

    With ``hours`` that time up to now counts instead, hour by hour, if a source speaks
    of either side more often than once a day.

    Raises:
        InvalidInput: there is no such currency.
    """
    pair = find_currency(base).code, find_currency(quote).code
    points = await read_hours(work, *pair, hours) if hours else ()
    if len(points) > 1:
        return Course(*pair, points)
    (course,) = await _courses(work, [pair], period)
    return course


@question("currency.compare", ledger=LedgerRole.VIEWER)
async def compare_courses(
    work: Work, codes: Sequence[str], quote: str, period: Period
) -> tuple[Course, ...]:
    """One of each currency in ``quote`` on the same days, in the order of ``codes``.

    Days are left out on which one of them is unknown, or of which nobody spoke for a
    month. Those that are not known at all have no point, and keep no other waiting.

    Raises:
        InvalidInput: there is no such currency, or one is asked for twice.
    """
    for place, code in enumerate(codes):
        find_currency(code, field="codes")
        if code in codes[:place]:
            raise InvalidInput("{code} is there twice.", field="codes", code=code)
    pairs = [(code, quote) for code in codes]
    found = [one.without_echoes for one in await _courses(work, pairs, period)]
    days = [{point.rate.on for point in one.points} for one in found if one.points]
    common = set.intersection(*days) if days else set()
    return tuple(
        replace(one, points=tuple(p for p in one.points if p.rate.on in common))
        for one in found
    )


async def first_day(work: Work, codes: Iterable[str]) -> date | None:
    """Since when all of these have a rate (UTC); those that have none are passed by."""
    asked = {*codes}
    values = {"codes": sorted(with_successors(asked) - {HUB})}
    found = await work.session.execute(_FIRST, values)
    firsts = {code: first.date() for code, first in found.all()}
    # Before the latest of them one side is unknown.
    known = [day for code in asked if (day := _first_of(code, firsts))]
    return max(known, default=None)


def _first_of(code: str, firsts: Mapping[str, date]) -> date | None:
    """Of what has been fixed also the first day on which it could be worked out."""
    days = [firsts[code]] if code in firsts else []
    fixed = fixed_rates().get(code)
    if fixed and (first := _first_of(fixed.successor, firsts)):
        days.append(max(first, fixed.since))
    return min(days, default=None)


async def _courses(
    work: Work, pairs: Sequence[tuple[str, str]], period: Period
) -> list[Course]:
    codes = {find_currency(code).code for pair in pairs for code in pair}
    start, stop = period.start, min(period.end, work.now.date() + timedelta(1))
    if (stop - start).days > MAX_POINTS:
        start = max(start, await first_day(work, codes) or start)
    step = max(1, -(-(stop - start).days // MAX_POINTS))
    # Backwards, so that the last day is there whatever is left out.
    days = [stop - timedelta(n) for n in range(1, (stop - start).days + 1, step)][::-1]
    found = await rates_of(work, pairs, days)
    return [
        Course(*pair, _known(found[day][place] for day in days), step)
        for place, pair in enumerate(pairs)
    ]


def _known(views: Iterable[RateView | UnknownRate]) -> tuple[RateView, ...]:
    return tuple(view for view in views if isinstance(view, RateView))
