"""The course of a rate as chart points, formatted for one reader."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from fintrack.core.rate_text import format_rate, signed_percent
from fintrack.services.rates.course import Course
from fintrack.services.rates.lookup import Known, RateView
from fintrack.state.amounts import Reader
from fintrack.state.rate_axes import (
    UNKNOWN,
    Axes,
    Place,
    axes_of,
    places_of,
    position,
    share_of,
)

# In these parts of its width a chart has no room beside a mark for words.
LEFT_PART, RIGHT_PART = Decimal("0.2"), Decimal("0.8")


@dataclass(frozen=True)
class RateChart:
    """A rate over days or hours, oldest first; a gap in ``said``: nobody said one.

    ``at`` says where each of ``x`` stands, in ISO; the line breaks where there is no
    ``y``, if ``is_broken``. ``kinds`` are words: how each is known. ``note`` says that
    not all days are points, or how far it moved since the first hour. ``marks`` are its
    lowest and highest point, ``mark_places`` where Plotly writes their words.
    """

    x: list[str] = field(default_factory=list)
    at: list[str] = field(default_factory=list)
    y: list[float | None] = field(default_factory=list)
    said: list[float | None] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    axes: Axes = field(default_factory=Axes)
    marks_x: list[str] = field(default_factory=list)
    marks_y: list[float] = field(default_factory=list)
    mark_texts: list[str] = field(default_factory=list)
    mark_places: list[str] = field(default_factory=list)
    average: float = 0
    average_text: str = ""
    has_gaps: bool = False
    is_broken: bool = False
    is_hourly: bool = False
    note: str = ""
    summary: str = ""


def rate_chart(course: Course, reader: Reader) -> RateChart:
    """The points of ``course`` with labels; it must have one."""
    points, language = course.points, reader.language
    values = [point.rate.value for point in points]
    places = places_of(points, course.step, reader)
    texts = [format_rate(value, language) for value in values]
    average = course.average or values[0]
    return RateChart(
        **_rows(course, places, reader),
        **_marks(points, values, reader),
        axes=axes_of(points, values, reader, is_percent=False),
        average=float(average),
        average_text=format_rate(average, language),
        has_gaps=not all(map(course.is_said, points)),
        is_broken=not all(place.point for place in places),
        is_hourly=course.is_hourly,
        note=_note(course, reader),
        summary=_summary(course, texts, (places[0].label, places[-1].label), reader),
    )


def _rows(
    course: Course, places: Sequence[Place], reader: Reader
) -> dict[str, list[Any]]:
    points = [place.point for place in places]
    values = [point and point.rate.value for point in points]
    return {
        "x": [place.label for place in places],
        "at": [place.at for place in places],
        "y": [None if value is None else float(value) for value in values],
        "said": [
            float(point.rate.value) if point and course.is_said(point) else None
            for point in points
        ],
        "texts": [
            UNKNOWN if value is None else format_rate(value, reader.language)
            for value in values
        ],
        "kinds": [
            kind_of(point, reader) if point else reader.say("unknown")
            for point in points
        ],
    }


def _marks(
    points: Sequence[RateView], values: Sequence[Decimal], reader: Reader
) -> dict[str, list[Any]]:
    marks = sorted({values.index(min(values)), values.index(max(values))})
    return {
        "marks_x": [position(points[mark]) for mark in marks],
        "marks_y": [float(values[mark]) for mark in marks],
        "mark_texts": [_mark(values, mark, reader) for mark in marks],
        "mark_places": [
            _side(
                share_of(points[mark], points),
                is_highest=values[mark] == max(values),
            )
            for mark in marks
        ],
    }


def kind_of(point: RateView, reader: Reader) -> str:
    """How a rate is known, in words."""
    is_carried = point.known is Known.CARRIED
    if point.is_own and is_carried:
        text = reader.say("your own, carried forward")
    elif point.is_own:
        text = reader.say("your own")
    elif is_carried:
        text = reader.say("carried forward")
    elif point.known is Known.FIXED:
        text = reader.say("fixed by law")
    elif point.is_derived:
        text = reader.say("derived")
    else:
        text = reader.say("quoted")
    return text


def _note(course: Course, reader: Reader) -> str:
    if course.is_hourly and course.points[0].at:
        return reader.say(
            "Hour by hour since {time}: {change}.",
            time=reader.moment(course.points[0].at),
            change=signed_percent(
                course.points[-1].rate.value / course.points[0].rate.value - 1,
                reader.language,
            ),
        )
    if course.step == 1:
        return ""
    return reader.say(
        "A point every {step} days, with the lowest and the highest.", step=course.step
    )


def _mark(values: Sequence[Decimal], place: int, reader: Reader) -> str:
    rate = format_rate(values[place], reader.language)
    if values[place] == max(values):
        text = reader.say("High {rate}", rate=rate)
    else:
        text = reader.say("Low {rate}", rate=rate)
    return text


def _side(share: Decimal, *, is_highest: bool) -> str:
    """Above the highest and below the lowest point, and never over the edge."""
    if share < LEFT_PART:
        side = "right"
    elif share > RIGHT_PART:
        side = "left"
    else:
        side = "center"
    return f"{'top' if is_highest else 'bottom'} {side}"


def _summary(
    course: Course, texts: Sequence[str], ends: tuple[str, str], reader: Reader
) -> str:
    low, high, average = (
        format_rate(value, reader.language)
        for value in (course.low, course.high, course.average)
        if value is not None
    )
    return reader.say(
        "1 {base} in {quote} from {first_day} to {last_day}: from {first} to {last}. "
        "Lowest {low}, highest {high}, average {average}.",
        base=course.base,
        quote=course.quote,
        first_day=ends[0],
        last_day=ends[1],
        first=texts[0],
        last=texts[-1],
        low=low,
        high=high,
        average=average,
    )
