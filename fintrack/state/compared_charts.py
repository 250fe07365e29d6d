"""Several currencies as one chart: each in percent of the first day they share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from fintrack.core.formatting import currency_name
from fintrack.core.rate_text import signed_percent
from fintrack.services.rates.course import Course
from fintrack.services.rates.lookup import RateView
from fintrack.state.amounts import Reader
from fintrack.state.rate_axes import (
    UNKNOWN,
    Axes,
    Place,
    axes_of,
    places_of,
)
from fintrack.state.rate_charts import kind_of

MAX_COMPARED = 4


@dataclass(frozen=True)
class ComparedLine:
    """How one currency moved; a gap in ``said``: nobody said its rate.

    ``total`` is how far in all; a dash where it has only carried rates since.
    """

    code: str = ""
    name: str = ""
    y: list[float | None] = field(default_factory=list)
    said: list[float | None] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    total: str = ""


@dataclass(frozen=True)
class ComparedChart:
    """Currencies in percent of their first common day.

    ``at`` says where each of ``x`` stands, in ISO. ``lines`` are always as many as
    there may be; those that are not have no code. ``span`` says from when to when all
    of them are known, and what keeps it short.
    """

    x: list[str] = field(default_factory=list)
    at: list[str] = field(default_factory=list)
    lines: list[ComparedLine] = field(default_factory=list)
    axes: Axes = field(default_factory=Axes)
    has_gaps: bool = False
    span: str = ""
    summary: str = ""


def compared_chart(courses: Sequence[Course], reader: Reader) -> ComparedChart:
    """How these moved since their first common day; empty where none has two points."""
    found = [course for course in courses if len(course.points) > 1]
    if not found:
        return ComparedChart()
    ratios = [ratio for course in found for ratio in _ratios(course)]
    places = places_of(found[0].points, found[0].step, reader)
    lines = [_line(course, places, reader) for course in courses]
    ends = places[0].label, places[-1].label
    return ComparedChart(
        x=[place.label for place in places],
        at=[place.at for place in places],
        lines=lines + [ComparedLine()] * (MAX_COMPARED - len(lines)),
        axes=axes_of(found[0].points, ratios, reader, is_percent=True),
        has_gaps=not all(one.is_said(point) for one in found for point in one.points),
        span=" ".join((_span(found, ends, reader), *_unknown(courses, reader))),
        summary=reader.say(
            "Change from {first_day} to {last_day}: {changes}.",
            first_day=ends[0],
            last_day=ends[1],
            changes=", ".join(f"{one.name} {one.total}" for one in lines if one.total),
        ),
    )


def _span(courses: Sequence[Course], ends: tuple[str, str], reader: Reader) -> str:
    first = {one.since for one in courses if one.since}
    last = {one.until for one in courses if one.until}
    late = [one for one in courses if len(first) > 1 and one.since == max(first)]
    over = [one for one in courses if len(last) > 1 and one.until == min(last)]
    words = [
        reader.say(
            "From {first_day} to {last_day}.", first_day=ends[0], last_day=ends[1]
        )
    ]
    if late and late == over:
        names = _names(late, reader)
        words.append(reader.say("There are no other rates of {names}.", names=names))
    elif late:
        names = _names(late, reader)
        words.append(reader.say("There are no earlier rates of {names}.", names=names))
    if over and late != over:
        names = _names(over, reader)
        words.append(reader.say("There are no later rates of {names}.", names=names))
    return " ".join(words)


def _unknown(courses: Sequence[Course], reader: Reader) -> list[str]:
    """Why some stand there without a line."""
    unknown = [course for course in courses if not course.points]
    if not unknown:
        return []
    names = _names(unknown, reader)
    return [reader.say("No rates of {names} are known in this period.", names=names)]


def _names(courses: Sequence[Course], reader: Reader) -> str:
    return ", ".join(currency_name(one.base, reader.language) for one in courses)


def _ratios(course: Course) -> list[Decimal]:
    first = course.points[0].rate.value
    return [point.rate.value / first - 1 for point in course.points]


def _line(course: Course, places: Sequence[Place], reader: Reader) -> ComparedLine:
    name = currency_name(course.base, reader.language)
    if len(course.points) <= 1:
        return ComparedLine(course.base, name)
    points = iter(zip(course.points, _ratios(course), strict=True))
    rows = [next(points) if place.point else None for place in places]
    moves = any(map(course.is_said, course.points[1:]))
    return ComparedLine(
        code=course.base,
        name=name,
        y=[float(row[1]) if row else None for row in rows],
        said=[
            float(row[1]) if row and course.is_said(row[0]) else None for row in rows
        ],
        texts=[_text(*row, reader) if row and moves else UNKNOWN for row in rows],
        total=signed_percent(_ratios(course)[-1], reader.language)
        if moves
        else UNKNOWN,
    )


def _text(point: RateView, ratio: Decimal, reader: Reader) -> str:
    moved = signed_percent(ratio, reader.language)
    return f"{moved} ({kind_of(point, reader)})" if point.is_own else moved
