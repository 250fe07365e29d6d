"""Seven days, four weeks and twelve months, whatever was missed."""

from datetime import UTC, datetime, timedelta

import pytest

from fintrack.core.backup_retention import find_kept

NIGHTLY = datetime(2026, 11, 29, 3, tzinfo=UTC)  # a Sunday


def nights(count: int, step: int = 1) -> list[datetime]:
    return [NIGHTLY - timedelta(days=day) for day in range(0, count * step, step)]


def days(kept: frozenset[datetime]) -> list[str]:
    return [f"{one:%Y-%m-%d}" for one in sorted(kept, reverse=True)]


LAST_WEEK = [f"2026-11-{day}" for day in range(29, 22, -1)]


@pytest.mark.parametrize(
    ("made", "kept"),
    [
        ([], []),
        (nights(3), LAST_WEEK[:3]),
        (nights(7), LAST_WEEK),
        # The eighth is the Sunday before, the end of its week.
        (nights(9), [*LAST_WEEK, "2026-11-22"]),
        (nights(29), [*LAST_WEEK, "2026-11-22", "2026-11-15", "2026-11-08"]),
        (
            nights(60),
            [*LAST_WEEK, "2026-11-22", "2026-11-15", "2026-11-08", "2026-10-31"],
        ),
        # Once a week: what is daily and weekly is the same; days that lack push none.
        (nights(3, step=7), ["2026-11-29", "2026-11-22", "2026-11-15"]),
    ],
    ids=["none", "three", "a week", "nine", "four weeks", "two months", "weekly"],
)
def test_newest_of_each_day_week_and_month_stays(
    made: list[datetime], kept: list[str]
) -> None:
    assert days(find_kept(made)) == kept


def test_year_of_nights_leaves_twelve_months() -> None:
    kept = find_kept(nights(800))
    assert len({(one.year, one.month) for one in kept}) == 12
    assert len(kept) == 7 + 3 + 11
    assert min(kept) == datetime(2025, 12, 31, 3, tzinfo=UTC)


def test_newest_of_a_day_stands_for_it() -> None:
    made = [NIGHTLY.replace(hour=hour) for hour in (3, 9, 21)]
    assert find_kept(made) == {made[-1]}


def test_what_is_kept_is_kept_when_asked_again() -> None:
    kept = find_kept(nights(400))
    assert find_kept(kept) == kept


def test_thinning_each_night_ends_where_thinning_once_does() -> None:
    kept: frozenset[datetime] = frozenset()
    for night in reversed(nights(500)):
        kept = find_kept({*kept, night})
    assert kept == find_kept(nights(500))
