"""Several currencies as one chart: each in percent of the first day they share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from fintrack.core.formatting import currency_name
from fintrack.services.rates.course import Course
from fintrack.state.amounts import Reader
from fintrack.state.rate_axes import (
    UNKNOWN,
    Axes,
    Place,
    axes_of,
    places_of,
    signed_percent,
)

MAX_COMPARED = 4


@dataclass(frozen=True)
class ComparedLine:
    """How one currency moved; ``total`` is the last of its ``texts``."""

    code: str = ""
    name: str = ""
    y: list[float | None] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    total: str = ""


@dataclass(frozen=True)
class ComparedChart:
    """Currencies in percent of their first common day.

    ``at`` says where each of ``x`` stands, in ISO. ``lines`` are always as many as
    there may be; those that are not have no code.
    """

    x: list[str] = field(default_factory=list)
    at: list[str] = field(default_factory=list)
    lines: list[ComparedLine] = field(default_factory=list)
    axes: Axes = field(default_factory=Axes)
    summary: str = ""


def compared_chart(courses: Sequence[Course], reader: Reader) -> ComparedChart:
    """How these moved since their first common day; empty where none has two points."""
    found = [course for course in courses if len(course.points) > 1]
    if not found:
        return ComparedChart()
    ratios = [ratio for course in found for ratio in _ratios(course)]
    places = places_of(found[0].points, found[0].step, reader)
    lines = [_line(course, places, reader) for course in courses]
    return ComparedChart(
        x=[place.label for place in places],
        at=[place.at for place in places],
        lines=lines + [ComparedLine()] * (MAX_COMPARED - len(lines)),
        axes=axes_of(found[0].points, ratios, reader, is_percent=True),
        summary=reader.say(
            "Change from {first_day} to {last_day}: {changes}.",
            first_day=places[0].label,
            last_day=places[-1].label,
            changes=", ".join(f"{one.name} {one.total}" for one in lines if one.total),
        ),
    )


def _ratios(course: Course) -> list[Decimal]:
    first = course.points[0].rate.value
    return [point.rate.value / first - 1 for point in course.points]


def _line(course: Course, places: Sequence[Place], reader: Reader) -> ComparedLine:
    name = currency_name(course.base, reader.language)
    if len(course.points) <= 1:
        return ComparedLine(course.base, name)
    ratios = iter(_ratios(course))
    moved = [next(ratios) if place.point else None for place in places]
    texts = [
        UNKNOWN if ratio is None else signed_percent(ratio, reader.language)
        for ratio in moved
    ]
    return ComparedLine(
        code=course.base,
        name=name,
        y=[None if ratio is None else float(ratio) for ratio in moved],
        texts=texts,
        total=texts[-1],
    )
