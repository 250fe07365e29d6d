"""Courses of rates as chart points, formatted for one reader."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from fintrack.core.formatting import (
    currency_name,
    format_day,
    format_number,
    format_percent,
)
from fintrack.core.rate_text import format_rate
from fintrack.services.rates.course import Course
from fintrack.services.rates.lookup import Known, RateView
from fintrack.state.amounts import Reader
from fintrack.state.axes import (
    decimals_of,
    moments,
    round_values,
    short_day,
    short_moment,
    spread,
)

MAX_COMPARED = 4
# Pixels between a chart and its labels, and of one figure of them.
BESIDE, FIGURE = 18, 7
# In these parts of its width a chart has no room beside a mark for words.
LEFT_PART, RIGHT_PART = Decimal("0.2"), Decimal("0.8")


@dataclass(frozen=True)
class Axes:
    """The labels of both axes; ``x_ticks`` are those of ``x`` that are written.

    ``room`` is what the labels at the right take, in pixels.
    """

    x_ticks: list[str] = field(default_factory=list)
    x_tick_texts: list[str] = field(default_factory=list)
    y_ticks: list[float] = field(default_factory=list)
    y_tick_texts: list[str] = field(default_factory=list)
    room: int = 64


@dataclass(frozen=True)
class RateChart:
    """A rate over days or hours, oldest first; a gap in ``said``: nobody said one.

    ``kinds`` are words: how each is known. ``marks`` are its lowest and highest point,
    ``mark_places`` where Plotly writes their words.
    """

    x: list[str] = field(default_factory=list)
    y: list[float] = field(default_factory=list)
    said: list[float | None] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    axes: Axes = Axes()
    marks_x: list[str] = field(default_factory=list)
    marks_y: list[float] = field(default_factory=list)
    mark_texts: list[str] = field(default_factory=list)
    mark_places: list[str] = field(default_factory=list)
    average: float = 0
    average_text: str = ""
    has_gaps: bool = False
    is_hourly: bool = False
    summary: str = ""


@dataclass(frozen=True)
class ComparedLine:
    """How one currency moved; ``total`` is the last of its ``texts``."""

    code: str = ""
    name: str = ""
    y: list[float] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    total: str = ""


@dataclass(frozen=True)
class ComparedChart:
    """Currencies in percent of their first common day.

    ``lines`` are always as many as there may be; those that are not have no code.
    """

    x: list[str] = field(default_factory=list)
    lines: list[ComparedLine] = field(default_factory=list)
    axes: Axes = Axes()
    summary: str = ""


def rate_chart(course: Course, reader: Reader) -> RateChart:
    """The points of ``course`` with labels; it must have one."""
    points, language = course.points, reader.language
    values = [point.rate.value for point in points]
    said = [course.is_said(point) for point in points]
    marks = sorted({values.index(min(values)), values.index(max(values))})
    labels = _labels(course, reader)
    texts = [format_rate(value, language) for value in values]
    average = course.average or values[0]
    return RateChart(
        x=labels,
        y=[float(value) for value in values],
        said=[
            float(value) if is_said else None
            for value, is_said in zip(values, said, strict=True)
        ],
        texts=texts,
        kinds=[
            _kind(point, reader, is_said=is_said)
            for point, is_said in zip(points, said, strict=True)
        ],
        axes=_axes(labels, points, values, reader, is_percent=False),
        marks_x=[labels[place] for place in marks],
        marks_y=[float(values[place]) for place in marks],
        mark_texts=[_mark(values, place, reader) for place in marks],
        mark_places=[_place(values, place) for place in marks],
        average=float(average),
        average_text=format_rate(average, language),
        has_gaps=not all(said),
        is_hourly=course.is_hourly,
        summary=_summary(course, texts, labels, reader),
    )


def compared_chart(courses: Sequence[Course], reader: Reader) -> ComparedChart:
    """How these moved since their first common day; empty where none has two points."""
    found = [course for course in courses if len(course.points) > 1]
    if not found:
        return ComparedChart()
    language = reader.language
    points = found[0].points
    labels = [format_day(point.rate.on, language) for point in points]
    ratios = {course.base: _ratios(course) for course in found}
    lines = [_line(course, ratios.get(course.base, []), reader) for course in courses]
    everything = [ratio for one in ratios.values() for ratio in one]
    return ComparedChart(
        x=labels,
        lines=lines + [ComparedLine()] * (MAX_COMPARED - len(lines)),
        axes=_axes(labels, points, everything, reader, is_percent=True),
        summary=reader.say(
            "Change from {first_day} to {last_day}: {changes}.",
            first_day=labels[0],
            last_day=labels[-1],
            changes=", ".join(f"{one.name} {one.total}" for one in lines if one.total),
        ),
    )


def signed_percent(ratio: Decimal, language: str, decimals: int = 2) -> str:
    """A change with its sign: +0.31%."""
    text = format_percent(ratio, language, decimals=decimals)
    return f"+{text}" if ratio > 0 else text


def _ratios(course: Course) -> list[Decimal]:
    first = course.points[0].rate.value
    return [point.rate.value / first - 1 for point in course.points]


def _line(course: Course, ratios: Sequence[Decimal], reader: Reader) -> ComparedLine:
    texts = [signed_percent(ratio, reader.language) for ratio in ratios]
    return ComparedLine(
        code=course.base,
        name=currency_name(course.base, reader.language),
        y=[float(ratio) for ratio in ratios],
        texts=texts,
        total=texts[-1] if texts else "",
    )


def _axes(
    labels: Sequence[str],
    points: Sequence[RateView],
    values: Sequence[Decimal],
    reader: Reader,
    *,
    is_percent: bool,
) -> Axes:
    days = (points[-1].rate.on - points[0].rate.on).days
    places = spread(len(points))
    ticks = round_values(values)
    decimals = max(decimals_of(tick) for tick in ticks)
    y_texts = [
        signed_percent(tick, reader.language, max(decimals - 2, 0))
        if is_percent
        else format_number(tick, reader.language, decimals=decimals)
        for tick in ticks
    ]
    return Axes(
        x_ticks=[labels[place] for place in places],
        x_tick_texts=[_tick(points[place], days, reader) for place in places],
        y_ticks=[float(tick) for tick in ticks],
        y_tick_texts=y_texts,
        room=BESIDE + FIGURE * max(map(len, y_texts)),
    )


def _labels(course: Course, reader: Reader) -> list[str]:
    """Days, or hours on the reader's clock; of each there is one."""
    if course.is_hourly:
        return moments([point.at for point in course.points if point.at], reader)
    return [format_day(point.rate.on, reader.language) for point in course.points]


