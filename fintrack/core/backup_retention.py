"""Which backups are kept: of the last days, weeks and months one each."""

from collections.abc import Callable, Iterable
from datetime import datetime

DAILY, WEEKLY, MONTHLY = 7, 4, 12


def find_kept(made: Iterable[datetime]) -> frozenset[datetime]:
    """The instants whose backups stay; all others may go.

    Of each day, ISO week and month in UTC the newest backup counts, for the last 7, 4
    and 12 of them that have one: days without a backup push nothing out.
    """
    newest_first = sorted(made, reverse=True)
    return frozenset(
        one
        for name, most in ((_day, DAILY), (_week, WEEKLY), (_month, MONTHLY))
        for one in _newest_of_each(newest_first, name, most)
    )


def _newest_of_each(
    newest_first: list[datetime],
    name: Callable[[datetime], tuple[int, ...]],
    most: int,
) -> list[datetime]:
    found: dict[tuple[int, ...], datetime] = {}
    for one in newest_first:
        found.setdefault(name(one), one)
    return list(found.values())[:most]


def _day(at: datetime) -> tuple[int, ...]:
    return (at.toordinal(),)


def _week(at: datetime) -> tuple[int, ...]:
    return at.isocalendar()[:2]


def _month(at: datetime) -> tuple[int, ...]:
    return (at.year, at.month)
