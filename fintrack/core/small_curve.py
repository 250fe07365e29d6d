"""A curve as small as a word: the path of an SVG, without axes and figures."""

from collections.abc import Sequence
from decimal import Decimal

WIDTH, HEIGHT = 72, 24
# Half of the stroke, which would be cut off at the edges.
EDGE = 2


def path_of(values: Sequence[Decimal | None]) -> str:
    """The path through values at even distances; None is left out.

    It fills a box of 72 by 24, the lowest value at the bottom; what never moved runs
    through the middle. Empty where fewer than two values are known.
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:  # noqa: PLR2004 - a line has two ends
        return ""
    low, high = min(known), max(known)
    room_x, room_y = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE

    def point(place: int, value: Decimal) -> str:
        x = EDGE + Decimal(place * room_x) / (len(values) - 1)
        share = (high - value) / (high - low) if high > low else Decimal("0.5")
        return f"{x:.1f} {EDGE + share * room_y:.1f}"

    points = [
        point(place, value) for place, value in enumerate(values) if value is not None
    ]
    return f"M{'L'.join(points)}"