def _tick(point: RateView, days: int, reader: Reader) -> str:
    if point.at:
        return short_moment(point.at, days, reader)
    return short_day(point.rate.on, days, reader.language)


def _kind(point: RateView, reader: Reader, *, is_said: bool) -> str:
    if not is_said:
        text = reader.say("carried forward")
    elif point.known is Known.FIXED:
        text = reader.say("fixed by law")
    elif point.known is Known.DIRECT:
        text = reader.say("quoted")
    else:
        text = reader.say("derived")
    return text


def _mark(values: Sequence[Decimal], place: int, reader: Reader) -> str:
    rate = format_rate(values[place], reader.language)
    if values[place] == max(values):
        text = reader.say("High {rate}", rate=rate)
    else:
        text = reader.say("Low {rate}", rate=rate)
    return text


def _place(values: Sequence[Decimal], place: int) -> str:
    """Above the highest and below the lowest point, and never over the edge."""
    share = Decimal(place) / len(values)
    if share < LEFT_PART:
        side = "right"
    elif share > RIGHT_PART:
        side = "left"
    else:
        side = "center"
    return f"{'top' if values[place] == max(values) else 'bottom'} {side}"


def _summary(
    course: Course, texts: Sequence[str], labels: Sequence[str], reader: Reader
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
        first_day=labels[0],
        last_day=labels[-1],
        first=texts[0],
        last=texts[-1],
        low=low,
        high=high,
        average=average,
    )
