from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from fintrack.services.sample.month import Month, earn, exchange, move, pay
from tests.books import money

JULY = Month(date(2026, 7, 1), 4, 1)


@given(st.text(), st.integers(-999, 999), st.integers(0, 999))
def test_pick_stays_inside_its_bounds_and_is_the_same_again(
    about: str, low: int, more: int
) -> None:
    picked = JULY.pick(about, low, low + more)
    assert low <= picked <= low + more
    assert picked == JULY.pick(about, low, low + more)


def test_other_seed_picks_otherwise() -> None:
    other = Month(JULY.first, JULY.number, 2)
    assert JULY.pick("rent", 0, 10**9) != other.pick("rent", 0, 10**9)


def test_days_are_counted_from_the_first() -> None:
    assert JULY.days(5, 7, 3) == [date(2026, 7, day) for day in (5, 12, 19)]


def test_each_third_month_from_the_second() -> None:
    months = [Month(JULY.first, number, 1) for number in range(8)]
    assert [m.number for m in months if m.comes_each(3, first=1)] == [1, 4, 7]


def test_signs_are_into_the_place() -> None:
    ten = money("10 EUR")
    day = JULY.day(3)
    assert pay(day, "Shop", "Bank", "Food", ten).parts == (
        ("Bank", -ten),
        ("Food", ten),
    )
    assert earn(day, "Work", "Bank", "Salary", ten).parts == (
        ("Bank", ten),
        ("Salary", -ten),
    )
    assert move(day, "Saved", "Bank", "Savings", ten).parts == (
        ("Bank", -ten),
        ("Savings", ten),
    )
    lira = money("470 TRY")
    assert exchange(day, "Trip", ("Bank", ten), ("Liras", lira)).parts == (
        ("Bank", -ten),
        ("Liras", lira),
    )
