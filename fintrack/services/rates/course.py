"""The course of pairs: the rate by day or hour, alone or several beside each other."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
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
from fintrack.services.rates.all_days import DayRate, read_all_days
from fintrack.services.rates.hours import read_hours
from fintrack.services.rates.lookup import Known, RateView, rates_of
from fintrack.services.rates.reader_day import today_of

MAX_POINTS = 400
STILL_SPEAKS = timedelta(31)
# From Thursday to the Tuesday after Easter.
MARKETS_REST = timedelta(5)

_FIRST = text(
    "SELECT wanted.code, min(one.at) "
    "FROM unnest(CAST(:codes AS text[])) wanted (code) CROSS JOIN rate_source s "
    "CROSS JOIN LATERAL (SELECT r.valid_from AS at FROM rate_run r "
    "WHERE (r.code, r.source) = (wanted.code, s.name) "
    "ORDER BY r.valid_from LIMIT 1) one GROUP BY wanted.code"
)


@dataclass(frozen=True, slots=True)
class Course:
    """One of ``base`` in ``quote`` on the days of a period on which it is known.

    Where it is by hours, each point says its instant, and one of each hour is there.
    Of a long period every ``step``-th day is a point, with the first day and those of
    the lowest and the highest; ``every_day`` then has all of which low, high and
    average are. Beside others these are the days on which all are known, and ``since``
    and ``until`` those between which it is known in the period, whatever the others.
    """

    base: str
    quote: str
    points: tuple[RateView, ...]
    step: int = 1
    every_day: tuple[DayRate, ...] = ()
    since: date | None = None
    until: date | None = None

    @property
    def low(self) -> Decimal | None:
        """The least value."""
        return min(self._values, default=None)

    @property
    def high(self) -> Decimal | None:
        """The greatest value."""
        return max(self._values, default=None)

    @property
    def average(self) -> Decimal | None:
        """The mean of all days, or hours, each of which counts as one."""
        values = self._values
        return sum(values, Decimal(0)) / len(values) if values else None

    @property
    def _values(self) -> list[Decimal]:
        if self.every_day:
            return [day.value for day in self.every_day]
        return [point.rate.value for point in self.points]

    @property
    def is_hourly(self) -> bool:
        """Whether its points are hours of a day."""
        return any(point.at for point in self.points)

    @property
    def without_echoes(self) -> "Course":
        """The same without days of which nobody spoke for a month or a step."""
        return replace(
            self,
            points=tuple(filter(self.is_near, self.points)),
            every_day=_near(self.every_day, self.step),
        )

    def is_near(self, point: RateView) -> bool:
        """Whether what was said still speaks of the day."""
        return _is_near(point.rate.on, point.seen_on, self.step)

    def is_said(self, point: RateView) -> bool:
        """Whether somebody said it within the step before, so that it is no echo.

        A weekend on which markets rested is no gap once somebody spoke again.
        """
        if point.at:
            return point.known is not Known.CARRIED
        seen_on = _seen_on(point)
        if seen_on > point.rate.on - timedelta(self.step):
            return True
        after = bisect_right(self.points, seen_on, key=_seen_on)
        again = self.points[after : after + 1]
        return any(one.rate.on - seen_on <= MARKETS_REST for one in again)


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
    days = await _days_of(work, pair, period)
    step = _step(days)
    every_day = await _every_day(work, pair, days)
    chosen = sorted({*_thinned(days), *_outstanding(every_day, step)})
    found = await rates_of(work, [pair], chosen)
    points = _known(found[day][0] for day in chosen)
    return Course(*pair, points, step, every_day)


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
    found = await _courses(work, [(code, quote) for code in codes], period)
    common = _shared({point.rate.on for point in one.points} for one in found)
    starts = [one.points[0].rate.on for one in found if one.points]
    first = min(starts, default=period.start)
    known = await _first_days(work, {*codes, quote})
    return tuple(
        replace(
            one,
            points=tuple(p for p in one.points if p.rate.on in common),
            since=_since(one, first, known, period),
            until=one.points[-1].rate.on if one.points else None,
        )
        for one in found
    )


def _shared(days: Iterable[set[date]]) -> set[date]:
    """The days of all; who has none at all is passed by."""
    some = [*filter(None, days)]
    return set.intersection(*some) if some else set()


def _since(
    course: Course, first: date, known: Mapping[str, date], period: Period
) -> date | None:
    if not course.points:
        return None
    on = course.points[0].rate.on
    if on > first:
        return on
    # A long period is read from where the last of all is known.
    sides = [known[code] for code in (course.base, course.quote) if code in known]
    return min(on, max(period.start, *sides)) if sides else on


async def first_day(work: Work, codes: Iterable[str]) -> date | None:
    """Since when all of these have a rate (UTC); those that have none are passed by."""
    return max((await _first_days(work, codes)).values(), default=None)


async def _first_days(work: Work, codes: Iterable[str]) -> dict[str, date]:
    asked = {*codes}
    values = {"codes": sorted(with_successors(asked) - {HUB})}
    found = await work.session.execute(_FIRST, values)
    firsts = {code: at.astimezone(UTC).date() for code, at in found}
    return {code: day for code in asked if (day := _first_of(code, firsts))}


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
    """Without echoes; lowest and highest are of the days on which all are known."""
    days = await _days_of(work, {code for pair in pairs for code in pair}, period)
    step = _step(days)
    near = [_near(await _every_day(work, pair, days), step) for pair in pairs]
    common = _shared({day.on for day in one} for one in near)
    every_day = [tuple(day for day in one if day.on in common) for one in near]
    outstanding = [_outstanding(one, step) for one in every_day]
    chosen = sorted({*_thinned(days)}.union(*outstanding))
    found = await rates_of(work, pairs, chosen)
    return [
        Course(
            *pair, _known(found[day][place] for day in chosen), step, every_day[place]
        ).without_echoes
        for place, pair in enumerate(pairs)
    ]


async def _every_day(
    work: Work, pair: tuple[str, str], days: Sequence[date]
) -> tuple[DayRate, ...]:
    """Nothing where the points are all days anyway."""
    return await read_all_days(work, *pair, days) if _step(days) > 1 else ()


async def _days_of(work: Work, codes: Iterable[str], period: Period) -> list[date]:
    """Of a long period only those since all have a rate."""
    found = [find_currency(code).code for code in codes]
    start = period.start
    stop = min(period.end, await today_of(work) + timedelta(1))
    if (stop - start).days > MAX_POINTS:
        start = max(start, await first_day(work, found) or start)
    return [start + timedelta(n) for n in range((stop - start).days)]


def _step(days: Sequence[date]) -> int:
    return max(1, -(-len(days) // MAX_POINTS))


def _thinned(days: Sequence[date]) -> list[date]:
    """Backwards, so that the last day is there whatever is left out; and the first."""
    return sorted({*days[:1], *days[:: -_step(days)]})


def _outstanding(days: Sequence[DayRate], step: int) -> set[date]:
    """The days of the lowest and the highest, with echoes and without."""
    return {
        on
        for some in (days, _near(days, step))
        if some
        for on in (min(some, key=_value).on, max(some, key=_value).on)
    }


def _near(days: Sequence[DayRate], step: int) -> tuple[DayRate, ...]:
    return tuple(day for day in days if _is_near(day.on, day.seen_on, step))


def _is_near(on: date, seen_on: date | None, step: int) -> bool:
    return seen_on is None or seen_on > on - max(STILL_SPEAKS, timedelta(step))


def _value(day: DayRate) -> Decimal:
    return day.value


def _seen_on(point: RateView) -> date:
    return point.seen_on or point.rate.on


def _known(views: Iterable[RateView | UnknownRate]) -> tuple[RateView, ...]:
    return tuple(view for view in views if isinstance(view, RateView))
