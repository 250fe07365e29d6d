"""Where the axes of a chart have their labels, and what those of days say."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from fintrack.core.formatting import format_day, month_names
from fintrack.state.amounts import Reader

X_TICKS = 5
Y_STEPS = 4
# Longer than this, days stand for months, and months for years.
MONTHS, YEARS = 92, 2 * 366
# Up to this, hours stand for themselves, and for their day after it.
HOURS = 2


def spread(count: int, most: int = X_TICKS) -> list[int]:
    """At most ``most`` places that lie evenly, the first half a step inside."""
    step = -(-count // most)
    return list(range(step // 2, count, step))


def round_values(values: Sequence[Decimal]) -> list[Decimal]:
    """Round values from below the least to above the greatest; at least two."""
    low, high = min(values), max(values)
    span = (high - low) or abs(high) or Decimal(1)
    raw = span / Y_STEPS
    unit = Decimal(10) ** raw.adjusted()
    step = next(unit * n for n in (1, 2, 5, 10) if unit * n >= raw)
    first = (low / step).to_integral_value("ROUND_FLOOR")
    last = max((high / step).to_integral_value("ROUND_CEILING"), first + 1)
    return [step * n for n in range(int(first), int(last) + 1)]


def decimals_of(number: Decimal) -> int:
    """How many decimals it takes to write a number."""
    exponent = number.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def short_day(day: date, span: int, language: str) -> str:
    """A label of a curve over ``span`` days: the day, its month, or its year."""
    if span > YEARS:
        text = str(day.year)
    elif span > MONTHS:
        text = month_names(language, short=True)[day.month - 1]
    else:
        text = format_day(day, language, "day")
    return text


def moments(instants: Sequence[datetime], reader: Reader) -> list[str]:
    """Day and time of each on the reader's clock, no two the same.

    In the hour that a clock goes through twice, the distance to UTC tells them apart.
    """
    texts = [reader.moment(at) for at in instants]
    counts = Counter(texts)
    return [
        f"{said} (UTC{at.astimezone(ZoneInfo(reader.time_zone)):%z})"
        if counts[said] > 1
        else said
        for said, at in zip(texts, instants, strict=True)
    ]


def short_moment(at: datetime, span: int, reader: Reader) -> str:
    """A label of a curve of hours over ``span`` days: the time, or the day."""
    local = at.astimezone(ZoneInfo(reader.time_zone))
    if span > HOURS:
        return format_day(local.date(), reader.language, "day")
    return f"{local:%H:%M}"
