"""Where the points of a chart of rates stand: on an axis of time, with its labels."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from fintrack.core.formatting import format_day, format_number
from fintrack.core.rate_text import signed_percent
from fintrack.services.rates.lookup import RateView
from fintrack.state.amounts import Reader
from fintrack.state.axes import (
    decimals_of,
    moments,
    round_values,
    short_day,
    short_moment,
    spread,
)

# Pixels between a chart and its labels, and of one figure of them.
BESIDE, FIGURE = 18, 7
# What a mark at the first day needs, and the width of a chart on a small phone.
EDGE, NARROW = 6, 220
UNKNOWN = "\N{EN DASH}"


@dataclass(frozen=True)
class Axes:
    """The labels of both axes; ``x_ticks`` are days or instants (UTC) in ISO.

    ``room`` is what the labels at the right take, ``lead`` what the first of those
    below takes at the left, in pixels.
    """

    x_ticks: list[str] = field(default_factory=list)
    x_tick_texts: list[str] = field(default_factory=list)
    y_ticks: list[float] = field(default_factory=list)
    y_tick_texts: list[str] = field(default_factory=list)
    room: int = 64
    lead: int = EDGE


@dataclass(frozen=True)
class Place:
    """Where a point stands, and its label; without ``point`` the line breaks there."""

    at: str
    label: str
    point: RateView | None = None


def places_of(points: Sequence[RateView], step: int, reader: Reader) -> list[Place]:
    """The points in their order, and one more for each time that is left out."""
    language = reader.language
    hours = [point.at for point in points if point.at]
    labels = (
        moments(hours, reader)
        if hours
        else [format_day(point.rate.on, language) for point in points]
    )
    found: list[Place] = []
    before: date | None = None
    for point, label in zip(points, labels, strict=True):
        on = point.rate.on
        if before and on - before > timedelta(step):
            first, last = before + timedelta(1), on - timedelta(1)
            label_of_gap = (
                f"{format_day(first, language)} {UNKNOWN} {format_day(last, language)}"
            )
            found.append(Place(first.isoformat(), label_of_gap))
        found.append(Place(position(point), label, point))
        before = on
    return found


def position(point: RateView) -> str:
    """Its day, or its instant (UTC), in ISO without a zone, which Plotly ignores."""
    if point.at:
        return _instant(point).strftime("%Y-%m-%dT%H:%M:%S")
    return point.rate.on.isoformat()


def share_of(point: RateView, points: Sequence[RateView]) -> Decimal:
    """How far along the axis it stands, from 0 to 1."""
    first, last = _instant(points[0]), _instant(points[-1])
    if first == last:
        return Decimal(0)
    second = timedelta(seconds=1)
    return Decimal((_instant(point) - first) // second) / ((last - first) // second)


def axes_of(
    points: Sequence[RateView],
    values: Sequence[Decimal],
    reader: Reader,
    *,
    is_percent: bool,
) -> Axes:
    """The axes of these points and values."""
    ticks = round_values(values)
    decimals = max(decimals_of(tick) for tick in ticks)
    y_texts = [
        signed_percent(tick, reader.language, max(decimals - 2, 0))
        if is_percent
        else format_number(tick, reader.language, decimals=decimals)
        for tick in ticks
    ]
    x_ticks = _x_ticks(points, reader)
    share, _, first_text = x_ticks[0]
    return Axes(
        x_ticks=[at for _, at, _ in x_ticks],
        x_tick_texts=[text for *_, text in x_ticks],
        y_ticks=[float(tick) for tick in ticks],
        y_tick_texts=y_texts,
        room=BESIDE + FIGURE * max(map(len, y_texts)),
        lead=max(EDGE, FIGURE * len(first_text) // 2 + 1 - int(share * NARROW)),
    )


def _x_ticks(
    points: Sequence[RateView], reader: Reader
) -> list[tuple[Decimal, str, str]]:
    """How far along the axis each is, where, and what it says."""
    first = points[0].rate.on
    days = (points[-1].rate.on - first).days
    if any(point.at for point in points):
        some = [points[place] for place in spread(len(points))]
        return [
            (share_of(one, points), position(one), short_moment(one.at, days, reader))
            for one in some
            if one.at
        ]
    # Of days that are far apart most are no points.
    return [
        (
            Decimal(n) / max(days, 1),
            (on := first + timedelta(n)).isoformat(),
            short_day(on, days, reader.language),
        )
        for n in spread(days + 1)
    ]


def _instant(point: RateView) -> datetime:
    if point.at:
        return point.at.astimezone(UTC)
    return datetime.combine(point.rate.on, datetime.min.time(), UTC)
