"""What came again and again is found, and nothing else."""

from datetime import date, timedelta

import pytest

from fintrack.core.recurrence import Pattern
from fintrack.core.regularity import find_regular

TODAY = date(2026, 11, 18)


def visits(*days: str, minor: int = -1000) -> list[tuple[date, int]]:
    return [(date.fromisoformat(day), minor) for day in days]


@pytest.mark.parametrize(
    ("days", "pattern", "every", "next_on"),
    [
        (("2026-11-02", "2026-11-09", "2026-11-16"), Pattern.WEEKS, 1, "2026-11-23"),
        (("2026-10-16", "2026-10-30", "2026-11-13"), Pattern.WEEKS, 2, "2026-11-27"),
        (
            ("2026-08-28", "2026-09-25", "2026-10-23"),
            Pattern.WEEKS,
            4,
            "2026-11-20",
        ),
        (
            ("2026-09-01", "2026-10-01", "2026-11-02"),
            Pattern.MONTH_DAY,
            1,
            "2026-12-01",
        ),
        (
            ("2026-08-31", "2026-09-30", "2026-10-31"),
            Pattern.MONTH_LAST,
            1,
            "2026-11-30",
        ),
        (
            ("2026-03-15", "2026-06-15", "2026-09-15"),
            Pattern.MONTH_DAY,
            3,
            "2026-12-15",
        ),
        (("2023-12-01", "2024-12-02", "2025-12-01"), Pattern.YEARS, 1, "2026-12-01"),
    ],
)
def test_rhythm_is_found(
    days: tuple[str, ...], pattern: Pattern, every: int, next_on: str
) -> None:
    found = find_regular(visits(*days), TODAY)
    assert found is not None
    assert (found.rule.pattern, found.rule.every) == (pattern, every)
    assert found.next_on.isoformat() == next_on
    assert found.rule.starts_on == found.next_on


def test_day_of_the_month_is_the_one_it_mostly_was() -> None:
    found = find_regular(
        visits("2026-08-01", "2026-09-01", "2026-10-01", "2026-11-02"), TODAY
    )
    assert found is not None
    assert found.rule.day == 1


def test_payment_that_came_early_is_not_expected_again() -> None:
    """The rent of December was paid on 28 November; the next one is January's."""
    days = ("2026-09-01", "2026-10-01", "2026-11-01", "2026-11-28")
    found = find_regular(visits(*days), date(2026, 11, 29))
    assert found is not None
    assert found.next_on == date(2027, 1, 1)


@pytest.mark.parametrize(
    "days",
    [
        (),
        ("2026-10-01", "2026-11-01"),
        ("2026-09-01", "2026-09-03", "2026-10-20", "2026-11-10"),
        ("2026-05-01", "2026-06-01", "2026-07-01"),
    ],
    ids=["nothing", "twice", "now and then", "stopped"],
)
def test_what_is_not_regular_is_not_found(days: tuple[str, ...]) -> None:
    assert find_regular(visits(*days), TODAY) is None


def test_other_amounts_in_between_do_not_matter() -> None:
    """A shop that one also visits, with a subscription of 10.00."""
    found = find_regular(
        [
            (date(2026, 9, 5), -1000),
            (date(2026, 9, 17), -7345),
            (date(2026, 10, 5), -1000),
            (date(2026, 10, 8), -2000),
            (date(2026, 11, 5), -1100),
        ],
        TODAY,
    )
    assert found is not None
    assert [day.day for day in found.days] == [5, 5, 5]


def test_amounts_that_differ_too_much_are_no_bill() -> None:
    days = [date(2026, 9, 1) + timedelta(days=30 * n) for n in range(3)]
    assert (
        find_regular(list(zip(days, (-1000, -2000, -4000), strict=True)), TODAY) is None
    )
