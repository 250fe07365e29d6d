"""Wednesday 18 November 2026 is today."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.day_text import MAX_LENGTH, NO_DAY, NO_SUCH_DAY, read_day_text
from fintrack.core.errors import InvalidInput, Problem
from fintrack.core.formatting import DayStyle, format_day

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("en", "2026-02-03", date(2026, 2, 3)),
        ("en", "today", TODAY),
        ("en", " T ", TODAY),
        ("en", "y", date(2026, 11, 17)),
        ("en", "tom", date(2026, 11, 19)),
        ("tr", "dün", date(2026, 11, 17)),
        ("tr", "yesterday", date(2026, 11, 17)),
        ("en", "wed", TODAY),
        ("en", "thursday", date(2026, 11, 12)),
        ("tr", "cuma", date(2026, 11, 13)),
        ("en", "18", TODAY),
        ("en", "19", date(2026, 10, 19)),
        ("en", "31", date(2026, 10, 31)),
        ("en", "11/2", date(2026, 11, 2)),
        ("tr", "2/11", date(2026, 11, 2)),
        ("en", "2.11.", date(2026, 11, 2)),
        ("en", "2.11.25", date(2025, 11, 2)),
        ("en", "nov 2", date(2026, 11, 2)),
        ("en", "2 Nov 2024", date(2024, 11, 2)),
        ("en", "2024 november 2", date(2024, 11, 2)),
        ("tr", "1 ağustos", date(2026, 8, 1)),
        ("de", "3. Mär", date(2027, 3, 3)),
    ],
)
def test_day_is_understood(language: str, typed: str, meant: date) -> None:
    assert read_day_text(typed, TODAY, language) == meant


def test_day_without_a_year_is_the_nearest_one() -> None:
    assert read_day_text("12/30", date(2026, 1, 2), "en") == date(2025, 12, 30)
    assert read_day_text("29 feb", date(2027, 3, 1), "en") == date(2028, 2, 29)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "s",
        "32",
        "0",
        "1/2/3/4",
        "2026",
        "may june 3",
        "nov",
        "noon 3",
        "١٢",
        "NaN",
        "1e5",
        "9999999",
        "1" * 5000,
        "n" * (MAX_LENGTH + 1),
    ],
)
def test_what_is_no_day_is_refused_beside_the_field(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_day_text(typed, TODAY, "en")
    assert refused.value.problems[0] == Problem(NO_DAY, "on_date")


@pytest.mark.parametrize(
    "typed",
    ["31.02.2026", "2026-02-31", "feb 30", "30 feb", "13/13", "nov 2 99999999999"],
)
def test_day_that_does_not_exist_is_called_so(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_day_text(typed, TODAY, "en")
    assert refused.value.problems[0] == Problem(NO_SUCH_DAY, "on_date")


@given(
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    language=st.sampled_from(["en", "tr", "de", "fr", "es", "it"]),
    style=st.sampled_from(["short", "medium"]),
)
def test_what_is_shown_can_be_read(day: date, language: str, style: DayStyle) -> None:
    assert read_day_text(format_day(day, language, style), TODAY, language) == day


@given(typed=st.text(max_size=50))
def test_any_text_is_a_day_or_a_clear_refusal(typed: str) -> None:
    try:
        meant = read_day_text(typed, TODAY, "tr")
    except InvalidInput:
        return
    assert date.min <= meant <= date.max
