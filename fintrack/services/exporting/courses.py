"""The course of a rate as a CSV file."""

from datetime import timedelta
from typing import Final

from fintrack.core.actor import LedgerRole
from fintrack.core.csv_text import csv_lines
from fintrack.core.period import Period
from fintrack.services.commands import Work, question
from fintrack.services.exporting.writing import BYTE_ORDER_MARK
from fintrack.services.rates.course import Course, read_course
from fintrack.services.rates.lookup import RateView

COLUMNS: Final = (
    "date",
    "at",
    "base",
    "quote",
    "rate",
    "known",
    "own",
    "sources",
    "seen_at",
    "step",
)


@question("currency.history_file", ledger=LedgerRole.VIEWER)
async def export_course(
    work: Work, base: str, quote: str, period: Period, hours: timedelta | None = None
) -> str:
    """The course of a pair as ``read_course`` gives it, as text of a file.

    Days of which nobody spoke for a month are left out.

    Raises:
        InvalidInput: there is no such currency.
    """
    course = await read_course(work, base, quote, period, hours)
    return course_csv(course.without_echoes)


def course_csv(course: Course) -> str:
    """A line for each point: what one ``base`` was in ``quote``, and who said so.

    Instants are UTC; ``at`` is empty where the point is a whole day. ``step`` is how
    many days lie between two points; those of the lowest and the highest come on top.
    """
    lines = (_line(course, point) for point in course.points)
    return BYTE_ORDER_MARK + csv_lines([COLUMNS, *lines])


def _line(course: Course, point: RateView) -> tuple[str, ...]:
    return (
        point.rate.on.isoformat(),
        point.at.isoformat() if point.at else "",
        course.base,
        course.quote,
        f"{point.rate.value:f}",
        str(point.known),
        "own" if point.is_own else "",
        ", ".join(point.sources),
        point.seen_at.isoformat() if point.seen_at else "",
        "" if point.at else str(course.step),
    )
